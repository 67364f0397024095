import { AsyncLocalStorage } from "node:async_hooks";
import { Mutex } from "async-mutex";
import type { Db, Tx } from "./client.ts";
import { isRetryable, translate } from "./errors.ts";

// One for all: Node 20 keeps each that was ever run, and every promise pays for it.
const open = new AsyncLocalStorage<readonly Mutex[]>();

/**
 * An open transaction as a database: what is done on it lasts when the transaction commits, and a transaction in it is
 * a savepoint, so that one that fails leaves the others be. What lost against something concurrent is not tried again
 * here: its error goes through to the outer transaction, which is.
 */
export function nested(outer: Tx): Db {
  const turn = new Mutex();
  const inTurn = <T>(what: string, work: () => Promise<T>): Promise<T> => {
    if (open.getStore()?.includes(turn)) throw new Error(`${what} beside the open transaction: use its tx`);
    return turn.runExclusive(work);
  };
  const known = (error: unknown): never => {
    throw isRetryable(error) ? error : translate(error);
  };
  // Savepoints on one connection lie within each other: of two at a time each would undo the other's work.
  const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    inTurn("transaction", () =>
      outer.savepoint((tx) => open.run([...(open.getStore() ?? []), turn], () => work(tx))).catch(known),
    );
  return {
    nested: true,
    transaction,
    execute(statement, parameters) {
      // What a write breaks must not end the transaction; a read breaks nothing.
      if (!statement.isSelect) {
        return transaction((tx) => tx.execute(statement, parameters));
      }
      return inTurn(`statement ${statement.name}`, () => outer.execute(statement, parameters));
    },
  };
}
