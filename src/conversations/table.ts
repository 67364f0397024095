import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { bytes, instant, sid } from "../db/columns.ts";
import { services } from "../services/table.ts";
import type { ConversationState } from "./model.ts";

type Timed = Record<"state" | "dateInactive" | "dateClosed", AnyPgColumn>;
const mayTurnInactive = (t: Timed) => sql`${t.state} = 'active' and ${t.dateInactive} is not null`;
const mayClose = (t: Timed) => sql`${t.state} <> 'closed' and ${t.dateClosed} is not null`;

/** `state`, `date_inactive` and `date_closed` are as last written; `queries.ts` derives what they mean at a moment. */
export const conversations = pgTable(
  "conversations",
  {
    accountSid: sid("account_sid").notNull(),
    sid: sid("sid").notNull(),
    chatServiceSid: sid("chat_service_sid").notNull(),
    messagingServiceSid: sid("messaging_service_sid"),
    friendlyName: text("friendly_name"),
    uniqueName: bytes("unique_name"),
    attributes: text("attributes").notNull(),
    state: text("state").$type<ConversationState>().notNull(),
    // Seconds; 0 for none. Both timers count from timers_since.
    timerInactive: integer("timer_inactive").notNull(),
    timerClosed: integer("timer_closed").notNull(),
    dateInactive: instant("date_inactive"),
    dateClosed: instant("date_closed"),
    emailAddress: text("email_address"),
    emailName: text("email_name"),
    createdBy: text("created_by").notNull(),
    participantCount: integer("participant_count").notNull(),
    nonChatCount: integer("non_chat_count").notNull(),
    // Channels, other than chat, over which its participants are reached.
    channels: text("channels").array().notNull(),
    // The greatest index ever given to a message, -1 before the first; and what the newest message that is left has.
    lastMessageIndex: integer("last_message_index").notNull(),
    newestMessageIndex: integer("newest_message_index"),
    newestMessageDate: instant("newest_message_date"),
    dateActivity: instant("date_activity").notNull(),
    dateCreated: instant("date_created").notNull(),
    dateUpdated: instant("date_updated").notNull(),
  },
  (t) => [
    primaryKey({ name: "conversations_pk", columns: [t.accountSid, t.sid] }),
    uniqueIndex("conversations_unique_name_uq")
      .on(t.accountSid, t.chatServiceSid, t.uniqueName)
      .where(sql`${t.uniqueName} is not null`),
    index("conversations_by_activity").on(t.accountSid, t.chatServiceSid, t.dateActivity, t.sid),
    index("conversations_by_creation").on(t.accountSid, t.chatServiceSid, t.dateCreated, t.sid),
    index("conversations_by_state_activity").on(
      t.accountSid,
      t.chatServiceSid,
      t.state,
      t.dateActivity,
      t.sid,
    ),
    index("conversations_by_state_creation").on(
      t.accountSid,
      t.chatServiceSid,
      t.state,
      t.dateCreated,
      t.sid,
    ),
    // Whose timers have run out: by date for the sweep, which looks through all accounts, and by account for reading.
    index("conversations_due_inactive").on(t.dateInactive).where(mayTurnInactive(t)),
    index("conversations_due_closed").on(t.dateClosed).where(mayClose(t)),
    index("conversations_due_inactive_by_account").on(t.accountSid, t.dateInactive).where(mayTurnInactive(t)),
    index("conversations_due_closed_by_account").on(t.accountSid, t.dateClosed).where(mayClose(t)),
    check("conversations_state_ck", sql`${t.state} in ('active', 'inactive', 'closed')`),
    foreignKey({
      name: "conversations_service_fk",
      columns: [t.accountSid, t.chatServiceSid],
      foreignColumns: [services.accountSid, services.sid],
    }).onDelete("cascade"),
  ],
);
