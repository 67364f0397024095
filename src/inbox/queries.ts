import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Instant } from "../core/instant.ts";
import { type Params, statement } from "../db/statement.ts";
import { participants } from "../participants/table.ts";
import type { InboxEntry } from "./model.ts";
import { inbox } from "./table.ts";

const t = inbox;

/** An InboxEntry. */
export const inboxShape = {
  conversationSid: t.conversationSid,
  participantSid: t.participantSid,
  unreadCount: t.unreadCount,
  newestMessageIndex: t.newestMessageIndex,
  dateActivity: t.dateActivity,
} satisfies Record<keyof InboxEntry, unknown>;

type Rows = { accountSid: string; conversationSids: readonly string[]; participantSids: readonly string[] };

/** The rows named as a table, and what joins them: one row of inbox_pk for each. */
const named = (p: Params<Rows>) =>
  sql`unnest(${p.conversationSids}::text[], ${p.participantSids}::text[]) as named(conversation_sid, participant_sid)`;
const isNamed = (p: Params<Rows>) =>
  and(
    eq(t.accountSid, p.accountSid),
    sql`${t.conversationSid} = named.conversation_sid`,
    sql`${t.participantSid} = named.participant_sid`,
  );

export const inboxEntries = statement("inboxEntries", inboxShape, (q, p: Params<Rows>) =>
  q.select(inboxShape).from(named(p)).innerJoin(t, isNamed(p)),
);

const place = { conversationSid: participants.conversationSid, participantSid: participants.sid };

/** True where the horizon is below the newest message, which is what every unread count above 0 says. */
const isBehind = sql`${t.newestMessageIndex} > coalesce(${t.lastReadMessageIndex}, -1)`;

/**
 * The participants that a user is where something is unread, locked in the order of their conversations: a walk along
 * participants_by_user that looks up the inbox row of each, until there are enough.
 */
export const lockUnreadOfUser = statement(
  "lockUnreadOfUser",
  place,
  (q, p: Params<{ accountSid: string; userSid: string; after: string; limit: number }>) => {
    const behind = q
      .select({ behind: sql`${isBehind}` })
      .from(t)
      .where(
        and(
          eq(t.accountSid, p.accountSid),
          eq(t.conversationSid, participants.conversationSid),
          eq(t.participantSid, participants.sid),
        ),
      );
    const range = sql`(${participants.userSid}, ${participants.conversationSid})`;
    return q
      .select(place)
      .from(participants)
      .where(
        and(
          eq(participants.accountSid, p.accountSid),
          isNotNull(participants.userSid),
          // Conversations' SIDs lie below this one. With an equality, a planner might walk the account by conversation.
          sql`${range} > (${p.userSid}, ${p.after}) and ${range} < (${p.userSid}, '[')`,
          // A value, not a condition that something exists: that would be a join, which may read every inbox there is.
          sql`${behind}`,
        ),
      )
      .orderBy(participants.userSid, participants.conversationSid)
      .limit(p.limit)
      .for("no key update");
  },
);

const held = { participantSid: t.participantSid };

/** In the order of their conversations, too: two users who share many could otherwise wait for each other. */
export const lockInInbox = statement("lockInInbox", held, (q, p: Params<Rows>) =>
  q.select(held).from(named(p)).innerJoin(t, isNamed(p)).orderBy(t.conversationSid).for("no key update"),
);

const read = { participantSid: t.participantSid, index: sql<number>`${t.newestMessageIndex}`.as("index") };

/** Moves the horizons of locked rows to the newest messages, where nothing is unread: there is nothing to count. */
export const markReadInInbox = statement("markReadInInbox", read, (q, p: Params<Rows>) =>
  q
    .update(t)
    .set({ lastReadMessageIndex: sql`${t.newestMessageIndex}`, unreadCount: 0 })
    .from(named(p))
    .where(and(isNamed(p), isBehind))
    .returning(read),
);

const marked = { sid: participants.sid };

export const markReadOfParticipants = statement(
  "markReadOfParticipants",
  marked,
  (q, p: Params<{ accountSid: string; sids: readonly string[]; indexes: readonly number[]; now: Instant }>) =>
    q
      .update(participants)
      .set({
        lastReadMessageIndex: sql`read.index`,
        lastReadTimestamp: sql`${p.now}`,
        dateUpdated: sql`${p.now}`,
      })
      .from(sql`unnest(${p.sids}::text[], ${p.indexes}::int[]) as read(sid, index)`)
      .where(and(eq(participants.accountSid, p.accountSid), sql`${participants.sid} = read.sid`))
      .returning(marked),
);
