import { and, eq, sql } from "drizzle-orm";
import { conversations } from "../../conversations/table.ts";
import { type Params, statement } from "../../db/statement.ts";
import { messages } from "../../messages/table.ts";
import { participants } from "../../participants/table.ts";
import { users } from "../../users/table.ts";

const c = conversations;
const conversation = { sid: c.sid };

type InService = { accountSid: string; sid: string };

const within = (p: Params<InService>) => and(eq(c.accountSid, p.accountSid), eq(c.chatServiceSid, p.sid));

/** Messages at the most, participants with their inbox rows, and the conversation itself. */
const size = sql<number>`${c.lastMessageIndex} + 1 + 2 * ${c.participantCount} + 1`.as("size");

const first = { ...conversation, size };

/** In the order in which they are deleted: a range of conversations_by_creation, whatever else the account has. */
export const firstConversation = statement("firstConversation", first, (q, p: Params<InService>) =>
  q.select(first).from(c).where(within(p)).orderBy(c.dateCreated, c.sid).limit(1),
);

/**
 * The first of a service's conversations, and what goes with them: no more rows together than `most`. Those that alone
 * have more stay. Arrays, as the planner may make a join of all conversations from anything else.
 */
export const deleteSomeConversations = statement(
  "deleteSomeConversations",
  conversation,
  (q, p: Params<InService & { limit: number; most: number }>) => {
    const some = q
      .select({ ...first, dateCreated: c.dateCreated })
      .from(c)
      .where(and(within(p), sql`${size.sql} <= ${p.most}`))
      .orderBy(c.dateCreated, c.sid)
      .limit(p.limit)
      .as("some");
    const total = sql`sum(${some.size}) over (order by ${some.dateCreated}, ${some.sid})`.as("total");
    const counted = q.select({ sid: some.sid, total }).from(some).as("counted");
    const few = q.select({ sid: counted.sid }).from(counted).where(sql`${counted.total} <= ${p.most}`);
    return q
      .delete(c)
      .where(and(eq(c.accountSid, p.accountSid), sql`${c.sid} = any(array(${few}))`))
      .returning(conversation);
  },
);

const user = { sid: users.sid };

export const deleteSomeUsers = statement(
  "deleteSomeUsers",
  user,
  (q, p: Params<InService & { limit: number }>) => {
    const some = q
      .select(user)
      .from(users)
      .where(and(eq(users.accountSid, p.accountSid), eq(users.chatServiceSid, p.sid)))
      .orderBy(users.sid)
      .limit(p.limit);
    return q
      .delete(users)
      .where(and(eq(users.accountSid, p.accountSid), sql`${users.sid} = any(array(${some}))`))
      .returning(user);
  },
);

type OfConversation = { accountSid: string; conversationSid: string };

/** Locks the conversation, and counts nobody in it. */
export const emptyConversation = statement(
  "emptyConversation",
  conversation,
  (q, p: Params<OfConversation>) =>
    q
      .update(c)
      .set({ participantCount: 0, nonChatCount: 0, channels: [] })
      .where(and(eq(c.accountSid, p.accountSid), eq(c.sid, p.conversationSid)))
      .returning(conversation),
);

const participant = { sid: participants.sid };

export const deleteParticipantsOfConversation = statement(
  "deleteParticipantsOfConversation",
  participant,
  (q, p: Params<OfConversation>) =>
    q
      .delete(participants)
      .where(
        and(eq(participants.accountSid, p.accountSid), eq(participants.conversationSid, p.conversationSid)),
      )
      .returning(participant),
);

const message = { index: messages.index };

/**
 * So many of them, unless there are no more than that. The newest message and its date stay true of the conversation
 * until the last goes with it.
 */
export const deleteOldestMessages = statement(
  "deleteOldestMessages",
  message,
  (q, p: Params<OfConversation & { limit: number }>) => {
    const own = and(eq(messages.accountSid, p.accountSid), eq(messages.conversationSid, p.conversationSid));
    const next = q.select(message).from(messages).where(own).orderBy(messages.index).limit(1).offset(p.limit);
    return q
      .delete(messages)
      .where(and(own, sql`${messages.index} < ${next}`))
      .returning(message);
  },
);

/** With the messages that are left. */
export const deleteRestOfConversation = statement(
  "deleteRestOfConversation",
  conversation,
  (q, p: Params<OfConversation>) =>
    q
      .delete(c)
      .where(and(eq(c.accountSid, p.accountSid), eq(c.sid, p.conversationSid)))
      .returning(conversation),
);
