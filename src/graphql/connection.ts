import type { ArgBuilder, ObjectRef } from "@pothos/core";
import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../context.ts";
import { ApiError } from "../core/errors.ts";
import type { Page, PageRequest, Position } from "../core/page.ts";
import { builder, type SchemaTypes } from "./builder.ts";
import { SAME_ROWS } from "./columns.ts";
import { selectsPageInfo } from "./selected.ts";

export const DEFAULT_SIZE = 50;
export const GREATEST_SIZE = 100;

/** A page with what makes its cursors, which are sealed only where they are asked for. */
export interface Connection<T> {
  readonly page: Page<T>;
  readonly cursorOf: (item: T) => string;
}

interface Edge<T> {
  readonly connection: Connection<T>;
  readonly item: T;
}

export interface PagingArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

const PageInfo = builder.objectRef<Connection<unknown>>("PageInfo").implement({
  description: "Where a page stands in its list.",
  fields: (t) => ({
    hasNextPage: t.boolean({
      description: "Whether the list goes on after this page.",
      resolve: ({ page }) => page.hasNext(),
    }),
    hasPreviousPage: t.boolean({
      description: "Whether the list begins before this page.",
      resolve: ({ page }) => page.hasPrevious(),
    }),
    startCursor: t.string({
      nullable: true,
      description: "Cursor of the first object of the page; null where the page is empty.",
      resolve: ({ page, cursorOf }) => (page.items.length === 0 ? null : cursorOf(page.items[0])),
    }),
    endCursor: t.string({
      nullable: true,
      description: "Cursor of the last object of the page; null where the page is empty.",
      resolve: ({ page, cursorOf }) => (page.items.length === 0 ? null : cursorOf(page.items.at(-1))),
    }),
  }),
});

/** The types `…Connection` and `…Edge` of a node. */
export function connectionType<T>(
  name: string,
  node: ObjectRef<SchemaTypes, T>,
): ObjectRef<SchemaTypes, Connection<T>> {
  const edge = builder.objectRef<Edge<T>>(`${name}Edge`).implement({
    description: `A ${name} and its place in the list.`,
    fields: (t) => ({
      cursor: t.string({
        description: "Good for `after` and `before` of this very list, with the same filters.",
        resolve: ({ connection, item }) => connection.cursorOf(item),
      }),
      node: t.field({
        type: node,
        extensions: SAME_ROWS,
        description: "The object itself.",
        resolve: ({ item }) => item as never,
      }),
    }),
  });
  return builder.objectRef<Connection<T>>(`${name}Connection`).implement({
    description: `A page of a list of ${name}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        extensions: SAME_ROWS,
        description: "The objects of the page, each with its cursor.",
        resolve: (connection) => connection.page.items.map((item) => ({ connection, item })),
      }),
      nodes: t.field({
        type: [node],
        extensions: SAME_ROWS,
        description: "The objects of the page, without their cursors.",
        resolve: ({ page }) => page.items as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: "Whether and where the list goes on.",
        resolve: (connection) => connection as Connection<unknown>,
      }),
      totalCount: t.int({
        description: "Length of the whole list, filters applied. It is counted only when asked for.",
        resolve: ({ page }) => page.totalCount(),
      }),
    }),
  });
}

/** The four arguments of every connection. */
export function paging(arg: ArgBuilder<SchemaTypes>) {
  return {
    first: arg.int({
      description: `How many from the start, 0 to ${GREATEST_SIZE}; not together with \`last\`. With neither, the first ${DEFAULT_SIZE}.`,
    }),
    after: arg.string({ description: "Only what comes after this cursor." }),
    last: arg.int({
      description: `How many from the end, 0 to ${GREATEST_SIZE}; not together with \`first\`.`,
    }),
    before: arg.string({ description: "Only what comes before this cursor." }),
  };
}

/**
 * Reads a page for a connection field. Its cursors belong to the account, field, parent and filter arguments.
 *
 * @param parent SID of the object whose field it is; null at the root
 * @throws ApiError INVALID_PARAMETER for sizes; INVALID_PAGE_TOKEN for a cursor of another list
 */
export async function connect<T>(
  ctx: Context,
  info: GraphQLResolveInfo,
  parent: string | null,
  args: PagingArgs,
  read: (request: PageRequest) => Promise<Page<T>>,
): Promise<Connection<T>> {
  const { first, after, last, before, ...filters } = args;
  let named: string | undefined;
  const list = () => {
    named ??= JSON.stringify([
      "graphql",
      ctx.accountSid,
      info.parentType.name,
      info.fieldName,
      parent,
      sorted(filters),
    ]);
    return named;
  };
  const page = await read({
    limit: sizeOf(first, last),
    direction: last == null ? "forward" : "backward",
    after: positionOf(ctx, list, after, "after"),
    before: positionOf(ctx, list, before, "before"),
    looksAhead: selectsPageInfo(info),
  });
  return {
    page,
    cursorOf: (item) => ctx.cursors.seal(list(), { position: page.positionOf(item), direction: "forward" }),
  };
}

function sizeOf(first: number | null | undefined, last: number | null | undefined): number {
  if (first != null && last != null) throw invalid("last", "Either 'first' or 'last' can be given, not both");
  const parameter = last == null ? "first" : "last";
  const size = first ?? last ?? DEFAULT_SIZE;
  if (size < 0) throw invalid(parameter, `'${parameter}' can't be negative`);
  if (size > GREATEST_SIZE) throw invalid(parameter, `'${parameter}' can't be more than ${GREATEST_SIZE}`);
  return size;
}

function positionOf(
  ctx: Context,
  list: () => string,
  text: string | null | undefined,
  parameter: string,
): Position | undefined {
  if (text == null) return undefined;
  const cursor = ctx.cursors.open(list(), text);
  if (cursor === null) {
    throw new ApiError("INVALID_PAGE_TOKEN", {
      message: `'${parameter}' is no cursor of this list with these arguments`,
      parameter,
    });
  }
  return cursor.position;
}

function invalid(parameter: string, message: string): ApiError {
  return new ApiError("INVALID_PARAMETER", { message, parameter });
}

/** One form for arguments that mean the same: null is absent, and the order of names is of no matter. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, given]) => given != null);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, given]) => [name, sorted(given)]);
}
