import { groupBy } from "../core/loader.ts";
import type { Db } from "../db/client.ts";
import { expiredBy } from "./model.ts";
import { deleteExpiredKeys, expiredKeys } from "./queries.ts";

/** Keys that are looked for at a time; those of one account are deleted in one statement. */
const BATCH = 1000;

/** Deletes the keys that have had their time. @returns how many this was */
export async function sweepKeys({ db, clock }: { db: Db; clock: () => number }): Promise<number> {
  const by = expiredBy(new Date(clock()).toISOString());
  let total = 0;
  for (let found = BATCH; found === BATCH; ) {
    const expired = await expiredKeys(db, { by, limit: BATCH });
    found = expired.length;
    for (const [accountSid, rows] of groupBy(expired, (row) => row.accountSid)) {
      const keys = rows.map((row) => row.key);
      total += (await deleteExpiredKeys(db, { accountSid, keys, by })).length;
    }
  }
  return total;
}
