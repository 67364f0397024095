import type { Logger } from "pino";
import type { Instant } from "../core/instant.ts";
import type { Db } from "../db/client.ts";
import { accountsWithDueTimers, freeBindings, sweepTimersOfAccount } from "./queries.ts";

interface SweepDeps {
  readonly db: Db;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Conversations in one transaction. */
const BATCH = 100;

/**
 * Makes lasting what timers have done. Readers derive it anyway; this frees bindings early and keeps indexes small.
 * Several instances may sweep at once: each takes rows that no other has locked. An account whose sweep fails is left
 * for the next time, and keeps no other waiting.
 *
 * @returns how many conversations changed
 */
export async function sweepTimers({ db, clock, log }: SweepDeps): Promise<number> {
  const now = new Date(clock()).toISOString();
  let total = 0;
  for (const { accountSid } of await accountsWithDueTimers(db, { now })) {
    try {
      for (let changed = BATCH; changed === BATCH; ) {
        changed = await sweepSome(db, accountSid, now);
        total += changed;
      }
    } catch (error) {
      log.warn({ err: error, account: accountSid }, "sweep of an account's timers failed");
    }
  }
  return total;
}

function sweepSome(db: Db, accountSid: string, now: Instant): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await sweepTimersOfAccount(tx, { accountSid, now, limit: BATCH });
    const closed = rows.filter((row) => row.state === "closed").map((row) => row.sid);
    if (closed.length > 0) await freeBindings(tx, { accountSid, sids: closed });
    return rows.length;
  });
}
