import { and, eq, isNull, or, sql } from "drizzle-orm";
import { conversationShape } from "../conversations/queries.ts";
import { conversations } from "../conversations/table.ts";
import type { Instant } from "../core/instant.ts";
import { childrenStatement, isAmong, parentKey } from "../db/keyset.ts";
import { type Params, statement, statements, wholeRow } from "../db/statement.ts";
import { inbox } from "../inbox/table.ts";
import { PREFIXES } from "./address.ts";
import type { LightParticipant, Participant } from "./model.ts";
import { participants } from "./table.ts";

const t = participants;

const light = {
  conversationSid: t.conversationSid,
  sid: t.sid,
  identity: t.identity,
  userSid: t.userSid,
  address: t.address,
  proxyAddress: t.proxyAddress,
  projectedAddress: t.projectedAddress,
} satisfies Record<keyof LightParticipant, unknown>;

/** A Participant. */
export const participantShape = {
  ...light,
  accountSid: t.accountSid,
  chatServiceSid: t.chatServiceSid,
  roleSid: t.roleSid,
  attributes: t.attributes,
  lastReadMessageIndex: t.lastReadMessageIndex,
  lastReadTimestamp: t.lastReadTimestamp,
  notificationLevel: t.notificationLevel,
  dateCreated: t.dateCreated,
  dateUpdated: t.dateUpdated,
} satisfies Record<keyof Participant, unknown>;

export const participantSets = { light, full: participantShape };

export const participantsBySid = statements(
  "participantsBySid",
  participantSets,
  (q, p: Params<{ accountSid: string; sids: readonly string[] }>, shape) =>
    q
      .select(shape)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), isAmong(t.sid, p.sids))),
);

export const participantByIdentity = statement(
  "participantByIdentity",
  participantShape,
  (q, p: Params<{ accountSid: string; serviceSid: string; conversationSid: string; identity: string }>) =>
    q
      .select(participantShape)
      .from(t)
      .where(
        and(
          eq(t.accountSid, p.accountSid),
          eq(t.chatServiceSid, p.serviceSid),
          eq(t.identity, p.identity),
          eq(t.conversationSid, p.conversationSid),
        ),
      ),
);

type Children = { accountSid: string; keys: readonly string[] };

/** By SID: a range of participants_conversation_uq for each conversation. */
export const participantsOfConversations = childrenStatement(
  "participantsOfConversations",
  participantSets,
  t,
  [t.sid],
  "asc",
  (p: Params<Children>) => and(eq(t.accountSid, p.accountSid), eq(t.conversationSid, parentKey)),
);

/** By conversation SID, of which a user has each once: a range of participants_by_user for each user. */
export const participantsOfUsers = childrenStatement(
  "participantsOfUsers",
  participantSets,
  t,
  [t.conversationSid],
  "asc",
  (p: Params<Children>) => and(eq(t.accountSid, p.accountSid), eq(t.userSid, parentKey)),
);

const counted = (parent: typeof t.conversationSid | typeof t.userSid) => ({
  parent: sql<string>`${parent}`.as("parent"),
  count: sql<number>`count(*)::int`.as("count"),
});

const ofConversation = counted(t.conversationSid);
export const countParticipantsOfConversations = statement(
  "countParticipantsOfConversations",
  ofConversation,
  (q, p: Params<Children>) =>
    q
      .select(ofConversation)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), sql`${t.conversationSid} = any(${p.keys}::text[])`))
      .groupBy(t.conversationSid),
);

const ofUser = counted(t.userSid);
export const countParticipantsOfUsers = statement(
  "countParticipantsOfUsers",
  ofUser,
  (q, p: Params<Children>) =>
    q
      .select(ofUser)
      .from(t)
      .where(and(eq(t.accountSid, p.accountSid), sql`${t.userSid} = any(${p.keys}::text[])`))
      .groupBy(t.userSid),
);

const entered = { participantSid: inbox.participantSid };

/** The row that a participant has in the inbox, from the moment it joins; after the participant's own. */
export const insertInInbox = statement("insertInInbox", entered, (q, _: Params<typeof inbox.$inferInsert>) =>
  q.insert(inbox).values(wholeRow(inbox)).returning(entered),
);

type InboxKey = { accountSid: string; conversationSid: string; participantSid: string };

/** Who has got an identity since it joined is found by its user, and still not by the identity (decision 38). */
export const joinInInbox = statement("joinInInbox", entered, (q, p: Params<InboxKey & { userSid: string }>) =>
  q
    .update(inbox)
    .set({ userSid: sql`${p.userSid}` })
    .where(
      and(
        eq(inbox.accountSid, p.accountSid),
        eq(inbox.conversationSid, p.conversationSid),
        eq(inbox.participantSid, p.participantSid),
      ),
    )
    .returning(entered),
);

export const insertParticipant = statement(
  "insertParticipant",
  participantShape,
  (q, _: Params<typeof t.$inferInsert>) => q.insert(t).values(wholeRow(t)).returning(participantShape),
);

const CHANGED = [
  "identity",
  "userSid",
  "proxyAddress",
  "projectedAddress",
  "bindingActive",
  "roleSid",
  "attributes",
  "lastReadMessageIndex",
  "lastReadTimestamp",
  "notificationLevel",
  "dateCreated",
  "dateUpdated",
] as const satisfies (keyof typeof t.$inferInsert)[];

type Key = { accountSid: string; sid: string };

const one = (p: Params<Key>) => and(eq(t.accountSid, p.accountSid), eq(t.sid, p.sid));

export const updateParticipantRow = statement(
  "updateParticipant",
  participantShape,
  (q, p: Params<Key & Pick<typeof t.$inferInsert, (typeof CHANGED)[number]>>) =>
    q
      .update(t)
      .set(Object.fromEntries(CHANGED.map((key) => [key, sql`${p[key]}`])))
      .where(one(p))
      .returning(participantShape),
);

export const deleteParticipant = statement(
  "deleteParticipant",
  participantShape,
  (q, p: Params<Key & { conversationSid: string }>) =>
    q
      .delete(t)
      .where(and(one(p), eq(t.conversationSid, p.conversationSid)))
      .returning(participantShape),
);

type Pair = { accountSid: string; address: string; proxyAddress: string };

const holder = { conversationSid: t.conversationSid, sid: t.sid };

/** Who holds an (address, proxy address) now. */
export const bindingHolder = statement("bindingHolder", holder, (q, p: Params<Pair>) =>
  q
    .select(holder)
    .from(t)
    .where(
      and(
        eq(t.accountSid, p.accountSid),
        eq(t.address, p.address),
        eq(t.proxyAddress, p.proxyAddress),
        // As the partial index says it, and no parameter: only so may every plan use it.
        sql`${t.bindingActive}`,
      ),
    ),
);

/** Who has both addresses in a conversation, open or closed. */
export const participantByPair = statement(
  "participantByPair",
  participantShape,
  (q, p: Params<Pair & { serviceSid: string; conversationSid: string }>) =>
    q
      .select(participantShape)
      .from(t)
      .where(
        and(
          eq(t.accountSid, p.accountSid),
          eq(t.chatServiceSid, p.serviceSid),
          eq(t.address, p.address),
          eq(t.conversationSid, p.conversationSid),
          eq(t.proxyAddress, p.proxyAddress),
        ),
      ),
);

type Member = {
  accountSid: string;
  conversationSid: string;
  address: string | null;
  projectedAddress: string | null;
};

/** Who is in a group MMS under a native or a projected address. */
export const groupMember = statement("groupMember", participantShape, (q, p: Params<Member>) =>
  q
    .select(participantShape)
    .from(t)
    .where(
      and(
        eq(t.accountSid, p.accountSid),
        eq(t.conversationSid, p.conversationSid),
        or(and(eq(t.address, p.address), isNull(t.proxyAddress)), eq(t.projectedAddress, p.projectedAddress)),
      ),
    ),
);

const counters = {
  state: conversationShape.state,
  dateInactive: conversations.dateInactive,
  dateClosed: conversations.dateClosed,
  all: conversations.participantCount,
  nonChat: conversations.nonChatCount,
  newestMessageIndex: conversations.newestMessageIndex,
  dateActivity: conversations.dateActivity,
  dateCreated: conversations.dateCreated,
};

type Coming = { accountSid: string; serviceSid: string; conversationSid: string; now: Instant };

/** Who comes, or goes where the numbers are negative, and the channels that they bring along. */
type Change = { all: number; nonChat: number; channels: readonly string[] };

/** Locks the conversation and counts who comes or goes in one statement; the caller judges the new counts. */
export const countParticipants = statement("countParticipants", counters, (q, p: Params<Coming & Change>) =>
  q
    .update(conversations)
    .set({
      participantCount: sql`${conversations.participantCount} + ${p.all}`,
      nonChatCount: sql`${conversations.nonChatCount} + ${p.nonChat}`,
      channels: sql`case when ${conversations.channels} @> ${p.channels}::text[] then ${conversations.channels} else array(select distinct unnest(${conversations.channels} || ${p.channels}::text[])) end`,
    })
    .where(
      and(
        eq(conversations.accountSid, p.accountSid),
        eq(conversations.chatServiceSid, p.serviceSid),
        eq(conversations.sid, p.conversationSid),
      ),
    )
    .returning(counters),
);

const described = sql`coalesce(${t.address}, ${t.projectedAddress})`;
const prefix = sql`split_part(${described}, ':', 1)`;
const isPrefixed = sql`${described} like '%:%' and ${prefix} in (${sql.raw(PREFIXES.map((known) => `'${known}'`).join(", "))})`;
const channels = { channels: conversations.channels };

/** Tells anew over which channels a conversation is reached, where one of its addresses has gone or changed. */
export const refreshChannels = statement(
  "refreshChannels",
  channels,
  (q, p: Params<{ accountSid: string; conversationSid: string }>) => {
    const reached = q
      .select({ channel: sql`array_agg(distinct case when ${isPrefixed} then ${prefix} else 'sms' end)` })
      .from(t)
      .where(
        and(
          eq(t.accountSid, p.accountSid),
          eq(t.conversationSid, p.conversationSid),
          sql`${described} is not null`,
        ),
      );
    return q
      .update(conversations)
      .set({ channels: sql`coalesce((${reached}), '{}')` })
      .where(and(eq(conversations.accountSid, p.accountSid), eq(conversations.sid, p.conversationSid)))
      .returning(channels);
  },
);
