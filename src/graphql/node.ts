import { brandWithType } from "@pothos/core";
import type { Context } from "../context.ts";
import { ApiError } from "../core/errors.ts";
import { builder } from "./builder.ts";
import { decodeNodeId } from "./id.ts";

type Find = (ctx: Context, sids: readonly string[]) => Promise<readonly (object | null)[]>;

const finders = new Map<string, Find>();
const MOST_IDS = 100;

/** Says how the nodes of a type are found again by the SIDs in their ids; null stands where there is none. */
export function findNodesOf(type: string, find: Find): void {
  finders.set(type, find);
}

/** The nodes in the order asked for; those of one type are looked up together. */
export async function findNodes(
  ctx: Context,
  wanted: readonly ({ type: string; sid: string } | null)[],
): Promise<(object | null)[]> {
  const found: (object | null)[] = wanted.map(() => null);
  await Promise.all(
    [...finders].map(async ([type, find]) => {
      const places = wanted.flatMap((key, place) => (key?.type === type ? [{ place, sid: key.sid }] : []));
      if (places.length === 0) return;
      const rows = await find(
        ctx,
        places.map(({ sid }) => sid),
      );
      for (const [index, { place }] of places.entries()) {
        const row = rows[index];
        // A copy of its own: the row itself may be shared with a place where it is of another type.
        if (row) found[place] = branded(type, { ...row });
      }
    }),
  );
  return found;
}

function branded(type: string, row: object): object {
  brandWithType(row, type as never);
  return row;
}

builder.queryField("node", (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: "The object with that id; null where it is unknown, of another account, or no id at all.",
    args: { id: t.arg.id({ required: true, description: "An `id` as some other field has shown it." }) },
    resolve: async (_, { id }, ctx) => (await findNodes(ctx, [decodeNodeId(id)]))[0],
  }),
);

builder.queryField("nodes", (t) =>
  t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description:
      "The objects with those ids, in their order; null in the place of each that `node` finds nothing for.",
    args: {
      ids: t.arg.idList({ required: true, description: `At most ${MOST_IDS}, else INVALID_PARAMETER.` }),
    },
    resolve: (_, { ids }, ctx) => {
      if (ids.length > MOST_IDS) {
        throw new ApiError("INVALID_PARAMETER", {
          message: `At most ${MOST_IDS} ids at a time`,
          parameter: "ids",
        });
      }
      return findNodes(ctx, ids.map(decodeNodeId));
    },
  }),
);
