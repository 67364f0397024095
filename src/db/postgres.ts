import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import type postgres from "postgres";
import { createDb, type Database } from "./client.ts";
import { type ConnectionOptions, connect, createConnection } from "./connection.ts";
import { checkMigrated, MIGRATIONS } from "./migrations.ts";
import { createPool, type PoolOptions } from "./pool.ts";
import { checkSettings } from "./settings.ts";

/** Every request is answered within 5 seconds, with what a commit takes that begins last. */
const DEADLINE = 4_500;
/** How long a request waits for a free connection: it is answered within 2 seconds. */
const ACQUIRE_TIMEOUT = 1_500;
/** Any number that no other software takes for its lock on this database. */
const MIGRATION_LOCK = 7_275_395;

export function openPostgres(options: PoolOptions): Database {
  const pool = createPool(options, ACQUIRE_TIMEOUT);
  // Of its own: it must answer while all others are busy, and finding it dead says nothing about them.
  const probe = createConnection(options);
  return createDb({
    deadline: DEADLINE,
    execute: (statement, parameters, watch) =>
      pool.run((connection) => connection.execute(statement, parameters, watch), watch),
    begin: (work, watch) => pool.run((connection) => connection.begin(work), watch),
    pool: pool.state,
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

/**
 * Several instances may start at once: a lock lets them in singly. It and the settings are the transaction's, and all is
 * done in that one, so that it goes through a pooler too.
 */
async function migrateOnce(options: ConnectionOptions): Promise<void> {
  const client = connect(options);
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
