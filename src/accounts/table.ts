import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, sid } from "../db/columns.ts";

export const accounts = pgTable(
  "accounts",
  {
    accountSid: sid("account_sid").notNull(),
    friendlyName: text("friendly_name").notNull(),
    authTokenCipher: text("auth_token_cipher").notNull(),
    // No foreign key: services refer to accounts already, and a sharded Postgres refuses a circle.
    defaultServiceSid: sid("default_service_sid").notNull(),
    defaultMessagingServiceSid: sid("default_messaging_service_sid"),
    // ISO 8601 durations as they were given, for new conversations.
    defaultInactiveTimer: text("default_inactive_timer"),
    defaultClosedTimer: text("default_closed_timer"),
    dateCreated: instant("date_created").notNull(),
    dateUpdated: instant("date_updated").notNull(),
  },
  (t) => [primaryKey({ name: "accounts_pk", columns: [t.accountSid] })],
);

/** Found before the account is known, and so the one table that does not begin with `account_sid`. */
export const apiKeys = pgTable(
  "api_keys",
  {
    sid: sid("sid").notNull(),
    accountSid: sid("account_sid").notNull(),
    friendlyName: text("friendly_name").notNull(),
    secretCipher: text("secret_cipher").notNull(),
    dateCreated: instant("date_created").notNull(),
  },
  (t) => [primaryKey({ name: "api_keys_pk", columns: [t.sid] })],
);
