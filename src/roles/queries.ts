import { and, eq, gte, lte, sql } from "drizzle-orm";
import { childrenStatement, isAmong, isChildBySid } from "../db/keyset.ts";
import { type Params, statement, wholeRow } from "../db/statement.ts";
import { participants } from "../participants/table.ts";
import { users } from "../users/table.ts";
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

type Account = { accountSid: string };

export const rolesBySid = statement(
  "rolesBySid",
  roleShape,
  (q, p: Params<Account & { sids: readonly string[] }>) =>
    q
      .select(roleShape)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), isAmong(t.sid, p.sids))),
);

type Lists = Account & { keys: readonly string[] };

/** By SID: a range of roles_by_service for each service. */
export const rolesOfServices = childrenStatement(
  "rolesOfServices",
  { light: roleShape, full: roleShape },
  t,
  [t.chatServiceSid, t.sid],
  "asc",
  (p: Params<Lists>) => and(eq(t.accountSid, p.accountSid), isChildBySid(t.chatServiceSid, t.sid)),
);

const counted = { parent: t.chatServiceSid, count: sql<number>`count(*)::int`.as("count") };

export const countRoles = statement("countRoles", counted, (q, p: Params<Lists>) =>
  q
    .select(counted)
    .from(t)
    .where(and(eq(t.accountSid, p.accountSid), sql`${t.chatServiceSid} = any(${p.keys}::text[])`))
    .groupBy(t.chatServiceSid),
);

export const insertRole = statement("insertRole", roleShape, (q, _: Params<typeof t.$inferInsert>) =>
  q.insert(t).values(wholeRow(t)).returning(roleShape),
);

type Key = Account & { serviceSid: string; sid: string };

const one = (p: Params<Key>) =>
  and(eq(t.accountSid, p.accountSid), eq(t.chatServiceSid, p.serviceSid), eq(t.sid, p.sid));

export const updatePermissions = statement(
  "updatePermissions",
  roleShape,
  (q, p: Params<Key & { permissions: readonly string[]; dateUpdated: string }>) =>
    q
      .update(t)
      .set({ permissions: sql`${p.permissions}`, dateUpdated: sql`${p.dateUpdated}` })
      .where(one(p))
      .returning(roleShape),
);

/** Keeps everyone from being given the role, and waits for those who are being given it. */
export const lockRoleToDelete = statement("lockRoleToDelete", roleShape, (q, p: Params<Key>) =>
  q.select(roleShape).from(t).where(one(p)).for("update"),
);

export const deleteRoleRow = statement("deleteRole", roleShape, (q, p: Params<Key>) =>
  q.delete(t).where(one(p)).returning(roleShape),
);

/**
 * Someone who has the role: the first of a range of users_by_role, or of participants_by_role. Written as a range in
 * order, which only that index can serve: with an equality, a planner that knows most to have one of few roles hopes to
 * meet someone soon on a walk through all, and where nobody has the role it reads them to the end (112 ms of 300,000
 * users, against 0.05 ms).
 */
const holderIn = (name: string, table: typeof users | typeof participants) => {
  const holder = { sid: table.sid };
  return statement(name, holder, (q, p: Params<Account & { roleSid: string }>) =>
    q
      .select(holder)
      .from(table)
      .where(
        and(eq(table.accountSid, p.accountSid), gte(table.roleSid, p.roleSid), lte(table.roleSid, p.roleSid)),
      )
      .orderBy(table.roleSid)
      .limit(1),
  );
};

export const userWithRole = holderIn("userWithRole", users);
export const participantWithRole = holderIn("participantWithRole", participants);
