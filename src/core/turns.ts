import { ApiError } from "./errors.ts";

/** Runs `work`, after whoever is at work under the same name. */
export type Turns = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Milliseconds that anyone waits for its turn. */
const PATIENCE = 3_000;

/**
 * While one is at work under a name, all others wait; once it has succeeded they go on together, and where it failed
 * one of them does. So many who want the same at once hold one database connection, and not all there are.
 */
export function createTurns(): Turns {
  const atWork = new Map<string, Promise<boolean>>();
  return async (name, work) => {
    const end = performance.now() + PATIENCE;
    for (let ahead = atWork.get(name); ahead !== undefined; ahead = atWork.get(name)) {
      if (await within(end - performance.now(), ahead)) break;
    }
    const working = work();
    if (!atWork.has(name)) {
      const ended = (succeeded: boolean) => {
        atWork.delete(name);
        return succeeded;
      };
      const outcome = working.then(
        () => ended(true),
        () => ended(false),
      );
      atWork.set(name, outcome);
    }
    return working;
  };
}

/** @throws ApiError UNAVAILABLE */
async function within<T>(milliseconds: number, wait: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = "Other requests under the same idempotency key are at work, try again later";
    timer = setTimeout(() => reject(new ApiError("UNAVAILABLE", { message })), milliseconds);
  });
  return Promise.race([wait, late]).finally(() => clearTimeout(timer));
}
