import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { NotReadyError } from "./ready.ts";
import { type Executor, statementText } from "./statement.ts";

/** Beside `src` and, compiled, beside `dist`. */
export const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL("../../drizzle", import.meta.url)) };

const APPLIED = statementText(
  "migrationsApplied",
  "select max(created_at)::text from drizzle.__drizzle_migrations",
);

/** Read from the disk once, and not by every probe. */
let newest: number | undefined;

/** @throws NotReadyError until the newest migration that this version knows is in the database */
export async function checkMigrated(db: Executor): Promise<void> {
  newest ??= readMigrationFiles(MIGRATIONS).at(-1)?.folderMillis ?? 0;
  const [row] = await db.execute(APPLIED, []);
  if (!(Number(row?.[0]) >= newest)) throw new NotReadyError("The database lacks migrations of this version");
}
