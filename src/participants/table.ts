import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { conversations } from "../conversations/table.ts";
import { bytes, instant, sid } from "../db/columns.ts";
import { roles } from "../roles/table.ts";
import { users } from "../users/table.ts";
import type { NotificationLevel } from "./model.ts";

export const participants = pgTable(
  "participants",
  {
    accountSid: sid("account_sid").notNull(),
    sid: sid("sid").notNull(),
    chatServiceSid: sid("chat_service_sid").notNull(),
    conversationSid: sid("conversation_sid").notNull(),
    identity: bytes("identity"),
    // The identity at the moment of joining: what ParticipantConversations looks up (decision 38).
    lookupIdentity: bytes("lookup_identity"),
    userSid: sid("user_sid"),
    address: bytes("address"),
    proxyAddress: bytes("proxy_address"),
    projectedAddress: bytes("projected_address"),
    // False once the conversation is closed: only open conversations hold their (address, proxy address).
    bindingActive: boolean("binding_active").notNull(),
    roleSid: sid("role_sid"),
    attributes: text("attributes").notNull(),
    lastReadMessageIndex: integer("last_read_message_index"),
    lastReadTimestamp: instant("last_read_timestamp"),
    notificationLevel: text("notification_level").$type<NotificationLevel>().notNull(),
    // Copied from the conversation, which pages by it are of.
    conversationDateCreated: instant("conversation_date_created").notNull(),
    dateCreated: instant("date_created").notNull(),
    dateUpdated: instant("date_updated").notNull(),
  },
  (t) => [
    primaryKey({ name: "participants_pk", columns: [t.accountSid, t.sid] }),
    // One identity once in a conversation; in this order it also pages a user's conversations.
    uniqueIndex("participants_identity_uq")
      .on(t.accountSid, t.chatServiceSid, t.identity, t.conversationSid)
      .where(sql`${t.identity} is not null`),
    // Over the account, not the service (decision 12).
    uniqueIndex("participants_binding_uq")
      .on(t.accountSid, t.address, t.proxyAddress)
      .where(sql`${t.proxyAddress} is not null and ${t.bindingActive}`),
    uniqueIndex("participants_native_uq")
      .on(t.accountSid, t.conversationSid, t.address)
      .where(sql`${t.address} is not null and ${t.proxyAddress} is null`),
    uniqueIndex("participants_projected_uq")
      .on(t.accountSid, t.conversationSid, t.projectedAddress)
      .where(sql`${t.projectedAddress} is not null`),
    unique("participants_conversation_uq").on(t.accountSid, t.conversationSid, t.sid),
    index("participants_by_lookup_identity")
      .on(t.accountSid, t.chatServiceSid, t.lookupIdentity, t.conversationSid, t.sid)
      .where(sql`${t.lookupIdentity} is not null`),
    index("participants_by_address")
      .on(t.accountSid, t.chatServiceSid, t.address, t.conversationSid, t.sid)
      .where(sql`${t.address} is not null`),
    index("participants_by_address_creation")
      .on(t.accountSid, t.chatServiceSid, t.address, t.conversationDateCreated, t.conversationSid, t.sid)
      .where(sql`${t.address} is not null`),
    // For the cascade from a user, and for User.participations.
    index("participants_by_user")
      .on(t.accountSid, t.userSid, t.conversationSid)
      .where(sql`${t.userSid} is not null`),
    index("participants_by_user_creation")
      .on(t.accountSid, t.userSid, t.conversationDateCreated, t.conversationSid)
      .where(sql`${t.userSid} is not null`),
    index("participants_by_role").on(t.accountSid, t.roleSid).where(sql`${t.roleSid} is not null`),
    check(
      "participants_who_ck",
      sql`${t.identity} is not null or ${t.address} is not null or ${t.projectedAddress} is not null`,
    ),
    check("participants_user_ck", sql`(${t.identity} is null) = (${t.userSid} is null)`),
    check("participants_level_ck", sql`${t.notificationLevel} in ('default', 'muted')`),
    foreignKey({
      name: "participants_conversation_fk",
      columns: [t.accountSid, t.conversationSid],
      foreignColumns: [conversations.accountSid, conversations.sid],
    }).onDelete("cascade"),
    foreignKey({
      name: "participants_role_fk",
      columns: [t.accountSid, t.roleSid],
      foreignColumns: [roles.accountSid, roles.sid],
    }),
    foreignKey({
      name: "participants_user_fk",
      columns: [t.accountSid, t.userSid],
      foreignColumns: [users.accountSid, users.sid],
    }).onDelete("cascade"),
  ],
);
