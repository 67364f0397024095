import { and, asc, eq, sql } from "drizzle-orm";
import { type Params, statement, wholeRow } from "../db/statement.ts";
import { services } from "../services/table.ts";
import type { Account, ApiKey } from "./model.ts";
import { accounts, apiKeys } from "./table.ts";

const account = {
  sid: accounts.accountSid,
  friendlyName: accounts.friendlyName,
  defaultServiceSid: accounts.defaultServiceSid,
  defaultMessagingServiceSid: accounts.defaultMessagingServiceSid,
  defaultInactiveTimer: accounts.defaultInactiveTimer,
  defaultClosedTimer: accounts.defaultClosedTimer,
  dateCreated: accounts.dateCreated,
  dateUpdated: accounts.dateUpdated,
} satisfies Record<keyof Account, unknown>;

const apiKey = {
  sid: apiKeys.sid,
  accountSid: apiKeys.accountSid,
  friendlyName: apiKeys.friendlyName,
  dateCreated: apiKeys.dateCreated,
} satisfies Record<keyof ApiKey, unknown>;

const secretOfAccount = { accountSid: accounts.accountSid, cipher: accounts.authTokenCipher };
const secretOfKey = { accountSid: apiKeys.accountSid, cipher: apiKeys.secretCipher };

export const accountBySid = statement("accountBySid", account, (q, p: Params<{ sid: string }>) =>
  q.select(account).from(accounts).where(eq(accounts.accountSid, p.sid)),
);

/** Over all accounts, oldest first: for those who run the server, not for its callers. */
export const allAccounts = statement("allAccounts", account, (q) =>
  q.select(account).from(accounts).orderBy(asc(accounts.accountSid)),
);

export const accountSecret = statement("accountSecret", secretOfAccount, (q, p: Params<{ sid: string }>) =>
  q.select(secretOfAccount).from(accounts).where(eq(accounts.accountSid, p.sid)),
);

export const oldestAccountSecret = statement("oldestAccountSecret", secretOfAccount, (q) =>
  q.select(secretOfAccount).from(accounts).orderBy(asc(accounts.accountSid)).limit(1),
);

export const insertAccount = statement(
  "insertAccount",
  account,
  (q, _: Params<typeof accounts.$inferInsert>) =>
    q.insert(accounts).values(wholeRow(accounts)).returning(account),
);

export const updateAccountSecret = statement(
  "updateAccountSecret",
  account,
  (q, p: Params<{ sid: string; cipher: string; now: string }>) =>
    q
      .update(accounts)
      .set({ authTokenCipher: sql`${p.cipher}`, dateUpdated: sql`${p.now}` })
      .where(eq(accounts.accountSid, p.sid))
      .returning(account),
);

/** Whoever changes or deletes the default service has this lock first. */
export const lockAccount = statement("lockAccount", account, (q, p: Params<{ accountSid: string }>) =>
  q.select(account).from(accounts).where(eq(accounts.accountSid, p.accountSid)).for("no key update"),
);

const candidate = { sid: services.sid };

export const serviceToBeDefault = statement(
  "serviceToBeDefault",
  candidate,
  (q, p: Params<{ accountSid: string; sid: string }>) =>
    q
      .select(candidate)
      .from(services)
      .where(and(eq(services.accountSid, p.accountSid), eq(services.sid, p.sid))),
);

const CONFIGURED = [
  "defaultServiceSid",
  "defaultMessagingServiceSid",
  "defaultInactiveTimer",
  "defaultClosedTimer",
  "dateUpdated",
] as const satisfies (keyof Account)[];

export const updateConfigurationRow = statement(
  "updateConfiguration",
  account,
  (q, p: Params<{ accountSid: string } & Pick<Account, (typeof CONFIGURED)[number]>>) =>
    q
      .update(accounts)
      .set(Object.fromEntries(CONFIGURED.map((key) => [key, sql`${p[key]}`])))
      .where(eq(accounts.accountSid, p.accountSid))
      .returning(account),
);

export const apiKeySecret = statement("apiKeySecret", secretOfKey, (q, p: Params<{ sid: string }>) =>
  q.select(secretOfKey).from(apiKeys).where(eq(apiKeys.sid, p.sid)),
);

export const apiKeysOfAccount = statement(
  "apiKeysOfAccount",
  apiKey,
  (q, p: Params<{ accountSid: string }>) =>
    q.select(apiKey).from(apiKeys).where(eq(apiKeys.accountSid, p.accountSid)).orderBy(asc(apiKeys.sid)),
);

export const insertApiKey = statement(
  "insertApiKey",
  apiKey,
  (q, _: Params<ApiKey & { secretCipher: string }>) =>
    q.insert(apiKeys).values(wholeRow(apiKeys)).returning(apiKey),
);

export const deleteApiKey = statement(
  "deleteApiKey",
  apiKey,
  (q, p: Params<{ accountSid: string; sid: string }>) =>
    q
      .delete(apiKeys)
      .where(and(eq(apiKeys.accountSid, p.accountSid), eq(apiKeys.sid, p.sid)))
      .returning(apiKey),
);
