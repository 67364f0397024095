import { sql } from "drizzle-orm";
import type { Db } from "./client.ts";
import { written } from "./rows.ts";
import { statement, statementText } from "./statement.ts";

const outgrown = { table: sql<string>`oid::regclass::text`.as("table") };

/** By pages: how many rows there are is not known of a table that was never analyzed. */
const outgrownTables = statement("outgrownTables", outgrown, () =>
  written(sql`select ${outgrown.table.sql} from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r'
      and pg_relation_size(oid) > 4 * greatest(relpages, 5) * current_setting('block_size')::int`),
);

/**
 * Analyzes the tables that are four times as long as when the planner last heard of them. For one that it has never heard of it
 * expects a row where an account has thousands, and reads them all for a page. Postgres sees to that itself, within a
 * minute; embedded, nobody else does.
 *
 * @returns how many tables there were
 */
export async function refreshStatistics({ db }: { db: Db }): Promise<number> {
  const tables = await outgrownTables(db, {});
  for (const { table } of tables) {
    await db.execute(statementText("analyze", `analyze (skip_locked) ${table}`), []);
  }
  return tables.length;
}
