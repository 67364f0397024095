import { openAsBlob } from "node:fs";
import postgres from "postgres";
import { inject } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { openEmbedded } from "../../src/db/embedded.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import type { Executor } from "../../src/db/statement.ts";
import { createTestApp } from "./app.ts";
import { type Aside, POOL, recordable } from "./database.ts";
import { newAccount, type Seed } from "./seed.ts";
import { createDatabase } from "./server.ts";

/** A database, and a way to it that waits for as long as it takes: making many rows takes long on a busy machine. */
interface Opened {
  readonly db: Database;
  readonly aside: Aside;
  run(text: string, parameters: readonly string[]): Promise<readonly unknown[][]>;
  close(): Promise<void>;
}

export type Apart = Awaited<ReturnType<typeof openApart>>;

/** A migrated database of a file's own: nothing else is in the planner's statistics there. */
export async function openApart() {
  const { db, aside, run, close } = await (inject("databaseUrl") === null ? embedded() : external());
  const app = await createTestApp({ db: recordable(db, aside) });
  return {
    app,
    db,
    async account(): Promise<Seed> {
      const seed = await newAccount(app);
      return { ...seed, query: (text) => run(text, [seed.account.sid]) };
    },
    /** Tells the planner of the rows, and index-only scans that everyone sees them. */
    settle: () => run("vacuum analyze conversations, participants, users, inbox, messages", []),
    close,
  };
}

async function embedded(): Promise<Opened> {
  const db = await openEmbedded({ snapshot: await openAsBlob(inject("snapshot")!) });
  const run: Opened["run"] = (text, parameters) => db.execute({ name: "check", text }, parameters);
  return { db, aside: db, run, close: db.close };
}

async function external(): Promise<Opened> {
  const { url, drop } = await createDatabase(inject("databaseUrl")!, inject("template")!);
  const db = openPostgres({ ...POOL, url });
  const unhurried = postgres(url, { max: 1, onnotice: () => {} });
  return {
    db,
    aside: {
      transaction: async (work) => {
        const tx = (sql: postgres.TransactionSql): Executor => ({
          execute: ({ text }, parameters) => sql.unsafe(text, parameters as never[]).values(),
        });
        return (await unhurried.begin((sql) => work(tx(sql)))) as never;
      },
    },
    run: (text, parameters) => unhurried.unsafe(text, [...parameters]).values(),
    async close() {
      await Promise.all([db.close(), unhurried.end()]);
      await drop();
    },
  };
}
