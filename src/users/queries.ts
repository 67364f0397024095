import { and, eq, sql } from "drizzle-orm";
import { accounts } from "../accounts/table.ts";
import { conversations } from "../conversations/table.ts";
import { childrenStatement, isAmong, isChildBySid } from "../db/keyset.ts";
import { insertRows } from "../db/rows.ts";
import { type Params, statement, statements, wholeRow } from "../db/statement.ts";
import { participants } from "../participants/table.ts";
import type { LightUser, User } from "./model.ts";
import { users } from "./table.ts";

const t = users;

const light = {
  sid: t.sid,
  identity: t.identity,
  friendlyName: t.friendlyName,
} satisfies Record<keyof LightUser, unknown>;

/** A User. */
export const userShape = {
  ...light,
  accountSid: t.accountSid,
  chatServiceSid: t.chatServiceSid,
  roleSid: t.roleSid,
  attributes: t.attributes,
  isOnline: t.isOnline,
  isNotifiable: t.isNotifiable,
  dateCreated: t.dateCreated,
  dateUpdated: t.dateUpdated,
} satisfies Record<keyof User, unknown>;

const userSets = { light, full: userShape };

type Account = { accountSid: string };
type InService = Account & { serviceSid: string };

export const usersBySid = statements(
  "usersBySid",
  userSets,
  (q, p: Params<Account & { sids: readonly string[] }>, shape) =>
    q
      .select(shape)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), isAmong(t.sid, p.sids))),
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
          isAmong(t.identity, p.identities),
        ),
      ),
);

/** Of the account's default service: it and the users in one statement, for paths that name no service. */
const ofDefaultService = (name: string, column: typeof t.sid | typeof t.identity) =>
  statement(name, userShape, (q, p: Params<Lists>) =>
    q
      .select(userShape)
      .from(accounts)
      .innerJoin(
        t,
        and(
          eq(t.accountSid, p.accountSid),
          eq(t.chatServiceSid, accounts.defaultServiceSid),
          isAmong(column, p.keys),
        ),
      )
      .where(eq(accounts.accountSid, p.accountSid)),
  );

export const defaultUsersBySid = ofDefaultService("defaultUsersBySid", t.sid);
export const defaultUsersByIdentity = ofDefaultService("defaultUsersByIdentity", t.identity);

type Lists = Account & { keys: readonly string[] };

/** By SID: a range of users_by_service for each service. */
export const usersOfServices = childrenStatement(
  "usersOfServices",
  { light: { ...light, chatServiceSid: t.chatServiceSid }, full: userShape },
  t,
  [t.chatServiceSid, t.sid],
  "asc",
  (p: Params<Lists>) => and(eq(t.accountSid, p.accountSid), isChildBySid(t.chatServiceSid, t.sid)),
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
export const insertUsersIfNew = insertRows("insertUsersIfNew", userShape, {
  table: t,
  each: ["sid", "identity"],
  unless: [t.accountSid, t.chatServiceSid, t.identity],
});

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

/**
 * Conversations that the user is in, locked in the order of their SIDs: a range of participants_by_user, and each by its
 * key. Of one that goes meanwhile the SID is returned all the same, so that fewer than `limit` are all.
 */
export const lockConversationsOfUser = statement(
  "lockConversationsOfUser",
  conversation,
  (q, p: Params<Places & { limit: number }>) => {
    const page = q
      .select(place)
      .from(participants)
      .where(and(eq(participants.accountSid, p.accountSid), eq(participants.userSid, p.userSid)))
      .orderBy(participants.conversationSid)
      .limit(p.limit)
      .as("page");
    const locked = q
      .select(conversation)
      .from(conversations)
      .where(and(eq(conversations.accountSid, p.accountSid), eq(conversations.sid, page.conversationSid)))
      .limit(1)
      .for("no key update")
      .as("locked");
    return q
      .select({ sid: sql`coalesce(${locked.sid}, ${page.conversationSid})` })
      .from(page)
      .leftJoinLateral(locked, sql`true`)
      .orderBy(page.conversationSid);
  },
);

const left = { ...place, projectedAddress: participants.projectedAddress };

/** Statements of their own, after the locks: they must not see a participant that was removed meanwhile. */
export const deleteParticipantsOfUser = statement(
  "deleteParticipantsOfUser",
  left,
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
      .returning(left),
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

/** Who has a number is reached over SMS; what others are reached by begins with a name. */
const numbered = sql`coalesce(${participants.address}, ${participants.projectedAddress}) like '+%'`;

/**
 * Where the user had a number of a group MMS, and nobody else has one. Asked of each conversation by itself: an
 * anti-join may read all participants of the account.
 */
export const leaveSms = statement(
  "leaveSms",
  conversation,
  (q, p: Params<Account & { sids: readonly string[] }>) => {
    const other = q
      .select({ one: sql`1` })
      .from(participants)
      .where(
        and(
          eq(participants.accountSid, p.accountSid),
          eq(participants.conversationSid, conversations.sid),
          numbered,
        ),
      )
      .limit(1);
    return q
      .update(conversations)
      .set({ channels: sql`array_remove(${conversations.channels}, 'sms')` })
      .where(
        and(
          eq(conversations.accountSid, p.accountSid),
          sql`${conversations.sid} = any(${p.sids}::text[])`,
          sql`(${other}) is null`,
        ),
      )
      .returning(conversation);
  },
);

export const deleteUserRow = statement("deleteUser", userShape, (q, p: Params<Key>) =>
  q.delete(t).where(one(p)).returning(userShape),
);
