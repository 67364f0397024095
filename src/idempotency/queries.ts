import { and, eq, isNull, lte, sql } from "drizzle-orm";
import type { Instant } from "../core/instant.ts";
import { type Params, statement } from "../db/statement.ts";
import { idempotencyKeys } from "./table.ts";

const t = idempotencyKeys;

type Key = { accountSid: string; key: string };

const claimed = { key: t.key };

/** Nothing where the key is there. Waits for whoever has claimed it and is still at work. */
export const claimKey = statement(
  "claimKey",
  claimed,
  (q, p: Params<Key & { fingerprint: string; now: Instant }>) =>
    q
      .insert(t)
      .values({
        accountSid: p.accountSid,
        key: p.key,
        fingerprint: p.fingerprint,
        dateCreated: p.now,
      })
      .onConflictDoNothing()
      .returning(claimed),
);

const stored = {
  fingerprint: t.fingerprint,
  response: t.response,
  dateCreated: t.dateCreated,
};

const one = (p: Params<Key>) => and(eq(t.accountSid, p.accountSid), eq(t.key, p.key));

export const storedAnswer = statement("storedAnswer", stored, (q, p: Params<Key>) =>
  q.select(stored).from(t).where(one(p)),
);

/** Nothing where it was answered, or is gone. Waits for whoever is at work under the claim. */
export const lockOpenClaim = statement("lockOpenClaim", claimed, (q, p: Params<Key>) =>
  q
    .select(claimed)
    .from(t)
    .where(and(one(p), isNull(t.response)))
    .for("no key update"),
);

export const deleteOpenClaim = statement(
  "deleteOpenClaim",
  claimed,
  (q, p: Params<Key & { fingerprint: string }>) =>
    q
      .delete(t)
      .where(and(one(p), eq(t.fingerprint, sql`${p.fingerprint}`), isNull(t.response)))
      .returning(claimed),
);

export const storeAnswer = statement("storeAnswer", claimed, (q, p: Params<Key & { response: string }>) =>
  q
    .update(t)
    .set({ response: sql`${p.response}` })
    .where(one(p))
    .returning(claimed),
);

const expired = { accountSid: t.accountSid, key: t.key };

/** The oldest ones of all accounts: for the sweep only. */
export const expiredKeys = statement("expiredKeys", expired, (q, p: Params<{ by: Instant; limit: number }>) =>
  q.select(expired).from(t).where(lte(t.dateCreated, p.by)).orderBy(t.dateCreated).limit(p.limit),
);

export const deleteExpiredKeys = statement(
  "deleteExpiredKeys",
  claimed,
  (q, p: Params<{ accountSid: string; keys: readonly string[]; by: Instant }>) =>
    q
      .delete(t)
      .where(
        and(eq(t.accountSid, p.accountSid), sql`${t.key} = any(${p.keys}::text[])`, lte(t.dateCreated, p.by)),
      )
      .returning(claimed),
);
