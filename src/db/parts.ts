import { ApiError } from "../core/errors.ts";
import type { Db, Tx } from "./client.ts";

type Part<T> = (tx: Tx) => Promise<T | null>;

/** Ends an open transaction whose work is more than one of them should do. */
export class Unfinished extends Error {
  readonly part: Part<unknown>;
  readonly onDone: () => void;

  constructor(part: Part<unknown>, onDone: () => void) {
    super("more than one transaction should do");
    this.name = "Unfinished";
    this.part = part;
    this.onDone = onDone;
  }
}

/**
 * Runs `part` in one transaction after another until it returns something. Where a transaction is open already, only
 * the last part belongs to it: what it did is undone, the parts before the last are done, and it begins again.
 *
 * @param onDone is called for each part but the last, once it is committed
 */
export async function inParts<T>(db: Db, part: Part<T>, onDone = () => {}): Promise<T> {
  for (;;) {
    const result = await db.transaction(part);
    if (result !== null) return result;
    if (db.nested) throw new Unfinished(part, onDone);
    onDone();
  }
}

const LAST = new Error("what is left is for the transaction that it belongs to");

/**
 * Does all parts but the last, each in a transaction of its own.
 *
 * @param mayGoOn is asked first in each of them; where it says no, the rest is left
 */
export async function doAhead(
  { part, onDone }: Unfinished,
  db: Db,
  mayGoOn: (tx: Tx) => Promise<boolean>,
): Promise<void> {
  const allButLast = async (tx: Tx) => {
    if (!(await mayGoOn(tx)) || (await part(tx)) !== null) throw LAST;
  };
  try {
    for (;;) {
      await db.transaction(allButLast);
      onDone();
    }
  } catch (error) {
    // Someone else has done the last one: the transaction will tell how.
    const gone = error instanceof ApiError && error.code === "NOT_FOUND";
    if (error !== LAST && !gone) throw error;
  }
}
