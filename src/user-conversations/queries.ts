import { and, eq, sql } from "drizzle-orm";
import { forEachParent, parentKey } from "../db/keyset.ts";
import { type Params, statement } from "../db/statement.ts";
import { inbox } from "../inbox/table.ts";
import { entryMeets, type Filtered, listStatements } from "../participant-conversations/list/queries.ts";
import { participants } from "../participants/table.ts";

const t = participants;
const i = inbox;

type OfUsers = { accountSid: string; keys: readonly string[] };

const joinedAsParent = (p: Params<OfUsers>) => and(eq(t.accountSid, p.accountSid), eq(t.userSid, parentKey));

/** For each user, ranges of participants_by_user, inbox_by_user, participants_by_user_creation. */
export const userConversationsOfUsers = listStatements<OfUsers>("userConversationsOfUsers", {
  own: {
    sid: (_, p) => joinedAsParent(p),
    lastActivity: (_, p) => and(eq(i.accountSid, p.accountSid), eq(i.userSid, parentKey)),
    dateCreated: (_, p) => joinedAsParent(p),
  },
  repeats: false,
  pages: (p) => (q, shape, table, own, page) => forEachParent(q, p.keys, shape, table, own, page),
});

const ofUsers = (p: Params<OfUsers>) =>
  and(eq(i.accountSid, p.accountSid), sql`${i.userSid} = any(${p.keys}::text[])`);

const totals = {
  parent: sql<string>`${i.userSid}`.as("parent"),
  count: sql<number>`count(*)::int`.as("count"),
  unreadMessages: sql<number>`least(coalesce(sum(${i.unreadCount}), 0), 2147483647)::int`.as(
    "unread_messages",
  ),
  unreadConversations: sql<number>`(count(*) filter (where ${i.unreadCount} > 0))::int`.as(
    "unread_conversations",
  ),
};

/** All that is counted of users, in one pass over their ranges of inbox_by_user, which holds what is summed. */
export const totalsOfUsers = statement("totalsOfUsers", totals, (q, p: Params<OfUsers>) =>
  q.select(totals).from(i).where(ofUsers(p)).groupBy(i.userSid),
);

const counted = { parent: totals.parent, count: totals.count };

export const countFilteredUserConversations = statement(
  "countFilteredUserConversations",
  counted,
  (q, p: Params<OfUsers & Filtered>) =>
    q
      .select(counted)
      .from(i)
      .where(and(ofUsers(p), entryMeets(q, p)))
      .groupBy(i.userSid),
);
