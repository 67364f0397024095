import { ApiError } from "./errors.ts";

/** Runs `work` among at most so many at once. @throws ApiError UNAVAILABLE, at once and with nothing done */
export type Admission = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * More than can be answered soon is refused while that is still cheap: whoever waits in a queue without an end is
 * answered too late, and all others with them.
 *
 * @param limit how many are at work at once; those that wait for the database are among them
 */
export function createAdmission(limit: number): Admission {
  let atWork = 0;
  return async (work) => {
    if (atWork >= limit)
      throw new ApiError("UNAVAILABLE", { message: "Too many requests are at work, try again later" });
    atWork++;
    try {
      return await work();
    } finally {
      atWork--;
    }
  };
}
