import { and, eq, sql } from "drizzle-orm";
import { conversations } from "../conversations/table.ts";
import { childrenStatement, parentKey } from "../db/keyset.ts";
import { type Params, statement, wholeRow } from "../db/statement.ts";
import { participants } from "../participants/table.ts";
import { users } from "./table.ts";

const t = users;

export const userShape = {
  accountSid: t.accountSid,
  chatServiceSid: t.chatServiceSid,
  sid: t.sid,
  identity: t.identity,
  friendlyName: t.friendlyName,
  roleSid: t.roleSid,
  attributes: t.attributes,
  isOnline: t.isOnline,
  isNotifiable: t.isNotifiable,
  dateCreated: t.dateCreated,
  dateUpdated: t.dateUpdated,
};

type Account = { accountSid: string };
type InService = Account & { serviceSid: string };

export const usersBySid = statement(
  "usersBySid",
  userShape,
  (q, p: Params<Account & { sids: readonly string[] }>) =>
    q
      .select(userShape)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), sql`${t.sid} = any(${p.sids}::text[])`)),
);

export const usersByIdentity = statement(
  "usersByIdentity",
  userShape,
  (q, p: Params<InService & { identities: readonly string[] }>) =>
    q
      .select(userShape)
      .from(t)
      .where(
        and(
          eq(t.accountSid, p.accountSid),
          eq(t.chatServiceSid, p.serviceSid),
          sql`${t.identity} = any(${p.identities}::text[])`,
        ),
      ),
);

type Lists = Account & { keys: readonly string[] };

/** User SIDs lie between these. */
const [BELOW, ABOVE] = [sql`''`, sql`'V'`];

/**
 * By SID: a range of users_by_service for each service. Written as a range of (service, SID), which no other index can
 * serve: with an equality, a planner that takes services for few and large walks all users of the account by SID.
 */
export const usersOfServices = childrenStatement(
  "usersOfServices",
  userShape,
  t,
  [t.chatServiceSid, t.sid],
  "asc",
  (p: Params<Lists>) => {
    const place = sql`(${t.chatServiceSid}, ${t.sid})`;
    const within = sql`${place} > (${parentKey}, ${BELOW}) and ${place} < (${parentKey}, ${ABOVE})`;
    return and(eq(t.accountSid, p.accountSid), within);
  },
);

const counted = { parent: t.chatServiceSid, count: sql<number>`count(*)::int`.as("count") };

export const countUsers = statement("countUsers", counted, (q, p: Params<Lists>) =>
  q
    .select(counted)
    .from(t)
    .where(and(eq(t.accountSid, p.accountSid), sql`${t.chatServiceSid} = any(${p.keys}::text[])`))
    .groupBy(t.chatServiceSid),
);

export const insertUser = statement("insertUser", userShape, (q, _: Params<typeof t.$inferInsert>) =>
  q.insert(t).values(wholeRow(t)).returning(userShape),
);

/** No row where the identity has a user already. */
export const insertUserIfNew = statement(
  "insertUserIfNew",
  userShape,
  (q, _: Params<typeof t.$inferInsert>) =>
    q
      .insert(t)
      .values(wholeRow(t))
      .onConflictDoNothing({ target: [t.accountSid, t.chatServiceSid, t.identity] })
      .returning(userShape),
);

type Key = InService & { sid: string };

const one = (p: Params<Key>) =>
  and(eq(t.accountSid, p.accountSid), eq(t.chatServiceSid, p.serviceSid), eq(t.sid, p.sid));

export const lockUser = statement("lockUser", userShape, (q, p: Params<Key>) =>
  q.select(userShape).from(t).where(one(p)).for("no key update"),
);

/** Keeps everyone from joining under the identity until the user is gone. */
export const lockUserToDelete = statement("lockUserToDelete", userShape, (q, p: Params<Key>) =>
  q.select(userShape).from(t).where(one(p)).for("update"),
);

type Changed = Pick<typeof t.$inferInsert, "friendlyName" | "roleSid" | "attributes" | "dateUpdated">;

export const updateUserRow = statement("updateUser", userShape, (q, p: Params<Key & Changed>) =>
  q
    .update(t)
    .set({
      friendlyName: sql`${p.friendlyName}`,
      roleSid: sql`${p.roleSid}`,
      attributes: sql`${p.attributes}`,
      dateUpdated: sql`${p.dateUpdated}`,
    })
    .where(one(p))
    .returning(userShape),
);

const place = { conversationSid: participants.conversationSid };
const conversation = { sid: conversations.sid };

type Places = Account & { userSid: string };

/** Conversations that the user is in, locked in the order of their SIDs. */
export const lockConversationsOfUser = statement(
  "lockConversationsOfUser",
  conversation,
  (q, p: Params<Places & { limit: number }>) => {
    const takenPartIn = q
      .select(place)
      .from(participants)
      .where(and(eq(participants.accountSid, p.accountSid), eq(participants.userSid, p.userSid)));
    return q
      .select(conversation)
      .from(conversations)
      .where(and(eq(conversations.accountSid, p.accountSid), sql`${conversations.sid} in ${takenPartIn}`))
      .orderBy(conversations.sid)
      .limit(p.limit)
      .for("no key update");
  },
);

/** Statements of their own, after the locks: they must not see a participant that was removed meanwhile. */
export const deleteParticipantsOfUser = statement(
  "deleteParticipantsOfUser",
  place,
  (q, p: Params<Places & { sids: readonly string[] }>) =>
    q
      .delete(participants)
      .where(
        and(
          eq(participants.accountSid, p.accountSid),
          eq(participants.userSid, p.userSid),
          sql`${participants.conversationSid} = any(${p.sids}::text[])`,
        ),
      )
      .returning(place),
);

export const countOneLess = statement(
  "countOneLess",
  conversation,
  (q, p: Params<Account & { sids: readonly string[] }>) =>
    q
      .update(conversations)
      .set({ participantCount: sql`${conversations.participantCount} - 1` })
      .where(
        and(eq(conversations.accountSid, p.accountSid), sql`${conversations.sid} = any(${p.sids}::text[])`),
      )
      .returning(conversation),
);

export const deleteUserRow = statement("deleteUser", userShape, (q, p: Params<Key>) =>
  q.delete(t).where(one(p)).returning(userShape),
);
