import { ApiError } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import type { Tx } from "../db/client.ts";
import type { Executor } from "../db/statement.ts";
import { expiredBy } from "./model.ts";
import {
  claimKey,
  deleteExpiredKeys,
  deleteOpenClaim,
  lockOpenClaim,
  storeAnswer,
  storedAnswer,
} from "./queries.ts";

export interface Claim {
  readonly accountSid: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly now: Instant;
}

interface Taken {
  /** What was answered to the same request before; null where the key is the transaction's now. */
  readonly response: string | null;
  /** Whether the same request has claimed the key before, and parts of it may be done. */
  readonly wasOpen: boolean;
}

/**
 * Takes the key for the transaction, or finds what was answered before. Where another transaction has taken it, this
 * waits for its outcome.
 *
 * @throws ApiError IDEMPOTENCY_KEY_REUSED
 */
export async function claimOrReplay(tx: Tx, claim: Claim): Promise<Taken> {
  const { accountSid, key, fingerprint, now } = claim;
  const by = expiredBy(now);
  for (;;) {
    if ((await claimKey(tx, claim)).length > 0) return { response: null, wasOpen: false };
    const [stored] = await storedAnswer(tx, { accountSid, key });
    if (stored && stored.dateCreated > by) {
      if (stored.fingerprint !== fingerprint)
        throw new ApiError("IDEMPOTENCY_KEY_REUSED", { parameter: "idempotencyKey" });
      if (stored.response !== null) return { response: stored.response, wasOpen: false };
      if ((await lockOpenClaim(tx, claim)).length > 0) return { response: null, wasOpen: true };
    } else {
      await deleteExpiredKeys(tx, { accountSid, keys: [key], by });
    }
  }
}

/** Frees the key, unless another has answered the request meanwhile. */
export async function freeKey(db: Executor, claim: Claim): Promise<void> {
  await deleteOpenClaim(db, claim);
}

/** In the transaction that has claimed the key. */
export async function keepAnswer(
  tx: Tx,
  answer: { accountSid: string; key: string; response: string },
): Promise<void> {
  await storeAnswer(tx, answer);
}
