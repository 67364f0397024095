import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../core/errors.ts";
import { startDeadline } from "./deadline.ts";
import { isRetryable, translate } from "./errors.ts";
import type { PoolState } from "./slots.ts";
import type { Executor } from "./statement.ts";
import type { Watch } from "./watch.ts";

/** A transaction: committed when the work it was handed to returns, rolled back when that throws. */
export interface Tx extends Executor {
  /** Runs `work`; where that throws, what it did is undone, and the transaction goes on. */
  savepoint<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** What a request works with. Errors arrive as ApiError where they have a meaning. */
export interface Db extends Executor {
  /** Whether it is an open transaction itself. */
  readonly nested: boolean;
  /** Runs `work` in a transaction, and again from the start where it lost against a concurrent one. */
  transaction<T>(work: (tx: Tx) => Promise<T>, watch?: Watch): Promise<T>;
}

/** Postgres, or the embedded one; the same to everything above. */
export interface Database extends Db {
  /** Milliseconds within which every call ends, waiting and repeating included, or begins to commit. */
  readonly deadline: number;
  migrate(): Promise<void>;
  /** @throws ApiError UNAVAILABLE unless it answers, is set as it has to be and holds every migration */
  ready(): Promise<void>;
  pool(): PoolState;
  close(): Promise<void>;
}

/** What a driver brings; `createDb` adds the rules that hold for every driver. */
export interface Driver extends Executor {
  /** Milliseconds within which every call ends, waiting and repeating included, or begins to commit. */
  readonly deadline: number;
  begin<T>(work: (tx: Tx) => Promise<T>, watch?: Watch): Promise<T>;
  migrate(): Promise<void>;
  ready(): Promise<void>;
  pool(): PoolState;
  close(): Promise<void>;
}

const ATTEMPTS = 8;

export function createDb(driver: Driver): Database {
  const open = new AsyncLocalStorage<true>();
  // On one connection such a query would wait for the transaction, and the transaction for it: for ever.
  const refuseInside = (what: string) => {
    if (open.getStore()) throw new Error(`${what} beside the open transaction: use its tx`);
  };
  const transaction = <T>(work: (tx: Tx) => Promise<T>, watch: Watch | undefined): Promise<T> =>
    within(driver.deadline, (time) =>
      repeated(() =>
        driver.begin(
          (tx) =>
            open.run(true, async () => {
              const timed = (tx: Tx): Tx => ({
                execute(statement, parameters) {
                  time.check();
                  return tx.execute(statement, parameters, watch);
                },
                savepoint: (work) => tx.savepoint((inner) => work(timed(inner))),
              });
              const result = await work(timed(tx));
              time.commit();
              return result;
            }),
          watch,
        ),
      ),
    );
  return {
    ...driver,
    ready: () =>
      driver.ready().catch((cause) => {
        throw new ApiError("UNAVAILABLE", { cause });
      }),
    nested: false,
    execute(statement, parameters, watch) {
      refuseInside(`statement ${statement.name}`);
      return within(driver.deadline, (time) =>
        repeated(() => {
          if (!statement.isSelect) time.commit();
          return driver.execute(statement, parameters, watch);
        }),
      );
    },
    async transaction(work, watch) {
      refuseInside("transaction");
      return transaction(work, watch);
    },
  };
}

/** Runs `work` again where it lost against something concurrent, which left nothing behind. */
async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}

/** What a call has left of its time. */
interface Time {
  /** @throws ApiError UNAVAILABLE once it is over, and whoever asked has been told so */
  check(): void;
  /** From now on whoever asked waits for the outcome: it can't be called back any more. @throws as `check` */
  commit(): void;
}

/** Rejects at the deadline, whatever `work` still waits for, unless it has begun to commit. */
export function within<T>(deadline: number, work: (time: Time) => Promise<T>): Promise<T> {
  let late: ApiError | undefined;
  let isCommitting = false;
  return new Promise((resolve, reject) => {
    const clear = startDeadline(deadline, () => {
      late = new ApiError("UNAVAILABLE");
      if (!isCommitting) reject(late);
    });
    const check = () => {
      if (late) throw late;
    };
    const commit = () => {
      check();
      isCommitting = true;
    };
    work({ check, commit }).then(
      (result) => {
        clear();
        resolve(result);
      },
      (error) => {
        clear();
        reject(translate(error));
      },
    );
  });
}
