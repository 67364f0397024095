import { and, eq, sql } from "drizzle-orm";
import { accounts } from "../accounts/table.ts";
import { isAmong, pageStatement } from "../db/keyset.ts";
import { type Params, statement, wholeRow } from "../db/statement.ts";
import { services } from "./table.ts";

const t = services;

export const serviceShape = {
  accountSid: t.accountSid,
  sid: t.sid,
  friendlyName: t.friendlyName,
  defaultConversationRoleSid: t.defaultConversationRoleSid,
  defaultConversationCreatorRoleSid: t.defaultConversationCreatorRoleSid,
  defaultChatServiceRoleSid: t.defaultChatServiceRoleSid,
  reachabilityEnabled: t.reachabilityEnabled,
  dateCreated: t.dateCreated,
  dateUpdated: t.dateUpdated,
};

type Account = { accountSid: string };

export const servicesBySid = statement(
  "servicesBySid",
  serviceShape,
  (q, p: Params<Account & { sids: readonly string[] }>) =>
    q
      .select(serviceShape)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), isAmong(t.sid, p.sids))),
);

const defaultShape = {
  ...serviceShape,
  defaultMessagingServiceSid: accounts.defaultMessagingServiceSid,
  defaultInactiveTimer: accounts.defaultInactiveTimer,
  defaultClosedTimer: accounts.defaultClosedTimer,
};

/** The SID of a service in the statement that needs it: the given one, or the default one of the account. */
export const givenOrDefault = (p: Params<Account & { serviceSid: string | null }>) =>
  sql`coalesce(${p.serviceSid}::text, (select ${accounts.defaultServiceSid} from ${accounts} where ${accounts.accountSid} = ${p.accountSid}))`;

/** With what the account gives to new conversations. */
export const defaultService = statement("defaultService", defaultShape, (q, p: Params<Account>) =>
  q
    .select(defaultShape)
    .from(accounts)
    .innerJoin(t, and(eq(t.accountSid, p.accountSid), eq(t.sid, accounts.defaultServiceSid)))
    .where(eq(accounts.accountSid, p.accountSid)),
);

export const servicesOfAccount = pageStatement(
  "servicesOfAccount",
  { light: serviceShape, full: serviceShape },
  [t.sid],
  "asc",
  (q, p: Params<Account>, page) =>
    q
      .select(serviceShape)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), page.condition))
      .orderBy(...page.orderBy)
      .limit(page.limit),
);

const counted = { count: sql<number>`count(*)::int`.as("count") };

export const countServices = statement("countServices", counted, (q, p: Params<Account>) =>
  q.select(counted).from(t).where(eq(t.accountSid, p.accountSid)),
);

export const insertService = statement("insertService", serviceShape, (q, _: Params<typeof t.$inferInsert>) =>
  q.insert(t).values(wholeRow(t)).returning(serviceShape),
);

type Key = Account & { sid: string };

export const lockService = statement("lockService", serviceShape, (q, p: Params<Key>) =>
  q
    .select(serviceShape)
    .from(t)
    .where(and(eq(t.accountSid, p.accountSid), eq(t.sid, p.sid)))
    .for("no key update"),
);

const CONFIGURED = [
  "defaultConversationRoleSid",
  "defaultConversationCreatorRoleSid",
  "defaultChatServiceRoleSid",
  "reachabilityEnabled",
  "dateUpdated",
] as const satisfies (keyof typeof serviceShape)[];

export const updateServiceRow = statement(
  "updateService",
  serviceShape,
  (q, p: Params<Key & Pick<typeof t.$inferInsert, (typeof CONFIGURED)[number]>>) =>
    q
      .update(t)
      .set(Object.fromEntries(CONFIGURED.map((key) => [key, sql`${p[key]}`])))
      .where(and(eq(t.accountSid, p.accountSid), eq(t.sid, p.sid)))
      .returning(serviceShape),
);

/** With everything in it, by cascade. */
export const deleteServiceRow = statement("deleteService", serviceShape, (q, p: Params<Key>) =>
  q
    .delete(t)
    .where(and(eq(t.accountSid, p.accountSid), eq(t.sid, p.sid)))
    .returning(serviceShape),
);
