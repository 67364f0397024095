import { Column, getTableColumns, is, Param, Placeholder, type SQL, sql, type Table } from "drizzle-orm";
import type { SelectedFields } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/pg-proxy";
import type { SelectResultFields } from "drizzle-orm/query-builders/select.types";
import type { Columns, In } from "../core/columns.ts";
import type { Watch } from "./watch.ts";

/** What runs a statement: the database, or a transaction in it. Rows come back as arrays, in the order selected. */
export interface Executor {
  execute(
    statement: StatementText,
    parameters: readonly unknown[],
    watch?: Watch,
  ): Promise<readonly unknown[][]>;
}

export interface StatementText {
  readonly name: string;
  readonly text: string;
  /** A select, be it one that locks: it changes nothing, and may run again. Absent: not known to be one. */
  readonly isSelect?: boolean;
}

/** @param sql as it is to run; the name stands before it as a comment */
export function statementText(name: string, sql: string): StatementText {
  return { name, text: `/* ${name} */ ${sql}`, isSelect: sql.startsWith("select ") };
}

type Leaf = Column | SQL | SQL.Aliased;
export type Shape = Record<string, Leaf | Record<string, Leaf>>;

/** A placeholder for each parameter of a statement. */
export type Params<P> = { readonly [K in keyof P & string]-?: Placeholder<K, P[K]> };

const builder = drizzle(() => {
  throw new Error("statements are built here, and run by an Executor");
});
export type Builder = typeof builder;

/** Runs the statement and maps its rows. */
export interface Statement<P, R> {
  (db: Executor, parameters: P): Promise<R[]>;
  readonly statement: StatementText;
}

/**
 * A named statement. Drizzle builds its text once, at the first call; from then on a call binds values, and each row
 * is mapped by one small compiled function. Building and mapping by Drizzle on every call costs more than Postgres
 * does: about half the throughput of the hot pages.
 *
 * @param shape what is selected or returned, in the same order as `build` names it; objects nest once; a column that is
 * in it twice is selected once, by `distinct`
 */
export function statement<P extends object, S extends Shape>(
  name: string,
  shape: S,
  build: (q: Builder, p: Params<P>) => { toSQL(): { sql: string; params: unknown[] } },
): Statement<P, SelectResultFields<S>> {
  type Row = SelectResultFields<S>;
  let built: {
    statement: StatementText;
    bind: (values: P) => unknown[];
    map: (row: readonly unknown[]) => Row;
  };
  const prepare = () => {
    built ??= { ...compile<P>(name, build), map: rowMapper<Row>(shape) };
    return built;
  };
  const run = async (db: Executor, parameters: P) => {
    const { statement, bind, map } = prepare();
    return (await db.execute(statement, bind(parameters))).map(map);
  };
  return Object.defineProperty(run, "statement", { get: () => prepare().statement }) as Statement<P, Row>;
}

/** What is selected of a type: what most lists show of it, or all there is. */
export interface Sets<L extends Shape, F extends Shape> {
  readonly light: L;
  readonly full: F;
}

/** Rows of one set of columns or the other. */
export type RowsOf<C extends Columns, L extends Shape, F extends Shape> = In<
  C,
  SelectResultFields<L>,
  SelectResultFields<F>
>[];

/**
 * Something made of each set of columns, which are all there ever are: a text of SQL for every selection of fields would
 * fill Postgres with plans, and one text for all would read what hardly anyone asks for. Both texts have the same name.
 */
export function bySets<L extends Shape, F extends Shape, Made>(
  { light, full }: Sets<L, F>,
  make: (shape: F) => Made,
): Record<Columns, Made> {
  const made = make(full);
  // Of those parts of the full row that `make` sorts by or joins on, a light row has all.
  return { full: made, light: (light as Shape) === full ? made : make(light as unknown as F) };
}

/** `statement`, for each set of columns; the last argument says which. */
export function statements<P extends object, L extends Shape, F extends Shape>(
  name: string,
  sets: Sets<L, F>,
  build: (q: Builder, p: Params<P>, shape: SelectedFields) => { toSQL(): { sql: string; params: unknown[] } },
) {
  const each = bySets(sets, (shape) =>
    statement<P, F>(name, shape, (q, p) => build(q, p, shape as SelectedFields)),
  );
  return <C extends Columns>(db: Executor, parameters: P, columns: C) =>
    each[columns](db, parameters) as Promise<RowsOf<C, L, F>>;
}

function compile<P extends object>(
  name: string,
  build: (q: Builder, p: Params<P>) => { toSQL(): { sql: string; params: unknown[] } },
) {
  const placeholders = new Proxy({}, { get: (_, key) => sql.placeholder(String(key)) }) as Params<P>;
  const { sql: text, params } = build(builder, placeholders).toSQL();
  const slots = params.map((param) => (is(param, Param) ? param.value : param));
  // What stands in several places is sent once.
  const names = slots.map((slot, place) => (is(slot, Placeholder) ? slot.name : place));
  const sent = [...new Set(names)];
  const numbered = text.replace(/\$(\d+)/g, (_, place) => `$${sent.indexOf(names[place - 1]!) + 1}`);
  const once = sent.map((name) => slots[names.indexOf(name)]);
  const bind = (values: P) =>
    once.map((slot) => (is(slot, Placeholder) ? (values[slot.name as keyof P] ?? null) : slot));
  return { statement: statementText(name, numbered), bind };
}

/** Compiled, so that every row is one object literal with its shape known to the engine beforehand. */
function rowMapper<R>(shape: Shape): (row: readonly unknown[]) => R {
  const columns = new Map<Leaf, number>();
  const columnOf = (leaf: Leaf) => {
    const column = columns.get(leaf) ?? columns.size;
    columns.set(leaf, column);
    return `r[${column}]`;
  };
  const literal = (fields: Shape): string =>
    `{${Object.entries(fields)
      .map(([key, field]) => `${JSON.stringify(key)}:${isLeaf(field) ? columnOf(field) : literal(field)}`)
      .join(",")}}`;
  return new Function("r", `return ${literal(shape)}`) as (row: readonly unknown[]) => R;
}

/** What is to be selected where a shape names one column in several places: it comes once. */
export function distinct(selected: Shape): SelectedFields {
  const seen = new Set<Leaf>();
  const isNew = (leaf: Leaf) => !seen.has(leaf) && seen.add(leaf);
  const first = (fields: Shape): object => {
    const kept = Object.entries(fields).filter(([, field]) => !isLeaf(field) || isNew(field));
    return Object.fromEntries(kept.map(([key, field]) => [key, isLeaf(field) ? field : first(field)]));
  };
  return first(selected) as SelectedFields;
}

function isLeaf(field: Leaf | Record<string, Leaf>): field is Leaf {
  return is(field, Column) || "getSQL" in field;
}

/** A placeholder for every column of a table, named as Drizzle names the column: for inserts of whole rows. */
export function wholeRow<T extends Table>(table: T): { [K in keyof T["$inferInsert"]]: SQL } {
  const columns = Object.keys(getTableColumns(table));
  return Object.fromEntries(columns.map((key) => [key, sql.placeholder(key)])) as never;
}
