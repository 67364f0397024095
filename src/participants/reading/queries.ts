import { and, eq, sql } from "drizzle-orm";
import { type Params, statement } from "../../db/statement.ts";
import { inbox } from "../../inbox/table.ts";
import { messages } from "../../messages/table.ts";
import { participantShape } from "../queries.ts";
import { participants } from "../table.ts";

const t = participants;

type Key = { accountSid: string; sid: string };

const entry = {
  conversationSid: inbox.conversationSid,
  participantSid: inbox.participantSid,
  lastReadMessageIndex: inbox.lastReadMessageIndex,
  newestMessageIndex: inbox.newestMessageIndex,
  unreadCount: inbox.unreadCount,
  dateActivity: inbox.dateActivity,
};

const locked = { participant: participantShape, entry };

/**
 * The participant's row and then its inbox row, locked; after the conversation's, where that is locked too. From then
 * on no message changes what is unread, and a later statement sees each that has.
 */
export const lockParticipant = statement("lockParticipant", locked, (q, p: Params<Key>) =>
  q
    .select(locked)
    .from(t)
    .innerJoin(
      inbox,
      and(
        eq(inbox.accountSid, p.accountSid),
        eq(inbox.conversationSid, t.conversationSid),
        eq(inbox.participantSid, t.sid),
      ),
    )
    .where(and(eq(t.accountSid, p.accountSid), eq(t.sid, p.sid)))
    .for("no key update"),
);

const READING = ["lastReadMessageIndex", "lastReadTimestamp", "notificationLevel", "dateUpdated"] as const;

/** Touches no column that an index or a concurrent update of the participant's conversation depends on. */
export const updateReading = statement(
  "updateReading",
  participantShape,
  (q, p: Params<Key & Required<Pick<typeof t.$inferInsert, (typeof READING)[number]>>>) =>
    q
      .update(t)
      .set(Object.fromEntries(READING.map((key) => [key, sql`${p[key]}`])))
      .where(and(eq(t.accountSid, p.accountSid), eq(t.sid, p.sid)))
      .returning(participantShape),
);

type Moved = {
  accountSid: string;
  conversationSid: string;
  participantSid: string;
  muted: boolean;
  lastReadMessageIndex: number | null;
  base: number | null;
  sign: number;
  above: number;
  upTo: number;
};

/**
 * Counts a range of messages_index_uq alone, and none where `above` is `upTo`. Of 1,000,000 messages all unread it takes
 * 0.3 s, during which the conversation's next message waits; moving on by a few is as quick there as anywhere.
 */
export const updateReadingInInbox = statement("updateReadingInInbox", entry, (q, p: Params<Moved>) => {
  const between = q
    .select({ count: sql`count(*)::int` })
    .from(messages)
    .where(
      and(
        eq(messages.accountSid, p.accountSid),
        eq(messages.conversationSid, p.conversationSid),
        sql`${messages.index} > ${p.above}`,
        sql`${messages.index} <= ${p.upTo}`,
      ),
    );
  return q
    .update(inbox)
    .set({
      muted: sql`${p.muted}`,
      lastReadMessageIndex: sql`${p.lastReadMessageIndex}`,
      unreadCount: sql`${p.base}::int + ${p.sign}::int * (${between})`,
    })
    .where(
      and(
        eq(inbox.accountSid, p.accountSid),
        eq(inbox.conversationSid, p.conversationSid),
        eq(inbox.participantSid, p.participantSid),
      ),
    )
    .returning(entry);
});
