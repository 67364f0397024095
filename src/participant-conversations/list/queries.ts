import { and, type Column, eq, type SQL, sql } from "drizzle-orm";
import { conversationSets, conversationShape, stateNow } from "../../conversations/queries.ts";
import { conversations } from "../../conversations/table.ts";
import type { Columns } from "../../core/columns.ts";
import type { Instant } from "../../core/instant.ts";
import type { PageRequest } from "../../core/page.ts";
import { type Keyset, type pageAsTable, pageStatement, rowAsTable } from "../../db/keyset.ts";
import { type Builder, distinct, type Executor, type Params } from "../../db/statement.ts";
import { inboxShape } from "../../inbox/queries.ts";
import { inbox } from "../../inbox/table.ts";
import { participantSets, participantShape } from "../../participants/queries.ts";
import { participants } from "../../participants/table.ts";
import type { CheckedFilter, ConversationOrder, ListedConversation } from "../model.ts";

const t = participants;
const i = inbox;
const c = conversations;

const { attributes, createdBy, dateInactive, dateClosed } = conversationShape;

/** What the participant's row says of the conversation, too. */
const { chatServiceSid } = t;
const inBoth = { sid: t.conversationSid, chatServiceSid };

/** A LightParticipantConversation; or a ParticipantConversation, with its entry in the inbox. */
const sets = {
  light: {
    participant: participantSets.light,
    conversation: {
      ...conversationSets.light,
      ...inBoth,
      attributes,
      createdBy,
      dateInactive,
      dateClosed,
    } satisfies Record<keyof ListedConversation, unknown>,
  },
  full: {
    participant: participantShape,
    conversation: { ...conversationShape, ...inBoth, accountSid: t.accountSid },
    inbox: inboxShape,
  },
};

type Shape = Omit<typeof sets.full, "inbox"> & { readonly inbox?: typeof inboxShape };

type At = { accountSid: string; now: Instant };
export type Filtered = At & CheckedFilter;

/** The pages that a list consists of: `pageAsTable`, or one that makes a page for each of many parents. */
type Pages = typeof pageAsTable;

interface List<P> {
  /** Which rows are in it, by the table whose index sorts them. */
  readonly own: Record<ConversationOrder, (q: Builder, p: Params<P>) => SQL | undefined>;
  /** Whether a conversation may be in it more than once, so that the participant's SID has to decide. */
  readonly repeats: boolean;
  readonly pages: (p: Params<P>) => Pages;
}

/**
 * The statements of a list in every order: a page is a range of one index, and only then is everything else looked up,
 * row by row. Joined before the limit, a planner that thinks a merge cheap reads every conversation there is.
 */
export function listStatements<P extends object>(name: string, list: List<P>) {
  const end = <C extends Column>(sid: C) => (list.repeats ? [sid] : []);
  const make = (
    suffix: string,
    order: ConversationOrder,
    direction: "asc" | "desc",
    columns: Column[],
    read: typeof readParticipants,
    meets: typeof entryMeets,
  ) => {
    const rows = list.own[order];
    const all = pageStatement(name + suffix, sets, columns, direction, (q, p: Params<P & At>, page, shape) =>
      read(q, p, list.pages(p), rows(q, p), page, shape),
    );
    const filtered = pageStatement(
      `${name}${suffix}Filtered`,
      sets,
      columns,
      direction,
      (q, p: Params<P & Filtered>, page, shape) =>
        read(q, p, list.pages(p), and(rows(q, p), meets(q, p)), page, shape),
    );
    return <C extends Columns>(
      db: Executor,
      of: P & At,
      filter: CheckedFilter | null,
      request: PageRequest,
      columns: C,
    ) =>
      filter === null ? all(db, of, request, columns) : filtered(db, { ...of, ...filter }, request, columns);
  };
  return {
    sid: make("", "sid", "asc", [t.conversationSid, ...end(t.sid)], readParticipants, participantMeets),
    lastActivity: make(
      "ByActivity",
      "lastActivity",
      "desc",
      [i.dateActivity, i.conversationSid, ...end(i.participantSid)],
      readInbox,
      entryMeets,
    ),
    dateCreated: make(
      "ByCreation",
      "dateCreated",
      "desc",
      [t.conversationDateCreated, t.conversationSid, ...end(t.sid)],
      readParticipants,
      participantMeets,
    ),
  };
}

function readParticipants(
  q: Builder,
  p: Params<At>,
  pages: Pages,
  where: SQL | undefined,
  page: Keyset,
  shape: Shape,
) {
  const rows = { ...shape.participant, chatServiceSid, conversationDateCreated: t.conversationDateCreated };
  const { select, fields, orderBy } = pages(q, rows, t, where, page);
  const conversation = conversationAsTable(q, p, shape, fields);
  const selected = { participant: only(shape.participant, fields), conversation: conversation.fields };
  if (!shape.inbox) {
    return select(distinct(selected))
      .crossJoinLateral(conversation.table)
      .orderBy(...orderBy);
  }
  const place = and(eq(i.conversationSid, fields.conversationSid), eq(i.participantSid, fields.sid));
  const entry = rowAsTable(q, "entry", shape.inbox, i, and(eq(i.accountSid, p.accountSid), place));
  return select(distinct({ ...selected, inbox: entry.fields }))
    .crossJoinLateral(conversation.table)
    .crossJoinLateral(entry.table)
    .orderBy(...orderBy);
}

function readInbox(
  q: Builder,
  p: Params<At>,
  pages: Pages,
  where: SQL | undefined,
  page: Keyset,
  shape: Shape,
) {
  const { select, fields, orderBy } = pages(q, inboxShape, i, where, page);
  const participant = rowAsTable(
    q,
    "participant",
    { ...shape.participant, chatServiceSid },
    t,
    and(eq(t.accountSid, p.accountSid), eq(t.sid, fields.participantSid)),
  );
  const conversation = conversationAsTable(q, p, shape, participant.fields);
  const selected = {
    participant: only(shape.participant, participant.fields),
    conversation: conversation.fields,
  };
  return select(distinct({ ...selected, ...(shape.inbox && { inbox: fields }) }))
    .crossJoinLateral(participant.table)
    .crossJoinLateral(conversation.table)
    .orderBy(...orderBy);
}

function conversationAsTable(q: Builder, p: Params<At>, shape: Shape, participant: Shape["participant"]) {
  const { accountSid, chatServiceSid, conversationSid } = participant;
  const shared = { sid: conversationSid, chatServiceSid, ...(accountSid && { accountSid }) };
  const own = Object.entries(shape.conversation).filter(([key]) => !(key in shared));
  const key = and(eq(c.accountSid, p.accountSid), eq(c.sid, conversationSid));
  const { table, fields } = rowAsTable(
    q,
    "conversation",
    Object.fromEntries(own) as Shape["conversation"],
    c,
    key,
  );
  return { table, fields: only(shape.conversation, { ...fields, ...shared }) };
}

/** The fields of a shape in its order, by which rows are mapped. */
function only<S extends object>(shape: S, fields: S): S {
  return Object.fromEntries(Object.keys(shape).map((key) => [key, fields[key as keyof S]])) as S;
}

// A parameter that is null lets all pass. No statistics apply to these words: a planner that knew how few rows they
// leave would read the whole range and sort these few, where a walk in its order can end at the limit.
const ofEntry = (p: Params<Filtered>) =>
  and(
    sql`(${p.unreadOnly}::boolean is not true or coalesce(${i.unreadCount}, 0) > 0)`,
    sql`coalesce(${i.muted} = ${p.muted}, true)`,
    sql`${i.dateActivity} >= coalesce(${p.activeSince}, '-infinity'::timestamptz)`,
  );

const ofConversation = (p: Params<Filtered>) =>
  and(
    sql`(${p.state}::text is null or ${stateNow} = ${p.state})`,
    sql`(${p.channelType}::text is null or case when ${p.channelType} = 'chat' then ${c.participantCount} > ${c.nonChatCount} else ${c.channels} @> array[${p.channelType}::text] end)`,
    sql`(${p.friendlyNamePrefix}::text is null or starts_with(lower(${c.friendlyName}), lower(${p.friendlyNamePrefix})))`,
  );

function conversationMeets(q: Builder, p: Params<Filtered>, sid: Column) {
  const row = q
    .select({ meets: sql`${ofConversation(p)}` })
    .from(c)
    .where(and(eq(c.accountSid, p.accountSid), eq(c.sid, sid)));
  return sql`(num_nonnulls(${p.state}::text, ${p.channelType}::text, ${p.friendlyNamePrefix}::text) = 0 or ${row})`;
}

/** Which entries of the inbox meet a filter. */
export function entryMeets(q: Builder, p: Params<Filtered>): SQL | undefined {
  return and(ofEntry(p), conversationMeets(q, p, i.conversationSid));
}

function participantMeets(q: Builder, p: Params<Filtered>): SQL | undefined {
  const row = q
    .select({ meets: sql`${ofEntry(p)}` })
    .from(i)
    .where(
      and(
        eq(i.accountSid, p.accountSid),
        eq(i.conversationSid, t.conversationSid),
        eq(i.participantSid, t.sid),
      ),
    );
  return and(
    sql`(num_nonnulls(${p.unreadOnly}::boolean, ${p.muted}::boolean, ${p.activeSince}::timestamptz) = 0 or ${row})`,
    conversationMeets(q, p, t.conversationSid),
  );
}
