import { setTimeout as sleep } from "node:timers/promises";
import { type Keeper, oldestCredential } from "./accounts/resolvers.ts";
import { bootstrapAccount } from "./bootstrap.ts";
import type { AccountSettings } from "./config.ts";
import { SealedSecretError } from "./core/secret.ts";
import { NotReadyError } from "./db/ready.ts";
import type { Logger } from "./log.ts";
import type { Running } from "./start.ts";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;

/** Migrates the database, and makes the account that the environment names. @throws SealedSecretError */
export async function prepareDatabase(keeper: Keeper, account: AccountSettings | undefined): Promise<void> {
  await keeper.db.migrate();
  if (account) await bootstrapAccount(keeper, account);
  else await oldestCredential(keeper);
}

/** Prepares, again and again where the database is not there yet, and then begins what goes on until it is stopped. */
export function oncePrepared(
  prepare: (signal: AbortSignal) => Promise<void>,
  log: Logger,
  begin: () => { stop(): Promise<void> },
): Running {
  const stopping = new AbortController();
  const { signal } = stopping;
  let refuse: (reason: Error) => void = () => {};
  const refused = new Promise<Error>((resolve) => {
    refuse = resolve;
  });
  const begun = (async () => {
    for (let wait = FIRST_WAIT; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        await prepare(signal);
        if (signal.aborted) return undefined;
        log.info("database ready");
        return begin();
      } catch (error) {
        if (error instanceof SealedSecretError) return void refuse(error);
        const why = error instanceof NotReadyError ? `: ${error.message}` : "";
        if (!signal.aborted) log.warn({ err: error, retryInMs: wait }, `database not ready${why}`);
        await sleep(wait, undefined, { signal }).catch(() => {});
      }
    }
  })();
  return {
    refused,
    async stop() {
      stopping.abort();
      await (await begun)?.stop();
    },
  };
}
