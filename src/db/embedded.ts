import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { createDb, type Db } from "./client.ts";
import { readInstant, TIMESTAMPTZ } from "./instant.ts";
import { isMigrated, MIGRATIONS } from "./migrations.ts";
import type { Executor } from "./statement.ts";

interface EmbeddedOptions {
  /** Where the database is kept; absent: in memory. One process at a time, which the caller sees to. */
  readonly dataDir?: string | undefined;
  /** A database to begin with, as dumped by another one. */
  readonly snapshot?: Blob | undefined;
}

const READ = { rowMode: "array", parsers: { [TIMESTAMPTZ]: readInstant } } as const;

/** Postgres in this process, on one connection: a statement waits while a transaction is open. */
export async function openEmbedded(options: EmbeddedOptions = {}): Promise<Db & { dump(): Promise<Blob> }> {
  const pglite = await PGlite.create({
    ...(options.dataDir !== undefined && { dataDir: options.dataDir }),
    ...(options.snapshot && { loadDataDir: options.snapshot }),
  });
  await pglite.exec("set time zone 'UTC'");
  const executor = (target: Pick<PGlite, "query">): Executor => ({
    execute: async (statement, parameters) =>
      (await target.query<unknown[]>(statement.text, [...parameters], READ)).rows,
  });
  const self = executor(pglite);
  const db = createDb({
    ...self,
    begin: (work) => pglite.transaction((tx) => work(executor(tx as unknown as Pick<PGlite, "query">))),
    migrate: () => migrate(drizzle(pglite), MIGRATIONS),
    ready: () => isMigrated(self).catch(() => false),
    close: () => pglite.close(),
  });
  return { ...db, dump: () => pglite.dumpDataDir("none") };
}
