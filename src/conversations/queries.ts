import { and, eq, gte, inArray, isNotNull, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { Instant } from "../core/instant.ts";
import { childrenStatement, isAmong, parentKey } from "../db/keyset.ts";
import { type Params, statement, statements, wholeRow } from "../db/statement.ts";
import { inbox } from "../inbox/table.ts";
import { participants } from "../participants/table.ts";
import type { Conversation, ConversationState, LightConversation } from "./model.ts";
import { conversations } from "./table.ts";

const c = conversations;
const now = sql.placeholder("now");

// What a conversation is at a moment, whatever was written last: the one place that says so (decision 36).
const closedByTimer = sql`${c.state} <> 'closed' and ${c.dateClosed} <= ${now}`;
const inactiveByTimer = sql`${c.state} = 'active' and ${c.dateInactive} <= ${now}`;
const due = sql`(${closedByTimer} or ${inactiveByTimer})`;
export const stateNow = sql<ConversationState>`case when ${closedByTimer} then 'closed' when ${inactiveByTimer} then 'inactive' else ${c.state} end`;
const dateUpdatedNow = sql<Instant>`case when ${closedByTimer} then greatest(${c.dateUpdated}, ${c.dateClosed}) when ${inactiveByTimer} then greatest(${c.dateUpdated}, ${c.dateInactive}) else ${c.dateUpdated} end`;

const light = {
  chatServiceSid: c.chatServiceSid,
  sid: c.sid,
  friendlyName: c.friendlyName,
  uniqueName: c.uniqueName,
  state: stateNow.as("state"),
  dateActivity: c.dateActivity,
  dateCreated: c.dateCreated,
  dateUpdated: dateUpdatedNow.as("date_updated"),
} satisfies Record<keyof LightConversation, unknown>;

/** A Conversation as of the parameter `now`, which every statement that selects it takes. */
export const conversationShape = {
  ...light,
  accountSid: c.accountSid,
  messagingServiceSid: c.messagingServiceSid,
  attributes: c.attributes,
  dateInactive: c.dateInactive,
  dateClosed: c.dateClosed,
  emailAddress: c.emailAddress,
  emailName: c.emailName,
  createdBy: c.createdBy,
} satisfies Record<keyof Conversation, unknown>;

export const conversationSets = { light, full: conversationShape };

type At = { accountSid: string; now: Instant };

export const conversationsBySid = statements(
  "conversationsBySid",
  conversationSets,
  (q, p: Params<At & { sids: readonly string[] }>, shape) =>
    q
      .select(shape)
      .from(c)
      .where(and(eq(c.accountSid, p.accountSid), isAmong(c.sid, p.sids))),
);

export const conversationsByUniqueName = statement(
  "conversationsByUniqueName",
  conversationShape,
  (q, p: Params<At & { serviceSid: string; names: readonly string[] }>) =>
    q
      .select(conversationShape)
      .from(c)
      .where(
        and(
          eq(c.accountSid, p.accountSid),
          eq(c.chatServiceSid, p.serviceSid),
          isAmong(c.uniqueName, p.names),
        ),
      ),
);

type Lists = At & {
  keys: readonly string[];
  state: ConversationState | null;
  createdFrom: Instant;
  createdTo: Instant;
};

const createdWithin = (p: Params<Lists>) =>
  and(gte(c.dateCreated, p.createdFrom), lte(c.dateCreated, p.createdTo));

const list = (
  name: string,
  column: typeof c.dateActivity | typeof c.dateCreated,
  filter: (p: Params<Lists>) => SQL | undefined,
) =>
  childrenStatement(name, conversationSets, c, [column, c.sid], "desc", (p: Params<Lists>) =>
    and(eq(c.accountSid, p.accountSid), eq(c.chatServiceSid, parentKey), filter(p)),
  );

/** Whose state was written last as it is now, and whose timer has changed it since: the few until the next sweep. */
const settled = (p: Params<Lists>) =>
  and(
    eq(c.state, p.state),
    // What is not due, in words whose share of the rows the planner knows.
    or(eq(c.state, "closed"), isNull(c.dateClosed), sql`${c.dateClosed} > ${now}`),
    or(ne(c.state, "active"), isNull(c.dateInactive), sql`${c.dateInactive} > ${now}`),
  );
const changed = (p: Params<Lists>) =>
  and(
    // Found first, by the indexes of what is due: a planner that sees the limit hopes to meet them on a walk through all.
    sql`${c.sid} = any(array(select ${c.sid} from ${c} where ${c.accountSid} = ${p.accountSid} and ${due}))`,
    sql`${stateNow} = ${p.state}`,
  );

/** Latest activity first, for each service: a range of conversations_by_activity, or of conversations_by_state_activity. */
export const conversationsByActivity = {
  all: list("conversationsByActivity", c.dateActivity, () => undefined),
  settled: list("settledConversationsByActivity", c.dateActivity, settled),
  changed: list("changedConversationsByActivity", c.dateActivity, changed),
};

/** Newest created first, for each service: a range of conversations_by_creation, or of conversations_by_state_creation. */
export const conversationsByCreation = {
  all: list("conversationsByCreation", c.dateCreated, createdWithin),
  settled: list("settledConversationsByCreation", c.dateCreated, (p) => and(settled(p), createdWithin(p))),
  changed: list("changedConversationsByCreation", c.dateCreated, (p) => and(changed(p), createdWithin(p))),
};

const counted = { parent: c.chatServiceSid, count: sql<number>`count(*)::int`.as("count") };

export const countConversations = statement("countConversations", counted, (q, p: Params<Lists>) =>
  q
    .select(counted)
    .from(c)
    .where(
      and(
        eq(c.accountSid, p.accountSid),
        sql`${c.chatServiceSid} = any(${p.keys}::text[])`,
        sql`(${p.state}::text is null or ${stateNow} = ${p.state})`,
        createdWithin(p),
      ),
    )
    .groupBy(c.chatServiceSid),
);

export const insertConversation = statement(
  "insertConversation",
  conversationShape,
  (q, _: Params<typeof c.$inferInsert & { now: Instant }>) =>
    q.insert(c).values(wholeRow(c)).returning(conversationShape),
);

const one = (p: Params<{ accountSid: string; serviceSid: string; sid: string }>) =>
  and(eq(c.accountSid, p.accountSid), eq(c.chatServiceSid, p.serviceSid), eq(c.sid, p.sid));

type Key = At & { serviceSid: string; sid: string };

const locked = {
  ...conversationShape,
  timerInactive: c.timerInactive,
  timerClosed: c.timerClosed,
  lastMessageIndex: c.lastMessageIndex,
  newestMessageIndex: c.newestMessageIndex,
  newestMessageDate: c.newestMessageDate,
};

/** The row, locked against every other write to the conversation or to who is in it: the first lock of each of them. */
export const lockConversation = statement("lockConversation", locked, (q, p: Params<Key>) =>
  q.select(locked).from(c).where(one(p)).for("no key update"),
);

const CHANGED = [
  "messagingServiceSid",
  "friendlyName",
  "uniqueName",
  "attributes",
  "state",
  "timerInactive",
  "timerClosed",
  "dateInactive",
  "dateClosed",
  "emailAddress",
  "emailName",
  "dateActivity",
  "dateCreated",
  "dateUpdated",
] as const satisfies (keyof typeof c.$inferInsert)[];

type Changed = Pick<typeof c.$inferInsert, (typeof CHANGED)[number]>;

export const updateConversationRow = statement(
  "updateConversation",
  conversationShape,
  (q, p: Params<Key & Changed>) =>
    q
      .update(c)
      .set(Object.fromEntries(CHANGED.map((key) => [key, sql`${p[key]}`])))
      .where(one(p))
      .returning(conversationShape),
);

/** Of a conversation that has never had more than `most` messages; by cascade, with all that is in it. */
export const deleteConversationRow = statement(
  "deleteConversation",
  conversationShape,
  (q, p: Params<Key & { most: number }>) =>
    q
      .delete(c)
      .where(and(one(p), sql`${c.lastMessageIndex} < ${p.most}`))
      .returning(conversationShape),
);

const moved = { sid: participants.sid };

/** In the lists of everyone who takes part in the conversation. */
export const moveInParticipants = statement(
  "moveInParticipants",
  moved,
  (q, p: Params<{ accountSid: string; sid: string; dateCreated: Instant }>) =>
    q
      .update(participants)
      .set({ conversationDateCreated: sql`${p.dateCreated}` })
      .where(and(eq(participants.accountSid, p.accountSid), eq(participants.conversationSid, p.sid)))
      .returning(moved),
);

const movedInInbox = { sid: inbox.participantSid };

export const moveInInbox = statement(
  "moveInInbox",
  movedInInbox,
  (q, p: Params<{ accountSid: string; sid: string; dateActivity: Instant }>) =>
    q
      .update(inbox)
      .set({ dateActivity: sql`${p.dateActivity}` })
      .where(and(eq(inbox.accountSid, p.accountSid), eq(inbox.conversationSid, p.sid)))
      .returning(movedInInbox),
);

const freed = { sid: participants.sid };

/** A closed conversation holds no (address, proxy address). */
export const freeBindings = statement(
  "freeBindings",
  freed,
  (q, p: Params<{ accountSid: string; sids: readonly string[] }>) =>
    q
      .update(participants)
      .set({ bindingActive: false })
      .where(
        and(
          eq(participants.accountSid, p.accountSid),
          sql`${participants.conversationSid} = any(${p.sids}::text[])`,
          // Who has no proxy address holds nothing; it would be most of the rows.
          isNotNull(participants.proxyAddress),
          sql`${participants.bindingActive}`,
        ),
      )
      .returning(freed),
);

const closed = { sid: c.sid };

/** Makes lasting that the time of some conversations has come, so that their bindings may be freed; in the order of their SIDs. */
export const closeDue = statement("closeDue", closed, (q, p: Params<At & { sids: readonly string[] }>) =>
  q
    .update(c)
    .set({ state: "closed", dateUpdated: dateUpdatedNow })
    .where(
      and(
        eq(c.accountSid, p.accountSid),
        inArray(
          c.sid,
          q
            .select(closed)
            .from(c)
            .where(and(eq(c.accountSid, p.accountSid), sql`${c.sid} = any(${p.sids}::text[])`, closedByTimer))
            .orderBy(c.sid)
            .for("no key update"),
        ),
      ),
    )
    .returning(closed),
);

const owner = { accountSid: c.accountSid };

/** The accounts in which some timer has run out, over all accounts: for the sweep only. */
export const accountsWithDueTimers = statement(
  "accountsWithDueTimers",
  owner,
  (q, _: Params<{ now: Instant }>) => q.selectDistinct(owner).from(c).where(due),
);

const swept = { sid: c.sid, state: c.state };
const target = { sid: c.sid };

/** Makes lasting what the timers of an account have done, leaving aside rows that someone else has locked. */
export const sweepTimersOfAccount = statement(
  "sweepTimersOfAccount",
  swept,
  (q, p: Params<At & { limit: number }>) =>
    q
      .update(c)
      .set({ state: stateNow, dateUpdated: dateUpdatedNow })
      .where(
        and(
          eq(c.accountSid, p.accountSid),
          inArray(
            c.sid,
            q
              .select(target)
              .from(c)
              .where(and(eq(c.accountSid, p.accountSid), due))
              .limit(p.limit)
              .for("no key update", { skipLocked: true }),
          ),
        ),
      )
      .returning(swept),
);
