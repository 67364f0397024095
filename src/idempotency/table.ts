import { foreignKey, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { accounts } from "../accounts/table.ts";
import { bytes, instant, sid } from "../db/columns.ts";

/** What was answered to a request that carried a key, for those who repeat it. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    accountSid: sid("account_sid").notNull(),
    key: bytes("key").notNull(),
    // Digest of what was asked for: the same key with anything else is refused.
    fingerprint: bytes("fingerprint").notNull(),
    // Null within the transaction that does the work, and between the parts of what is done in several.
    response: text("response"),
    dateCreated: instant("date_created").notNull(),
  },
  (t) => [
    primaryKey({ name: "idempotency_keys_pk", columns: [t.accountSid, t.key] }),
    // For the sweep, which looks through all accounts.
    index("idempotency_keys_by_date").on(t.dateCreated),
    foreignKey({
      name: "idempotency_keys_account_fk",
      columns: [t.accountSid],
      foreignColumns: [accounts.accountSid],
    }).onDelete("cascade"),
  ],
);
