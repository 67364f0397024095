import { and, asc, type Column, desc, is, type Placeholder, SQL, type Subquery, sql } from "drizzle-orm";
import type { PgSelect, PgTable, SelectedFields } from "drizzle-orm/pg-core";
import type { Columns } from "../core/columns.ts";
import type { PageRequest } from "../core/page.ts";
import {
  type Builder,
  bySets,
  type Executor,
  type Params,
  type RowsOf,
  type Sets,
  type Shape,
  statement,
} from "./statement.ts";

export interface Keyset {
  /** The rows beyond the cursors: row comparison, which one index range answers, whatever the depth. */
  readonly condition: SQL | undefined;
  readonly orderBy: SQL[];
  readonly limit: Placeholder;
  readonly columns: readonly Column[];
  readonly ascending: boolean;
}

type Order = "asc" | "desc";
type Cursor = { limit: number } & Record<`after${number}` | `before${number}`, string>;

/**
 * A statement that reads pages of a list sorted by `columns`, the last of which is unique in the list. It stands for
 * up to eight texts for each set of columns, by direction and by which cursors are given; each is built when it is first
 * needed.
 */
export function pageStatement<P extends object, L extends Shape, F extends Shape>(
  name: string,
  sets: Sets<L, F>,
  columns: readonly Column[],
  order: Order,
  build: (
    q: Builder,
    p: Params<P>,
    page: Keyset,
    shape: F,
  ) => { toSQL(): { sql: string; params: unknown[] } },
) {
  const each = bySets(sets, (shape) => {
    type Rows = ReturnType<typeof statement<P & Cursor, F>>;
    const variants = new Map<string, Rows>();
    return (request: PageRequest): Rows => {
      const parts = [request.direction, request.after && "after", request.before && "before"].filter(Boolean);
      const key = parts.join("_");
      let found = variants.get(key);
      if (!found) {
        found = statement<P & Cursor, F>(`${name}_${key}`, shape, (q, p) =>
          build(q, p as Params<P>, keyset(columns, order, request, p as Params<Cursor>), shape),
        );
        variants.set(key, found);
      }
      return found;
    };
  });
  return async <C extends Columns>(db: Executor, parameters: P, request: PageRequest, columns: C) => {
    const { limit, after = [], before = [] } = request;
    const cursor = Object.fromEntries([
      ...after.map((value, i) => [`after${i}`, value]),
      ...before.map((value, i) => [`before${i}`, value]),
    ]);
    const run = each[columns](request);
    const rows = (await run(db, { ...parameters, ...cursor, limit } as P & Cursor)) as RowsOf<C, L, F>;
    return request.direction === "forward" ? rows : rows.reverse();
  };
}

function keyset(columns: readonly Column[], order: Order, request: PageRequest, p: Params<Cursor>): Keyset {
  const row = sql`(${sql.join([...columns], sql`, `)})`;
  const bound = (side: "after" | "before") =>
    sql`(${sql.join(
      columns.map((_, i) => p[`${side}${i}`]),
      sql`, `,
    )})`;
  const [beyond, short] = order === "asc" ? [sql`>`, sql`<`] : [sql`<`, sql`>`];
  const ascending = (order === "asc") === (request.direction === "forward");
  return {
    condition: and(
      request.after && sql`${row} ${beyond} ${bound("after")}`,
      request.before && sql`${row} ${short} ${bound("before")}`,
    ),
    orderBy: columns.map((column) => (ascending ? asc(column) : desc(column))),
    limit: p.limit,
    columns,
    ascending,
  };
}

/** A row as pages are read and joined: flat, each field a column or a named expression. */
type Fields = Record<string, Column | SQL.Aliased>;
/** A page of a table as a table to join to, with its rows' fields and their order. */
export function pageAsTable<S extends Fields>(
  q: Builder,
  shape: S,
  table: PgTable,
  where: SQL | undefined,
  page: Keyset,
) {
  const { table: child, fields } = asTable(
    "child",
    shape,
    q
      .select(shape as SelectedFields)
      .from(table)
      .where(and(where, page.condition))
      .orderBy(...page.orderBy)
      .limit(page.limit),
  );
  const sorted = page.columns.map(
    (column) => fields[Object.keys(shape).find((key) => shape[key] === column)!] as Column,
  );
  return {
    child,
    select: (selected: SelectedFields) => q.select(selected).from(child).$dynamic() as PgSelect,
    fields,
    orderBy: sorted.map((column) => (page.ascending ? asc(column) : desc(column))),
  };
}

/**
 * Which rows have one of the keys. As a subquery they are of a number that no planner knows: one that sees how few a call
 * has would plan anew each time, which takes several times as long as to find them.
 */
export function isAmong(column: Column, keys: Placeholder): SQL {
  return sql`${column} = any(array(select unnest(${keys}::text[])))`;
}

/** The key of the parent whose children a lateral subquery reads. */
export const parentKey = sql`parent.key`;

/**
 * Which rows are the children of `parentKey` in a list by SID, as a range of (parent, SID), which no index but theirs
 * can serve: with an equality, a planner that takes parents for few and large walks all rows of the account by SID.
 */
export function isChildBySid(parent: Column, sid: Column): SQL {
  const place = sql`(${parent}, ${sid})`;
  // SIDs begin with letters, and lie between these.
  return sql`${place} > (${parentKey}, '') and ${place} < (${parentKey}, '[')`;
}

/**
 * A page of children for each of many parents, in one statement: a lateral subquery over the parents' keys reads one
 * index range a parent, so a parent with a million children costs as little as one with ten. A window function would
 * read and sort every child.
 *
 * @param own which rows are the children of `parentKey`
 */
export function forEachParent<S extends Fields>(
  q: Builder,
  keys: Placeholder,
  shape: S,
  table: PgTable,
  own: SQL | undefined,
  page: Keyset,
) {
  const { child, fields } = pageAsTable(q, shape, table, own, page);
  const parents = sql`unnest(${keys}::text[]) with ordinality as parent(key, place)`;
  return {
    child,
    select: (selected: SelectedFields) =>
      q.select(selected).from(parents).crossJoinLateral(child).$dynamic() as PgSelect,
    fields,
    // Within a parent they are in order: a lateral join can only be a nested loop, which keeps it. To sort them once more
    // takes a quarter of the statement.
    orderBy: [sql`parent.place`],
  };
}

/**
 * One row by its key, as a table to join to laterally. The limit keeps it a look-up for each row of a page; joined as
 * a table, it may be read as a whole by a planner that thinks the page long.
 */
export function rowAsTable<S extends Fields>(
  q: Builder,
  name: string,
  shape: S,
  table: PgTable,
  key: SQL | undefined,
) {
  const row = q
    .select(shape as SelectedFields)
    .from(table)
    .where(key)
    .limit(1);
  return asTable(name, shape, row);
}

/** A query as a table of that name, with the fields it has there. Drizzle leaves names of expressions unqualified. */
function asTable<S extends Fields>(name: string, shape: S, query: { as(alias: string): unknown }) {
  const table = query.as(name) as Subquery & S;
  const fields = Object.entries(shape).map(([key, field]) => [
    key,
    is(field, SQL.Aliased) ? sql`${sql.identifier(name)}.${sql.identifier(field.fieldAlias)}` : table[key],
  ]);
  return { table: table as Subquery, fields: Object.fromEntries(fields) as S };
}

/** A statement that reads a page of a table for each of its parameter `keys`. */
export function childrenStatement<P extends { keys: readonly string[] }, L extends Fields, F extends Fields>(
  name: string,
  sets: Sets<L, F>,
  table: PgTable,
  columns: readonly Column[],
  order: Order,
  own: (p: Params<P>) => SQL | undefined,
) {
  return pageStatement(name, sets, columns, order, (q, p: Params<P>, page, shape: F) => {
    const each = forEachParent(q, p.keys as Placeholder, shape, table, own(p), page);
    return each.select(each.fields as SelectedFields).orderBy(...each.orderBy);
  });
}
