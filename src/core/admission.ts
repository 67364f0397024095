import { ApiError } from "./errors.ts";

/**
 * More than can be answered soon is refused while that is still cheap: whoever waits in a queue without an end is
 * answered too late, and all others with them.
 */
export interface Admission {
  /** Runs `work` among at most so many at once. @throws what `refusal` makes, at once and with nothing done */
  run<T>(work: () => Promise<T>): Promise<T>;
  isFull(): boolean;
}

/** @param limit how many are at work at once; those that wait for the database are among them */
export function createAdmission(limit: number): Admission {
  let atWork = 0;
  return {
    async run(work) {
      if (atWork >= limit) throw refusal();
      atWork++;
      try {
        return await work();
      } finally {
        atWork--;
      }
    },
    isFull: () => atWork >= limit,
  };
}

export function refusal(): ApiError {
  return new ApiError("UNAVAILABLE", { message: "Too many requests are at work, try again later" });
}
