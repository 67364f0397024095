import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { ApiError } from "../core/errors.ts";
import { createDb, type Database, type Tx } from "./client.ts";
import { readInstant, TIMESTAMPTZ } from "./instant.ts";
import { checkMigrated, MIGRATIONS } from "./migrations.ts";
import { SETTINGS } from "./settings.ts";
import { createSlots } from "./slots.ts";
import { type Executor, statementText } from "./statement.ts";
import { told } from "./watch.ts";

interface EmbeddedOptions {
  /** Where the database is kept; absent: in memory. One process at a time, which the caller sees to. */
  readonly dataDir?: string | undefined;
  /** A database to begin with, as dumped by another one. */
  readonly snapshot?: Blob | undefined;
}

/** The longest time a timer can be set to, in milliseconds. */
const LONGEST = 2_147_483_647;

const SAVEPOINT = statementText("savepoint", "savepoint nested");
const RELEASE = statementText("release", "release savepoint nested");
const UNDO = statementText("undo", "rollback to savepoint nested");

function transactionOn(executor: Executor): Tx {
  const tx: Tx = {
    ...executor,
    async savepoint(work) {
      await executor.execute(SAVEPOINT, []);
      try {
        return await work(tx);
      } catch (error) {
        await executor.execute(UNDO, []);
        throw error;
      } finally {
        await executor.execute(RELEASE, []);
      }
    },
  };
  return tx;
}

const READ = { rowMode: "array", parsers: { [TIMESTAMPTZ]: readInstant } } as const;

/** Postgres in this process, on one connection: a statement waits while a transaction is open. */
export async function openEmbedded(
  options: EmbeddedOptions = {},
): Promise<Database & { dump(): Promise<Blob> }> {
  const pglite = await PGlite.create({
    ...(options.dataDir !== undefined && { dataDir: options.dataDir }),
    ...(options.snapshot && { loadDataDir: options.snapshot }),
  });
  const settings = Object.entries(SETTINGS);
  await pglite.exec(settings.map(([name, value]) => `set ${name} = '${value}';`).join(" "));
  // A request that outlives the shutdown: closed on purpose is no crash.
  const checkOpen = () => {
    if (pglite.closed) throw new ApiError("UNAVAILABLE");
  };
  const executor = (target: Pick<PGlite, "query">): Executor => ({
    async execute(statement, parameters, watch) {
      checkOpen();
      const run = async () => (await target.query<unknown[]>(statement.text, [...parameters], READ)).rows;
      return watch ? told(statement, watch, run) : run();
    },
  });
  const connection = {
    ...executor(pglite),
    begin<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      checkOpen();
      return pglite.transaction((tx) =>
        work(transactionOn(executor(tx as unknown as Pick<PGlite, "query">))),
      );
    },
  };
  // PGlite would have them wait, and not say so.
  const slots = createSlots([connection], LONGEST);
  const db = createDb({
    execute: (statement, parameters, watch) =>
      slots.run((connection) => connection.execute(statement, parameters, watch), watch),
    pool: slots.state,
    // It is in this process: what takes long is at work, and nothing else could be sooner.
    deadline: LONGEST,
    begin: (work, watch) => slots.run((connection) => connection.begin(work), watch),
    migrate: () => migrate(drizzle(pglite), MIGRATIONS),
    ready: () => checkMigrated(connection),
    close: () => pglite.close(),
  });
  return { ...db, dump: () => pglite.dumpDataDir("none") };
}
