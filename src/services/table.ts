import { boolean, foreignKey, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { accounts } from "../accounts/table.ts";
import { instant, sid } from "../db/columns.ts";

export const services = pgTable(
  "services",
  {
    accountSid: sid("account_sid").notNull(),
    sid: sid("sid").notNull(),
    friendlyName: text("friendly_name").notNull(),
    defaultConversationRoleSid: sid("default_conversation_role_sid").notNull(),
    defaultConversationCreatorRoleSid: sid("default_conversation_creator_role_sid").notNull(),
    defaultChatServiceRoleSid: sid("default_chat_service_role_sid").notNull(),
    reachabilityEnabled: boolean("reachability_enabled").notNull(),
    dateCreated: instant("date_created").notNull(),
    dateUpdated: instant("date_updated").notNull(),
  },
  (t) => [
    primaryKey({ name: "services_pk", columns: [t.accountSid, t.sid] }),
    foreignKey({
      name: "services_account_fk",
      columns: [t.accountSid],
      foreignColumns: [accounts.accountSid],
    }).onDelete("cascade"),
  ],
);
