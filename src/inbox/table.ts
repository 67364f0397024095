import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { bytes, instant, sid } from "../db/columns.ts";
import { participants } from "../participants/table.ts";

/**
 * One row for each participant: what a message changes for it, and what pages by activity are read by. A table of its
 * own because a message rewrites these rows for everyone in the conversation: here that is one heap row and two index
 * entries each, among the indexes of participants it would be a dozen. All of it follows from the participant, its
 * conversation and the messages, and is written in the transaction that changes those.
 */
export const inbox = pgTable(
  "inbox",
  {
    accountSid: sid("account_sid").notNull(),
    conversationSid: sid("conversation_sid").notNull(),
    participantSid: sid("participant_sid").notNull(),
    chatServiceSid: sid("chat_service_sid").notNull(),
    userSid: sid("user_sid"),
    address: bytes("address"),
    // False where the identity came later than the participant, who is not found by it (decision 38).
    foundByIdentity: boolean("found_by_identity").notNull(),
    muted: boolean("muted").notNull(),
    lastReadMessageIndex: integer("last_read_message_index"),
    // Of the newest message that is left.
    newestMessageIndex: integer("newest_message_index"),
    // Messages above the read horizon; null while there is none (decision 16).
    unreadCount: integer("unread_count"),
    dateActivity: instant("date_activity").notNull(),
  },
  (t) => [
    primaryKey({
      name: "inbox_pk",
      columns: [t.accountSid, t.conversationSid, t.participantSid],
    }),
    // Ends with what is counted, so that totals read nothing else.
    index("inbox_by_user")
      .on(t.accountSid, t.userSid, t.dateActivity, t.conversationSid, t.unreadCount)
      .where(sql`${t.userSid} is not null`),
    index("inbox_by_address")
      .on(t.accountSid, t.chatServiceSid, t.address, t.dateActivity, t.conversationSid, t.participantSid)
      .where(sql`${t.address} is not null`),
    foreignKey({
      name: "inbox_participant_fk",
      columns: [t.accountSid, t.conversationSid, t.participantSid],
      foreignColumns: [participants.accountSid, participants.conversationSid, participants.sid],
    }).onDelete("cascade"),
  ],
);
