import { type Context, inTransaction } from "./context.ts";
import { ApiError } from "./core/errors.ts";
import type { Tx } from "./db/client.ts";
import { checkKey, fingerprintOf } from "./idempotency/model.ts";
import { claimOrReplay, freeKey, keepAnswer } from "./idempotency/resolvers.ts";

interface Repeatable {
  /** As the client sent it. */
  readonly key: string;
  /** All that makes the request what it is, as JSON has it. */
  readonly asked: unknown;
}

interface Outcome {
  readonly response: string;
  /** Whether it was answered before, and `work` was not run. */
  readonly replayed: boolean;
}

/**
 * Runs `work` once for the account's key, in one transaction with storing what it returns; who asks for the same again
 * is returned that. Where `work` throws nothing is stored, and the key is free. Work whose parts are transactions of
 * their own holds the key from the first of them on, for nobody but who asks for the same: so it does where it broke off.
 *
 * @throws ApiError INVALID_PARAMETER for the key, IDEMPOTENCY_KEY_REUSED, and what `work` throws
 */
export async function once(
  ctx: Context,
  { key: text, asked }: Repeatable,
  work: (ctx: Context) => Promise<string>,
): Promise<Outcome> {
  const { accountSid, now } = ctx;
  const key = checkKey(text);
  const claim = { accountSid, key, fingerprint: fingerprintOf(asked), now };
  let isCommitted = false;
  const answer = async (inner: Context, tx: Tx) => {
    const { response: stored, wasOpen } = await claimOrReplay(tx, claim);
    if (stored !== null) return { response: stored, replayed: true };
    isCommitted ||= wasOpen;
    const response = await work(inner);
    await keepAnswer(tx, { accountSid, key, response });
    return { response, replayed: false };
  };
  const mayGoOn = async (tx: Tx) => {
    isCommitted = true;
    return (await claimOrReplay(tx, claim)).response === null;
  };
  const attempt = async () => {
    try {
      return await inTransaction(ctx, answer, mayGoOn);
    } catch (error) {
      if (isCommitted && isFinal(error)) await freeKey(ctx.db, claim);
      throw error;
    }
  };
  // Another server's repeats wait in the database.
  const outcome = await ctx.turns(`${accountSid} ${key}`, attempt);
  ctx.watch.keyed(outcome.replayed);
  return outcome;
}

/** Whether the request was refused, and would be again; otherwise a repeat may go on where it stopped. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiError && error.status < 500 && error.code !== "CONCURRENT_CHANGE";
}
