import type { Db, Tx } from "./client.ts";
import type { StatementText } from "./statement.ts";

/** Which of the databases answers; the embedded one is a primary too. */
export type Server = "primary" | "replica";

/** Is told what becomes of statements, for as long as whoever asked for them wants to know. It must not throw. */
export interface Watch {
  /** Milliseconds that a statement or a transaction waited for its connection. */
  waited(milliseconds: number): void;
  /** A statement goes to the database. What is returned is called once, with how many rows came: null where it failed. */
  sent(statement: StatementText, server: Server): (rows: number | null, error?: unknown) => void;
}

/** The database, telling `watch` of every statement. */
export function watched(db: Db, watch: Watch): Db {
  return {
    nested: db.nested,
    execute: (statement, parameters) => db.execute(statement, parameters, watch),
    transaction: <T>(work: (tx: Tx) => Promise<T>) => db.transaction(work, watch),
  };
}

/** Runs a statement, and tells of it. */
export async function told<R extends readonly unknown[]>(
  statement: StatementText,
  watch: Watch,
  run: () => PromiseLike<R>,
  server: Server = "primary",
): Promise<R> {
  const ended = watch.sent(statement, server);
  try {
    const rows = await run();
    ended(rows.length);
    return rows;
  } catch (error) {
    ended(null, error);
    throw error;
  }
}
