import { foreignKey, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { conversations } from "../conversations/table.ts";
import { instant, sid } from "../db/columns.ts";

export const messages = pgTable(
  "messages",
  {
    accountSid: sid("account_sid").notNull(),
    sid: sid("sid").notNull(),
    chatServiceSid: sid("chat_service_sid").notNull(),
    conversationSid: sid("conversation_sid").notNull(),
    index: integer("index").notNull(),
    author: text("author").notNull(),
    // The participant that the author was when the message came; no foreign key, for messages outlive participants.
    participantSid: sid("participant_sid"),
    body: text("body"),
    attributes: text("attributes").notNull(),
    dateCreated: instant("date_created").notNull(),
    dateUpdated: instant("date_updated").notNull(),
  },
  (t) => [
    primaryKey({ name: "messages_pk", columns: [t.accountSid, t.sid] }),
    unique("messages_index_uq").on(t.accountSid, t.conversationSid, t.index),
    foreignKey({
      name: "messages_conversation_fk",
      columns: [t.accountSid, t.conversationSid],
      foreignColumns: [conversations.accountSid, conversations.sid],
    }).onDelete("cascade"),
  ],
);
