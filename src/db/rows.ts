import { type Column, getTableColumns, type SQL, sql, type Table } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { type Executor, statement } from "./statement.ts";

const dialect = new PgDialect();

interface Options<T extends Table> {
  readonly table: T;
  /** The columns in which the rows may differ; in all others they are as the first one. */
  readonly each: readonly (keyof T["$inferInsert"] & string)[];
  /** A row that is there already, by these columns, stays. */
  readonly unless?: readonly Column[];
}

type Returned<S extends Record<string, Column>> = {
  [K in keyof S]: S[K]["_"]["data"] | (S[K]["_"]["notNull"] extends true ? never : null);
};

/**
 * A statement that inserts any number of rows, at least one, in their order, and returns them. An array for each column
 * in which they differ is its parameters: one text for every number of rows.
 */
export function insertRows<T extends Table, S extends Record<string, Column>>(
  name: string,
  shape: S,
  { table, each, unless }: Options<T>,
) {
  const differing = new Set<string>(each);
  const insert = statement(name, shape, () => written(insertText(shape, table, differing, unless)));
  return (db: Executor, rows: readonly T["$inferInsert"][]): Promise<Returned<S>[]> => {
    const parameters = Object.keys(getTableColumns(table)).map((key) => {
      const values = rows.map((row) => (row as Record<string, unknown>)[key]);
      return [key, differing.has(key) ? values.map(asText) : values[0]];
    });
    return insert(db, Object.fromEntries(parameters)) as Promise<Returned<S>[]>;
  };
}

/** Arrays go as texts: postgres.js takes one of booleans for a boolean. */
function asText(value: unknown): unknown {
  return typeof value === "boolean" ? String(value) : value;
}

function insertText(
  shape: Record<string, Column>,
  table: Table,
  differing: ReadonlySet<string>,
  unless: readonly Column[] | undefined,
): SQL {
  const columns = Object.entries(getTableColumns(table));
  const bound = (key: string, column: Column, isArray: boolean) => {
    const type = column.getSQLType().replace(/ COLLATE .*/, "");
    return sql`${sql.placeholder(key)}::${sql.raw(isArray ? `text[]::${type}[]` : type)}`;
  };
  const arrays = columns.filter(([key]) => differing.has(key));
  const values = columns.map(([key, column]) =>
    differing.has(key) ? sql`"each".${sql.identifier(column.name)}` : bound(key, column, false),
  );
  return insertSelected(
    table,
    sql`${list(values)}
    from unnest(${list(arrays.map(([key, column]) => bound(key, column, true)))}) as "each"(${names(arrays.map(([, column]) => column))})
    ${unless ? sql`on conflict (${names(unless)}) do nothing` : sql``}`,
    shape,
  );
}

/**
 * An insert of one row for `statement`, some of whose values may be subqueries: among VALUES, a sharding coordinator
 * takes none.
 *
 * @param row a value for every column, by its key
 */
export function insertRow(table: Table, row: Record<string, SQL>, shape: Record<string, Column>) {
  return written(insertFrom(table, row, sql``, shape));
}

/**
 * The same as a part of a statement, a row for each that `from` finds.
 *
 * @param from with all that may follow, `on conflict` among it
 */
export function insertFrom(
  table: Table,
  row: Record<string, SQL>,
  from: SQL,
  shape: Record<string, Column>,
): SQL {
  const values = Object.keys(getTableColumns(table)).map((key) => row[key]!);
  return insertSelected(table, sql`${list(values)} ${from}`, shape);
}

/** A statement that is written as SQL. */
export function written(query: SQL) {
  return { toSQL: () => dialect.sqlToQuery(query) };
}

/** What is returned, such a coordinator finds only where the target has an alias. */
function insertSelected(table: Table, selected: SQL, shape: Record<string, Column>): SQL {
  const returned = Object.values(shape).map(({ name }) => sql`"row".${sql.identifier(name)}`);
  return sql`insert into ${table} as "row" (${names(Object.values(getTableColumns(table)))})
    select ${selected}
    returning ${list(returned)}`;
}

const list = (parts: readonly SQL[]) => sql.join([...parts], sql`, `);
const names = (of: readonly Column[]) => list(of.map(({ name }) => sql`${sql.identifier(name)}`));
