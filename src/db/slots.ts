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

/**
 * By hand, for every statement passes here: what libraries make of generators for it, V8 keeps until a major collection,
 * and with it all that the request has read.
 */
export function createSlots(size: number, patience: number): Slots {
  const waiting = new Set<() => void>();
  let inUse = 0;
  const turn = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const go = () => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(go);
        reject(
          new ApiError("UNAVAILABLE", { message: "All database connections are busy, try again later" }),
        );
      }, patience);
      waiting.add(go);
    });
  // Whose turn it is has the slot of the one before, so that nobody who comes meanwhile can take it.
  const release = () => {
    const [next] = waiting;
    if (next) next();
    else inUse--;
  };
  const taken = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } finally {
      release();
    }
  };
  return {
    async run(work, watch) {
      if (inUse < size) {
        inUse++;
        watch?.waited(0);
        return taken(work);
      }
      const asked = performance.now();
      await turn().finally(() => watch?.waited(performance.now() - asked));
      return taken(work);
    },
    state: () => ({ size, inUse, waiting: waiting.size }),
  };
}
