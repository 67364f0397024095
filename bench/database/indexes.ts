import type postgres from "postgres";

const FILLED = ["conversations", "users", "participants", "inbox", "messages"];

/** Takes all keys and indexes off the tables that are filled. Made again afterwards, by `restore`, they take a tenth of the time. */
export async function takeIndexesOff(sql: postgres.Sql): Promise<(parallel: postgres.Sql) => Promise<void>> {
  const constraints = await sql<{ table: string; name: string; type: string; definition: string }[]>`
    select conrelid::regclass::text as "table", conname as name, contype as type, pg_get_constraintdef(oid) as definition
    from pg_constraint where conrelid = any(${FILLED}::regclass[]) and contype in ('p', 'u', 'f')
    order by contype = 'f' desc`;
  const indexes = await sql<{ table: string; name: string; definition: string }[]>`
    select indrelid::regclass::text as "table", indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = any(${FILLED}::regclass[])
      and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))`;
  // Only these six tables refer to each other's keys; roles and services keep theirs.
  for (const { table, name } of constraints) await sql.unsafe(`alter table ${table} drop constraint ${name}`);
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);

  return async (parallel) => {
    const add = ({ table, name, definition }: { table: string; name: string; definition: string }) =>
      `alter table ${table} add constraint ${name} ${definition}`;
    const keys = constraints.filter(({ type }) => type !== "f");
    const references = constraints.filter(({ type }) => type === "f");
    await Promise.all(
      FILLED.map(async (table) => {
        const own = (each: { table: string }) => each.table === table;
        for (const key of keys.filter(own)) await parallel.unsafe(add(key));
        for (const { definition } of indexes.filter(own)) await parallel.unsafe(definition);
      }),
    );
    for (const reference of references) await parallel.unsafe(add(reference));
  };
}
