import { ApiError } from "../core/errors.ts";
import { hasLostConnection } from "./errors.ts";

/**
 * The connection of a transaction, whose loss ends the transaction for good. postgres.js goes on writing to it: without
 * a socket that ends the process, and once it has connected anew, what is left of the transaction runs in somebody
 * else's (github.com/porsager/postgres/issues/1208, 1216).
 */
export interface Line {
  isBroken: boolean;
  /** Runs a statement, or a savepoint. @throws ApiError UNAVAILABLE once it is broken */
  use<T>(statement: () => Promise<T>): Promise<T>;
  /** As the work, but never settled once it is broken: postgres.js sends nothing more, and tells of the loss itself. */
  whileWhole<T>(work: Promise<T>): Promise<T>;
}

export function createLine(): Line {
  const line: Line = {
    isBroken: false,
    async use(statement) {
      if (line.isBroken) throw new ApiError("UNAVAILABLE");
      try {
        return await statement();
      } catch (error) {
        line.isBroken ||= hasLostConnection(error);
        throw error;
      }
    },
    whileWhole: (work) =>
      new Promise((resolve, reject) => {
        work.then(
          (result) => line.isBroken || resolve(result),
          (error) => line.isBroken || reject(error),
        );
      }),
  };
  return line;
}
