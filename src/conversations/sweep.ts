import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Db } from "../db/client.ts";
import { accountsWithDueTimers, freeBindings, sweepTimers } from "./queries.ts";

interface SweepDeps {
  readonly db: Db;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Conversations in one transaction. */
const BATCH = 500;
const INTERVAL = 20_000;

/**
 * Makes lasting what timers have done. Readers derive it anyway; this frees bindings early and keeps indexes small.
 * Several instances may sweep at once: each takes rows that no other has locked.
 *
 * @returns how many conversations changed
 */
export async function sweep({ db, clock }: Pick<SweepDeps, "db" | "clock">): Promise<number> {
  const now = new Date(clock()).toISOString();
  let total = 0;
  for (const { accountSid } of await accountsWithDueTimers(db, { now })) {
    let changed: number;
    do {
      changed = await db.transaction(async (tx) => {
        const rows = await sweepTimers(tx, { accountSid, now, limit: BATCH });
        const closed = rows.filter((row) => row.state === "closed").map((row) => row.sid);
        if (closed.length > 0) await freeBindings(tx, { accountSid, sids: closed });
        return rows.length;
      });
      total += changed;
    } while (changed === BATCH);
  }
  return total;
}

/** Sweeps every 20 seconds until stopped; a failure is logged and tried again next time. */
export function startSweep(deps: SweepDeps): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) {
      await sweep(deps).catch((error) => deps.log.warn({ err: error }, "sweep of timers failed"));
      await sleep(INTERVAL, undefined, { signal }).catch(() => {});
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
