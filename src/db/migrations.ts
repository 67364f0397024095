import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { type Executor, statementText } from "./statement.ts";

/** Beside `src` and, compiled, beside `dist`. */
export const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL("../../drizzle", import.meta.url)) };

const APPLIED = statementText(
  "migrationsApplied",
  "select max(created_at)::text from drizzle.__drizzle_migrations",
);

/** Read from the disk once, and not by every probe. */
let newest: number | undefined;

/** True when the newest migration that this version knows is in the database. */
export async function isMigrated(db: Executor): Promise<boolean> {
  newest ??= readMigrationFiles(MIGRATIONS).at(-1)?.folderMillis ?? 0;
  const [row] = await db.execute(APPLIED, []);
  return Number(row?.[0]) >= newest;
}
