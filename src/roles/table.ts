import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, sid } from "../db/columns.ts";
import { services } from "../services/table.ts";
import type { RoleType } from "./model.ts";

export const roles = pgTable(
  "roles",
  {
    accountSid: sid("account_sid").notNull(),
    sid: sid("sid").notNull(),
    chatServiceSid: sid("chat_service_sid").notNull(),
    friendlyName: text("friendly_name").notNull(),
    type: text("type").$type<RoleType>().notNull(),
    permissions: text("permissions").array().notNull(),
    dateCreated: instant("date_created").notNull(),
    dateUpdated: instant("date_updated").notNull(),
  },
  (t) => [
    primaryKey({ name: "roles_pk", columns: [t.accountSid, t.sid] }),
    index("roles_by_service").on(t.accountSid, t.chatServiceSid, t.sid),
    check("roles_type_ck", sql`${t.type} in ('conversation', 'service')`),
    foreignKey({
      name: "roles_service_fk",
      columns: [t.accountSid, t.chatServiceSid],
      foreignColumns: [services.accountSid, services.sid],
    }).onDelete("cascade"),
  ],
);
