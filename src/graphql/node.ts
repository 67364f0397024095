import {
  brandWithType,
  type ImplementableObjectRef,
  type ObjectFieldBuilder,
  type ObjectFieldsShape,
} from "@pothos/core";
import type { Context } from "../context.ts";
import { ApiError } from "../core/errors.ts";
import { builder, type SchemaTypes } from "./builder.ts";
import { decodeNodeId, encodeNodeId } from "./id.ts";

const ID = "Opaque and stable; `node` finds the object again by it.";

/** What implements it is told apart by the brands that `findNodes` gives. */
export const Node = builder.interfaceRef<object>("Node").implement({
  description: "Anything that has an id, and can be fetched again by it.",
  fields: (t) => ({ id: t.id({ description: ID, resolve: noId }) }),
});

function noId(): never {
  throw new Error("a node type makes its ids itself");
}

interface NodeOptions<T> {
  readonly description: string;
  /** The SID in the id. */
  readonly sidOf: (node: T) => string;
  readonly fields: (t: ObjectFieldBuilder<SchemaTypes, T>) => ReturnType<ObjectFieldsShape<SchemaTypes, T>>;
}

/** A type that implements Node. */
export function nodeType<T extends object>(
  ref: ImplementableObjectRef<SchemaTypes, T>,
  { description, sidOf, fields }: NodeOptions<T>,
) {
  const { name } = ref;
  return ref.implement({
    description,
    interfaces: [Node] as never,
    fields: (t) => ({
      id: t.id({ description: ID, resolve: (node) => encodeNodeId(name, sidOf(node)) }),
      ...fields(t),
    }),
  });
}

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
    type: Node,
    nullable: true,
    description: "The object with that id; null where it is unknown, of another account, or no id at all.",
    args: { id: t.arg.id({ required: true, description: "An `id` as some other field has shown it." }) },
    resolve: async (_, { id }, ctx) => (await findNodes(ctx, [decodeNodeId(id)]))[0],
  }),
);

builder.queryField("nodes", (t) =>
  t.field({
    type: [Node],
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
