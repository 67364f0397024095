import { ApiError } from "../core/errors.ts";
import type { Watch } from "./watch.ts";

/** How the connections to the database are taken up. */
export interface PoolState {
  readonly size: number;
  readonly inUse: number;
  readonly waiting: number;
}

/** Each member is one's own while one works with it; who finds none free waits, for so many milliseconds. */
export interface Slots<Member> {
  /** @throws ApiError UNAVAILABLE */
  run<T>(work: (member: Member) => Promise<T>, watch: Watch | undefined): Promise<T>;
  state(): PoolState;
}

/**
 * By hand, for every statement passes here: what libraries make of generators for it, V8 keeps until a major collection,
 * and with it all that the request has read.
 */
export function createSlots<Member>(members: readonly Member[], patience: number): Slots<Member> {
  // The one that was used last is used next: those that are not needed become idle.
  const free = [...members];
  const waiting = new Set<(member: Member) => void>();
  const turn = (): Promise<Member> =>
    new Promise((resolve, reject) => {
      const go = (member: Member) => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve(member);
      };
      const timer = setTimeout(() => {
        waiting.delete(go);
        reject(
          new ApiError("UNAVAILABLE", { message: "All database connections are busy, try again later" }),
        );
      }, patience);
      waiting.add(go);
    });
  // Whose turn it is has the member of the one before, so that nobody who comes meanwhile can take it.
  const release = (member: Member) => {
    const [next] = waiting;
    if (next) next(member);
    else free.push(member);
  };
  return {
    async run(work, watch) {
      let member = free.pop();
      if (member === undefined) {
        const asked = performance.now();
        member = await turn().finally(() => watch?.waited(performance.now() - asked));
      } else {
        watch?.waited(0);
      }
      try {
        return await work(member);
      } finally {
        release(member);
      }
    },
    state: () => ({
      size: members.length,
      inUse: members.length - free.length,
      waiting: waiting.size,
    }),
  };
}
