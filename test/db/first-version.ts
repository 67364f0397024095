import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as onPglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as onPostgres } from "drizzle-orm/postgres-js";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { inject } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { openEmbedded } from "../../src/db/embedded.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { POOL } from "../setup/database.ts";
import { createDatabase } from "../setup/server.ts";

const DRIZZLE = join(import.meta.dirname, "../../drizzle");
const ROWS = join(import.meta.dirname, "version-0.1.0.sql");

export interface FirstVersion {
  readonly db: Database;
  close(): Promise<void>;
}

/** A database as version 0.1.0 left it, of this run's kind, opened by the version that is tested and not yet migrated. */
export async function openFirstVersion(): Promise<FirstVersion> {
  const migrationsFolder = firstMigration();
  const statements = readFileSync(ROWS, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("insert"));
  const url = inject("databaseUrl");
  try {
    return url === null
      ? await embedded(migrationsFolder, statements)
      : await external(url, migrationsFolder, statements);
  } finally {
    rmSync(migrationsFolder, { recursive: true });
  }
}

/** The migrations as that version shipped them. */
function firstMigration(): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-first-"));
  cpSync(DRIZZLE, folder, { recursive: true });
  const path = join(folder, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
  return folder;
}

async function embedded(migrationsFolder: string, statements: readonly string[]): Promise<FirstVersion> {
  const pglite = await PGlite.create();
  await migratePglite(onPglite(pglite), { migrationsFolder });
  for (const statement of statements) await pglite.exec(statement);
  const snapshot = await pglite.dumpDataDir("none");
  await pglite.close();
  const db = await openEmbedded({ snapshot });
  return { db, close: () => db.close() };
}

async function external(
  server: string,
  migrationsFolder: string,
  statements: readonly string[],
): Promise<FirstVersion> {
  const { url, drop } = await createDatabase(server);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await migratePostgres(onPostgres(sql), { migrationsFolder });
  for (const statement of statements) await sql.unsafe(statement);
  await sql.end();
  const db = openPostgres({ ...POOL, url });
  return {
    db,
    async close() {
      await db.close();
      await drop();
    },
  };
}
