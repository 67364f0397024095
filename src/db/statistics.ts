import { sql } from "drizzle-orm";
import type { Logger } from "pino";
import type { Db } from "./client.ts";
import { written } from "./rows.ts";
import { statement, statementText } from "./statement.ts";

const outgrown = { table: sql<string>`oid::regclass::text`.as("table") };

/** Counted in pages: of a table that was never analyzed nobody knows how many rows it has. */
const outgrownTables = statement("outgrownTables", outgrown, () =>
  written(sql`select ${outgrown.table.sql} from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_has_role(relowner, 'usage')
      and case when exists (select from pg_stats where schemaname = 'public' and tablename = relname)
        then pg_relation_size(oid) / current_setting('block_size')::int > 4::bigint * greatest(relpages, 5)
        else pg_relation_size(oid) / current_setting('block_size')::int > 20 end`),
);

interface StatisticsDeps {
  readonly db: Db;
  readonly log: Logger;
}

/**
 * Analyzes the tables of some length that never were, and those that are four times as long as when they last were. Of one that
 * never was, the planner expects a row where an account has thousands, and may read them all for a page. By default Postgres
 * sees to that itself, within a minute; embedded, nobody else does.
 *
 * @returns how many tables there were
 */
export async function refreshStatistics({ db, log }: StatisticsDeps): Promise<number> {
  const tables = await outgrownTables(db, {});
  for (const { table } of tables) {
    try {
      await db.execute(statementText("analyze", `analyze (skip_locked) ${table}`), []);
    } catch (error) {
      log.warn({ err: error, table }, "a table could not be analyzed");
    }
  }
  return tables.length;
}
