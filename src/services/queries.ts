import { and, eq, sql } from "drizzle-orm";
import { accounts } from "../accounts/table.ts";
import { conversations } from "../conversations/table.ts";
import { pageStatement } from "../db/keyset.ts";
import { type Params, statement, wholeRow } from "../db/statement.ts";
import { users } from "../users/table.ts";
import { services } from "./table.ts";

const t = services;

export const serviceShape = {
  accountSid: t.accountSid,
  sid: t.sid,
  friendlyName: t.friendlyName,
  defaultConversationRoleSid: t.defaultConversationRoleSid,
  defaultConversationCreatorRoleSid: t.defaultConversationCreatorRoleSid,
  defaultChatServiceRoleSid: t.defaultChatServiceRoleSid,
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
      .where(and(eq(t.accountSid, p.accountSid), sql`${t.sid} = any(${p.sids}::text[])`)),
);

export const defaultService = statement("defaultService", serviceShape, (q, p: Params<Account>) =>
  q
    .select(serviceShape)
    .from(accounts)
    .innerJoin(t, and(eq(t.accountSid, p.accountSid), eq(t.sid, accounts.defaultServiceSid)))
    .where(eq(accounts.accountSid, p.accountSid)),
);

export const servicesOfAccount = pageStatement(
  "servicesOfAccount",
  serviceShape,
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

/** With everything in it, by cascade. */
export const deleteServiceRow = statement(
  "deleteService",
  serviceShape,
  (q, p: Params<Account & { sid: string }>) =>
    q
      .delete(t)
      .where(and(eq(t.accountSid, p.accountSid), eq(t.sid, p.sid)))
      .returning(serviceShape),
);

type Part = Account & { sid: string; limit: number };

/** Some of what a service holds, for a deletion that would be too large as one statement. */
const deleteSomeOf = (name: string, table: typeof conversations | typeof users) => {
  const found = { sid: table.sid };
  return statement(name, found, (q, p: Params<Part>) => {
    const some = q
      .select(found)
      .from(table)
      .where(and(eq(table.accountSid, p.accountSid), eq(table.chatServiceSid, p.sid)))
      .limit(p.limit);
    return q
      .delete(table)
      .where(and(eq(table.accountSid, p.accountSid), sql`${table.sid} in ${some}`))
      .returning(found);
  });
};

export const deleteSomeConversations = deleteSomeOf("deleteSomeConversations", conversations);
export const deleteSomeUsers = deleteSomeOf("deleteSomeUsers", users);
