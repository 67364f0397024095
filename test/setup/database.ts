import { AsyncLocalStorage } from "node:async_hooks";
import { openAsBlob } from "node:fs";
import { inject } from "vitest";
import type { Database, Tx } from "../../src/db/client.ts";
import { openEmbedded } from "../../src/db/embedded.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import type { Executor, StatementText } from "../../src/db/statement.ts";

export const POOL = {
  poolSize: 10,
  statementTimeout: 4000,
  connectTimeout: 3000,
  idleTimeout: 30_000,
  pooler: false,
  prepare: true,
};

/** Where a statement that ran can be looked at. */
export interface Aside {
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
}

export interface Run {
  readonly aside: Aside;
  readonly statement: StatementText;
  readonly parameters: readonly unknown[];
}

const recording = new AsyncLocalStorage<Run[]>();
let opened: Promise<Database> | undefined;

/** The worker's database: real Postgres or the embedded one, as the run was started. */
export function openTestDatabase(): Promise<Database> {
  opened ??= open().then((db) => recordable(db));
  return opened;
}

/** The names of the SQL statements that `work` ran, in order. */
export async function statementsOf<T>(work: () => Promise<T>): Promise<{ statements: string[]; result: T }> {
  const { runs, result } = await recorded(work);
  return { statements: runs.map((run) => run.statement.name), result };
}

/** The SQL statements that `work` ran, with what was bound to them. */
export async function recorded<T>(work: () => Promise<T>): Promise<{ runs: Run[]; result: T }> {
  const runs: Run[] = [];
  const result = await recording.run(runs, work);
  return { runs, result };
}

async function open(): Promise<Database> {
  const url = inject("databaseUrl");
  if (url !== null) return openPostgres({ ...POOL, url });
  return openEmbedded({ snapshot: await openAsBlob(inject("snapshot")!) });
}

export function recordable(db: Database, aside: Aside = db): Database {
  const record = <E extends Executor>(executor: E): E => ({
    ...executor,
    execute(statement, parameters, watch) {
      recording.getStore()?.push({ aside, statement, parameters });
      return executor.execute(statement, parameters, watch);
    },
  });
  const recordTx = (tx: Tx): Tx => ({
    ...record(tx),
    savepoint: (work) => tx.savepoint((inner) => work(recordTx(inner))),
  });
  return { ...record(db), transaction: (work, watch) => db.transaction((tx) => work(recordTx(tx)), watch) };
}
