import { boolean, foreignKey, index, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { bytes, instant, sid } from "../db/columns.ts";
import { roles } from "../roles/table.ts";
import { services } from "../services/table.ts";

export const users = pgTable(
  "users",
  {
    accountSid: sid("account_sid").notNull(),
    sid: sid("sid").notNull(),
    chatServiceSid: sid("chat_service_sid").notNull(),
    identity: bytes("identity").notNull(),
    friendlyName: text("friendly_name"),
    roleSid: sid("role_sid").notNull(),
    attributes: text("attributes").notNull(),
    isOnline: boolean("is_online"),
    isNotifiable: boolean("is_notifiable"),
    dateCreated: instant("date_created").notNull(),
    dateUpdated: instant("date_updated").notNull(),
  },
  (t) => [
    primaryKey({ name: "users_pk", columns: [t.accountSid, t.sid] }),
    // The service last: else a planner takes it for a way to page through the users of a service, and sorts them all.
    unique("users_identity_uq").on(t.accountSid, t.identity, t.chatServiceSid),
    index("users_by_service").on(t.accountSid, t.chatServiceSid, t.sid),
    index("users_by_role").on(t.accountSid, t.roleSid),
    foreignKey({
      name: "users_role_fk",
      columns: [t.accountSid, t.roleSid],
      foreignColumns: [roles.accountSid, roles.sid],
    }),
    foreignKey({
      name: "users_service_fk",
      columns: [t.accountSid, t.chatServiceSid],
      foreignColumns: [services.accountSid, services.sid],
    }).onDelete("cascade"),
  ],
);
