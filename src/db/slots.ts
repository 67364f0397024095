import { Semaphore, withTimeout } from "async-mutex";
import { ApiError } from "../core/errors.ts";
import type { Watch } from "./watch.ts";

/** How the connections to the database are taken up. */
export interface PoolState {
  readonly size: number;
  readonly inUse: number;
  readonly waiting: number;
}

/** As many may work at once as there are connections; the others wait, for so many milliseconds. */
export interface Slots {
  /** @throws ApiError UNAVAILABLE */
  run<T>(work: () => Promise<T>, watch: Watch | undefined): Promise<T>;
  state(): PoolState;
}

export function createSlots(size: number, patience: number): Slots {
  const busy = new ApiError("UNAVAILABLE", { message: "All database connections are busy, try again later" });
  const slots = new Semaphore(size);
  const patient = withTimeout(slots, patience, busy);
  let waiting = 0;
  let inUse = 0;
  return {
    async run(work, watch) {
      const asked = performance.now();
      waiting++;
      const [, release] = await (slots.isLocked() ? patient : slots).acquire().finally(() => {
        waiting--;
        watch?.waited(performance.now() - asked);
      });
      inUse++;
      try {
        return await work();
      } finally {
        inUse--;
        release();
      }
    },
    state: () => ({ size, inUse, waiting }),
  };
}
