import { and, eq, sql } from "drizzle-orm";
import { type Params, statement, wholeRow } from "../db/statement.ts";
import { roles } from "./table.ts";

const t = roles;

export const roleShape = {
  accountSid: t.accountSid,
  chatServiceSid: t.chatServiceSid,
  sid: t.sid,
  friendlyName: t.friendlyName,
  type: t.type,
  permissions: t.permissions,
  dateCreated: t.dateCreated,
  dateUpdated: t.dateUpdated,
};

export const rolesBySid = statement(
  "rolesBySid",
  roleShape,
  (q, p: Params<{ accountSid: string; sids: readonly string[] }>) =>
    q
      .select(roleShape)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), sql`${t.sid} = any(${p.sids}::text[])`)),
);

export const insertRole = statement("insertRole", roleShape, (q, _: Params<typeof t.$inferInsert>) =>
  q.insert(t).values(wholeRow(t)).returning(roleShape),
);
