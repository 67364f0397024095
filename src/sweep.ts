import { setTimeout as sleep } from "node:timers/promises";
import { sweepTimers } from "./conversations/sweep.ts";
import type { Db } from "./db/client.ts";
import { refreshStatistics } from "./db/statistics.ts";
import { watched } from "./db/watch.ts";
import { sweepKeys } from "./idempotency/sweep.ts";
import type { Logger } from "./log.ts";
import type { Observer } from "./observe/observer.ts";

interface SweepDeps {
  readonly db: Db;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** What time undoes or outdates, each by the name it has in the log. */
const SWEEPS: Readonly<Record<string, (deps: SweepDeps) => Promise<unknown>>> = {
  timers: sweepTimers,
  idempotencyKeys: sweepKeys,
  statistics: refreshStatistics,
};
const INTERVAL = 20_000;

/** Sweeps every 20 seconds until stopped; a failure is logged and tried again next time. */
export function startSweeps({ observer, ...deps }: SweepDeps & { readonly observer: Observer }): {
  stop(): Promise<void>;
} {
  const sweeping = { ...deps, db: watched(deps.db, observer.background) };
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) {
      for (const [name, run] of Object.entries(SWEEPS)) {
        await run(sweeping).catch((error) => deps.log.warn({ err: error, sweep: name }, "sweep failed"));
      }
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
