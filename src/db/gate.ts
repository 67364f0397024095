import { ApiError } from "../core/errors.ts";
import type { Database } from "./client.ts";

/** A database that counts as away until it is opened: migrated, and with the accounts in it that have to be. */
export function createGate(db: Database): { readonly db: Database; open(): void } {
  let open = false;
  const behind = <T>(work: () => Promise<T>): Promise<T> =>
    open ? work() : Promise.reject(new ApiError("UNAVAILABLE"));
  return {
    db: {
      ...db,
      execute: (...statement) => behind(() => db.execute(...statement)),
      transaction: (work, watch) => behind(() => db.transaction(work, watch)),
      ready: () => behind(() => db.ready()),
    },
    open() {
      open = true;
    },
  };
}
