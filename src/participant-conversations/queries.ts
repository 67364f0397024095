import { and, eq, sql } from "drizzle-orm";
import { conversationShape } from "../conversations/queries.ts";
import { conversations } from "../conversations/table.ts";
import type { Instant } from "../core/instant.ts";
import { pageAsTable, pageStatement } from "../db/keyset.ts";
import { type Params, statement } from "../db/statement.ts";
import { participantShape } from "../participants/queries.ts";
import { participants } from "../participants/table.ts";

const t = participants;
const c = conversations;

/** A participant with its conversation; takes the parameter `now`. */
export const participantConversationShape = {
  participant: participantShape,
  conversation: conversationShape,
};

type Lookup = { accountSid: string; serviceSid: string; key: string };

/**
 * By conversation SID: a range of participants_by_lookup_identity or participants_by_address, and only then the
 * conversations of that page. Joined at once, a planner that thinks a merge cheap reads every conversation there is.
 */
const listBy = (name: string, column: typeof t.lookupIdentity | typeof t.address) =>
  pageStatement(
    name,
    participantConversationShape,
    [t.conversationSid, t.sid],
    "asc",
    (q, p: Params<Lookup & { now: Instant }>, page) => {
      const own = and(eq(t.accountSid, p.accountSid), eq(t.chatServiceSid, p.serviceSid), eq(column, p.key));
      const { child, fields, orderBy } = pageAsTable(q, participantShape, t, own, page);
      return q
        .select({ participant: fields, conversation: conversationShape })
        .from(child)
        .innerJoin(c, and(eq(c.accountSid, p.accountSid), eq(c.sid, fields.conversationSid)))
        .orderBy(...orderBy);
    },
  );

export const conversationsOfIdentity = listBy("conversationsOfIdentity", t.lookupIdentity);
export const conversationsOfAddress = listBy("conversationsOfAddress", t.address);

const counted = { count: sql<number>`count(*)::int`.as("count") };

const countBy = (name: string, column: typeof t.lookupIdentity | typeof t.address) =>
  statement(name, counted, (q, p: Params<Lookup>) =>
    q
      .select(counted)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), eq(t.chatServiceSid, p.serviceSid), eq(column, p.key))),
  );

export const countConversationsOfIdentity = countBy("countConversationsOfIdentity", t.lookupIdentity);
export const countConversationsOfAddress = countBy("countConversationsOfAddress", t.address);
