import { and, eq, gt, isNull, lt, lte, ne, or, type SQL, sql, type Table } from "drizzle-orm";
import { conversations } from "../../conversations/table.ts";
import { NO_ATTRIBUTES } from "../../core/attributes.ts";
import type { Instant } from "../../core/instant.ts";
import { insertFrom, written } from "../../db/rows.ts";
import { type Builder, type Params, statement } from "../../db/statement.ts";
import { inbox } from "../../inbox/table.ts";
import { givenOrDefault } from "../../services/queries.ts";
import { services } from "../../services/table.ts";
import { users } from "../../users/table.ts";
import { participants } from "../table.ts";
import { NON_CHAT_LIMIT, PARTICIPANT_LIMIT } from "./model.ts";

const c = conversations;
const t = participants;

interface Comer {
  readonly accountSid: string;
  readonly serviceSid: string | null;
  /** SID or unique name, as the statement has it. */
  readonly conversation: string;
  readonly now: Instant;
  /** When the statement is sent. */
  readonly moment: Instant;
  readonly sid: string;
  readonly projectedAddress: string | null;
  readonly channel: string | null;
  readonly roleSid: string | null;
  readonly attributes: string;
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

interface Chatting extends Comer {
  readonly identity: string;
  /** Of the user, where the identity has none. */
  readonly newUserSid: string;
}

interface Messaging extends Comer {
  readonly address: string | null;
  readonly proxyAddress: string | null;
  /** Whether the service's default role is for it, where none is given. */
  readonly hasRole: boolean;
}

type Key = typeof c.sid | typeof c.uniqueName;

/**
 * Locks the conversation and counts who comes, unless anything speaks against it: no such service or conversation, none
 * that is open, nobody let in any more. A time that might come while the lock is waited for speaks against it, too.
 */
const enter = (q: Builder, p: Params<Comer>, key: Key, nonChat: 0 | 1) =>
  q
    .update(c)
    .set({
      participantCount: sql`${c.participantCount} + 1`,
      ...(nonChat === 1 && { nonChatCount: sql`${c.nonChatCount} + 1` }),
      channels: sql`case when ${p.channel}::text is null or ${p.channel}::text = any(${c.channels}) then ${c.channels} else ${c.channels} || ${p.channel}::text end`,
    })
    .from(services)
    .where(
      and(
        eq(services.accountSid, p.accountSid),
        eq(services.sid, givenOrDefault(p)),
        eq(c.accountSid, p.accountSid),
        eq(c.chatServiceSid, services.sid),
        eq(key, p.conversation),
        ne(c.state, sql`'closed'`),
        or(isNull(c.dateClosed), gt(c.dateClosed, sql`${p.moment}::timestamptz + interval '1 minute'`)),
        lt(c.participantCount, sql.raw(`${PARTICIPANT_LIMIT}`)),
        lte(c.nonChatCount, sql.raw(`${NON_CHAT_LIMIT - nonChat}`)),
      ),
    )
    .returning({
      sid: c.sid,
      serviceSid: c.chatServiceSid,
      dateCreated: c.dateCreated,
      dateActivity: c.dateActivity,
      newestMessageIndex: c.newestMessageIndex,
      roleSid: services.defaultConversationRoleSid,
      userRoleSid: services.defaultChatServiceRoleSid,
    });

/** A value for every column, so that none that is added is forgotten here. */
type Row<T extends Table> = Record<keyof T["$inferInsert"], SQL>;

const place = (column: { readonly name: string }) => sql`"place".${sql.identifier(column.name)}`;
const text = (value: unknown) => sql`${value}::text`;
const moment = (value: unknown) => sql`${value}::timestamptz`;
const none = (type: string) => sql.raw(`null::${type}`);

/**
 * The identity's user, found or made. One that is made by someone else meanwhile is waited for, and is the one: it is
 * written as it is, in a column of no key, which waits for nobody who joins it elsewhere.
 */
const withUser = (p: Params<Chatting>) => {
  const user = {
    accountSid: text(p.accountSid),
    sid: text(p.newUserSid),
    chatServiceSid: place(c.chatServiceSid),
    identity: text(p.identity),
    friendlyName: none("text"),
    roleSid: place(services.defaultChatServiceRoleSid),
    attributes: sql.raw(`'${NO_ATTRIBUTES}'`),
    isOnline: none("boolean"),
    isNotifiable: none("boolean"),
    dateCreated: moment(p.now),
    dateUpdated: moment(p.now),
  } satisfies Row<typeof users>;
  const where = sql`from "place" where not exists (select from "known")
    on conflict ("account_sid", "identity", "chat_service_sid") do update set "attributes" = "row"."attributes"`;
  return sql`"known" as (select ${users.sid} from "place" join ${users} on ${users.accountSid} = ${p.accountSid}
      and ${users.chatServiceSid} = ${place(c.chatServiceSid)} and ${users.identity} = ${p.identity}),
    "made" as (${insertFrom(users, user, where, { sid: users.sid })}),`;
};

const joined = {
  chatServiceSid: t.chatServiceSid,
  conversationSid: t.conversationSid,
  userSid: t.userSid,
  roleSid: t.roleSid,
};

type Differing = Record<"identity" | "address" | "proxyAddress" | "userSid" | "roleSid", SQL>;

/** Both rows of the participant. */
const join = (p: Params<Comer>, own: Differing, nonChat: 0 | 1) => {
  const participant = {
    ...own,
    accountSid: text(p.accountSid),
    sid: text(p.sid),
    chatServiceSid: place(c.chatServiceSid),
    conversationSid: place(c.sid),
    lookupIdentity: own.identity,
    projectedAddress: text(p.projectedAddress),
    bindingActive: sql`true`,
    attributes: text(p.attributes),
    lastReadMessageIndex: none("integer"),
    lastReadTimestamp: none("timestamptz"),
    notificationLevel: sql`'default'`,
    conversationDateCreated: place(c.dateCreated),
    dateCreated: moment(p.dateCreated),
    dateUpdated: moment(p.dateUpdated),
  } satisfies Row<typeof t>;
  const listed = {
    accountSid: text(p.accountSid),
    conversationSid: place(c.sid),
    participantSid: text(p.sid),
    chatServiceSid: place(c.chatServiceSid),
    userSid: sql`"joined"."user_sid"`,
    address: own.address,
    foundByIdentity: sql.raw(`${nonChat === 0}`),
    muted: sql`false`,
    lastReadMessageIndex: none("integer"),
    newestMessageIndex: place(c.newestMessageIndex),
    unreadCount: none("integer"),
    dateActivity: place(c.dateActivity),
  } satisfies Row<typeof inbox>;
  return sql`"joined" as (${insertFrom(t, participant, sql`from "place"`, joined)}),
    "listed" as (${insertFrom(inbox, listed, sql`from "place", "joined"`, { sid: inbox.participantSid })})`;
};

/**
 * All of joining. Each part reads what the one before it returns, and so runs after it, on a coordinator of shards too;
 * where the first returns nothing, nothing is done and nothing comes back. Whoever waits for the lock still sees the
 * users and roles of before it: one that was deleted meanwhile breaks a foreign key, one that was made an index.
 */
const inOne = (entered: SQL, before: SQL, rows: SQL) =>
  written(sql`with "place" as (${entered}), ${before} ${rows}
    select "chat_service_sid", "conversation_sid", "user_sid", "role_sid" from "joined"`);

const joinBy = (key: Key) => ({
  chatting: statement("joinConversation", joined, (q, p: Params<Chatting>) => {
    const own = {
      identity: text(p.identity),
      address: none("text"),
      proxyAddress: none("text"),
      userSid: sql`coalesce((select "sid" from "known"), (select "sid" from "made"))`,
      roleSid: sql`coalesce(${p.roleSid}::text, ${place(services.defaultConversationRoleSid)})`,
    };
    return inOne(enter(q, p, key, 0).getSQL(), withUser(p), join(p, own, 0));
  }),
  messaging: statement("joinConversation", joined, (q, p: Params<Messaging>) => {
    const own = {
      identity: none("text"),
      address: text(p.address),
      proxyAddress: text(p.proxyAddress),
      userSid: none("text"),
      roleSid: sql`coalesce(${p.roleSid}::text, case when ${p.hasRole}::boolean then ${place(services.defaultConversationRoleSid)} end)`,
    };
    return inOne(enter(q, p, key, 1).getSQL(), sql``, join(p, own, 1));
  }),
});

export const joinBySid = joinBy(c.sid);
export const joinByUniqueName = joinBy(c.uniqueName);
