import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { ApiError } from "../core/errors.ts";
import { createDb, type Database, type Driver, type Tx } from "./client.ts";
import { readInstant, TIMESTAMPTZ } from "./instant.ts";
import { createLine, type Line } from "./line.ts";
import { checkMigrated, MIGRATIONS } from "./migrations.ts";
import { checkSettings, sessionSettings } from "./settings.ts";
import { createSlots } from "./slots.ts";
import type { Executor, StatementText } from "./statement.ts";
import { told, type Watch } from "./watch.ts";

/** Times in milliseconds. */
export interface PostgresOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly statementTimeout: number;
  readonly connectTimeout: number;
  readonly idleTimeout: number;
  /** A pooler stands between: its sessions are not ours to set, and their settings come from the role or database. */
  readonly pooler: boolean;
  /** Whether statements are prepared by name, once for each connection. */
  readonly prepare: boolean;
}

/** Every request is answered within 5 seconds. */
const DEADLINE = 4_800;
/** How long a request waits for a free connection. */
const ACQUIRE_TIMEOUT = 2_000;
/** What a statement is given beyond its own timeout before its connection counts as dead. */
const GRACE = 400;
/** How long connections that are replaced may finish, in seconds. */
const FAREWELL = 5;
/** Any number that no other software takes for its lock on this database. */
const MIGRATION_LOCK = 7_275_395;

export function openPostgres(options: PostgresOptions): Database {
  const pool = createPool(options);
  // Of its own: it must answer while all others are busy, and finding it dead says nothing about them.
  const probe = createPool({ ...options, poolSize: 1 });
  const slots = createSlots(options.poolSize, ACQUIRE_TIMEOUT);
  return createDb({
    deadline: DEADLINE,
    execute: (statement, parameters, watch) =>
      slots.run(() => pool.execute(statement, parameters, watch), watch),
    begin: (work, watch) => slots.run(() => pool.begin(work), watch),
    pool: slots.state,
    async migrate() {
      await checkSettings(probe, options.statementTimeout);
      await migrateOnce(options);
    },
    async ready() {
      await checkSettings(probe, options.statementTimeout);
      await checkMigrated(probe);
    },
    async close() {
      await Promise.all([pool.close(), probe.close()]);
    },
  });
}

/** Connections that are replaced, all of them, once one turns out to be dead. */
function createPool(options: PostgresOptions): Executor & Pick<Driver, "begin" | "close"> {
  let client = connect(options);

  // The server ends a statement that takes too long; where it does not, it can't be reached any more, although no
  // packet said so. Then every connection is doubtful.
  const answered = <T>(work: Promise<T>): Promise<T> => {
    const used = client;
    const replace = (patience: number) => {
      if (client !== used) return;
      client = connect(options);
      void used.end({ timeout: patience });
    };
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        replace(0);
        reject(new ApiError("UNAVAILABLE"));
      }, options.statementTimeout + GRACE);
      const failed = (error: unknown) => {
        // A connection that broke while it was written to keeps what was unsent, and never gets through again
        // (github.com/porsager/postgres/issues/1208); the others may finish.
        if ((error as { code?: string }).code === "CONNECT_TIMEOUT") replace(FAREWELL);
        reject(error);
      };
      work.then(resolve, failed).finally(() => clearTimeout(deadline));
    });
  };

  const run = (
    sql: postgres.Sql | postgres.TransactionSql,
    statement: StatementText,
    parameters: readonly unknown[],
    watch: Watch | undefined,
  ): Promise<unknown[][]> => {
    const send = () =>
      answered<unknown[][]>(
        sql
          .unsafe(statement.text, parameters as postgres.ParameterOrJSON<never>[], { prepare: true })
          .values(),
      );
    return watch ? told(statement, watch, send) : send();
  };

  const transactionOn = (sql: postgres.TransactionSql, line: Line): Tx => ({
    execute: (statement, parameters, watch) => line.use(() => run(sql, statement, parameters, watch)),
    savepoint: <T>(work: (tx: Tx) => Promise<T>) =>
      line.use(
        () => sql.savepoint((inner) => line.whileWhole(work(transactionOn(inner, line)))) as Promise<T>,
      ),
  });

  return {
    execute: (statement, parameters, watch) => run(client, statement, parameters, watch),
    // The statements of a transaction have deadlines of their own; BEGIN and COMMIT get theirs here.
    async begin(work) {
      const line = createLine();
      let begun: Promise<unknown> | undefined;
      const outcome = await answered(
        new Promise<{ work: ReturnType<typeof work> }>((started, failed) => {
          begun = client.begin((sql) => {
            const working = work(transactionOn(sql, line));
            started({ work: working });
            return line.whileWhole(working);
          });
          begun.catch((error) => {
            line.isBroken = true;
            failed(error);
          });
        }),
      );
      const result = await Promise.race([
        outcome.work.catch((error) => {
          if (line.isBroken) throw error;
          return answered(begun as Promise<never>);
        }),
        // It ends before its work only where the connection did, and then the work may wait for ever.
        begun as Promise<never>,
      ]);
      await answered(begun as Promise<unknown>);
      return result;
    },
    close: () => client.end({ timeout: 5 }),
  };
}

function connect(options: PostgresOptions, overrides: { readonly max?: number } = {}) {
  return postgres(options.url, {
    max: options.poolSize,
    connect_timeout: Math.ceil(options.connectTimeout / 1000),
    idle_timeout: Math.ceil(options.idleTimeout / 1000),
    backoff: () => 0.2,
    onnotice: () => {},
    types: { instant: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ], serialize: String, parse: readInstant } },
    prepare: options.prepare,
    connection: {
      application_name: "parley",
      ...(!options.pooler && sessionSettings(options.statementTimeout)),
    },
    ...overrides,
  });
}

/**
 * Several instances may start at once: a lock lets them in singly. It and the settings are the transaction's, and all is
 * done in that one, so that it goes through a pooler too.
 */
async function migrateOnce(options: PostgresOptions): Promise<void> {
  const client = connect(options, { max: 1 });
  try {
    await client.begin(async (tx) => {
      await tx`set local statement_timeout = 0`;
      await tx`set local lock_timeout = 0`;
      await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
      // What Drizzle takes for a transaction of its own is a savepoint in this one.
      const inside = Object.assign(tx, { options: client.options, begin: tx.savepoint });
      await migrate(drizzle(inside as unknown as postgres.Sql), MIGRATIONS);
    });
  } finally {
    await client.end({ timeout: 1 });
  }
}
