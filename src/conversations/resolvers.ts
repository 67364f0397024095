import type { Context } from "../context.ts";
import { NO_ATTRIBUTES } from "../core/attributes.ts";
import { type Columns, type In, isFull } from "../core/columns.ts";
import { defined } from "../core/defined.ts";
import { ApiError, foundAgain, notFound } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import type { Page, PageRequest } from "../core/page.ts";
import type { Tx } from "../db/client.ts";
import { inParts } from "../db/parts.ts";
import { deletePartOfConversation, MESSAGES_AT_ONCE } from "../services/deleting/resolvers.ts";
import type { Service } from "../services/model.ts";
import { serviceForNew, serviceOf } from "../services/resolvers.ts";
import {
  activityOf,
  type CheckedConversation,
  type Conversation,
  type ConversationFilter,
  type CreateConversationInput,
  checkConversation,
  checkFilter,
  checkNewConversation,
  givenOrDefault,
  type LightConversation,
  parseConversationKey,
  stateAt,
  timerEnd,
  type UpdateConversationInput,
} from "./model.ts";
import {
  closeDue,
  conversationsByUniqueName,
  deleteConversationRow,
  freeBindings,
  insertConversation,
  lockConversation,
  moveInInbox,
  moveInParticipants,
  updateConversationRow,
} from "./queries.ts";

export interface ConversationKey {
  readonly serviceSid?: string | null;
  /** SID or unique name. */
  readonly conversation: string;
}

/** @throws ApiError NOT_FOUND */
export async function getConversation(ctx: Context, key: ConversationKey): Promise<Conversation> {
  const { sid: serviceSid } = await serviceOf(ctx, key.serviceSid);
  const named = parseConversationKey(key.conversation);
  const conversation =
    "sid" in named
      ? await ctx.loaders.conversations.bySid.load(named.sid)
      : await ctx.loaders.conversations.byUniqueName.load(serviceSid, named.uniqueName);
  if (conversation?.chatServiceSid !== serviceSid) throw notFound("Conversation");
  return conversation;
}

export function findConversations(ctx: Context, sids: readonly string[]): Promise<(Conversation | null)[]> {
  return Promise.all(sids.map((sid) => ctx.loaders.conversations.bySid.load(sid)));
}

/** All of a conversation of which a list has read a part. @throws ApiError NOT_FOUND where it was deleted in between */
export function fullConversation(ctx: Context, row: LightConversation): Conversation | Promise<Conversation> {
  return isFull<Conversation>(row)
    ? row
    : foundAgain(ctx.loaders.conversations.bySid.load(row.sid), "Conversation");
}

/** The SID that a key stands for. That a SID exists is not checked: what is asked of it next will tell. */
export async function conversationSidOf(ctx: Context, serviceSid: string, key: string): Promise<string> {
  const named = parseConversationKey(key);
  if ("sid" in named) return named.sid;
  const conversation = await ctx.loaders.conversations.byUniqueName.load(serviceSid, named.uniqueName);
  if (!conversation) throw notFound("Conversation");
  return conversation.sid;
}

/** Null where there is no such conversation. */
export function findConversation<C extends Columns>(
  ctx: Context,
  sid: string,
  columns: C,
): Promise<In<C, LightConversation, Conversation> | null> {
  return ctx.loaders.conversations.bySid.load(sid, columns);
}

/** Latest activity first; with a bound on creation, newest created first (decision 8). Ties by SID. */
export async function listConversations<C extends Columns = "full">(
  ctx: Context,
  input: ConversationFilter & { serviceSid?: string | null },
  request: PageRequest,
  columns?: C,
): Promise<Page<In<C, LightConversation, Conversation>>> {
  const list = ctx.loaders.conversations.ofService(checkFilter(input));
  const { sid } = await serviceOf(ctx, input.serviceSid);
  return list.page(sid, request, columns);
}

/** One statement for all services that ask for the same page. */
export function conversationsOfService<C extends Columns = "full">(
  ctx: Context,
  service: Service,
  filter: ConversationFilter,
  request: PageRequest,
  columns?: C,
): Promise<Page<In<C, LightConversation, Conversation>>> {
  return ctx.loaders.conversations.ofService(checkFilter(filter)).page(service.sid, request, columns);
}

/** @throws ApiError of the checks in model.ts; NOT_FOUND for the service; UNIQUE_NAME_EXISTS */
export async function createConversation(
  ctx: Context,
  input: CreateConversationInput,
): Promise<Conversation> {
  const fields = checkConversation(input);
  checkNewConversation(fields);
  const { accountSid, now } = ctx;
  const { service, defaults } = await serviceForNew(ctx, input.serviceSid);
  const { messagingServiceSid, timerInactive, timerClosed } = givenOrDefault(fields, defaults);
  const { dateCreated = now, dateUpdated = now } = fields;
  try {
    const [conversation] = await insertConversation(ctx.db, {
      accountSid,
      now,
      sid: ctx.newSid("CH"),
      chatServiceSid: service.sid,
      messagingServiceSid,
      friendlyName: fields.friendlyName,
      uniqueName: fields.uniqueName,
      attributes: fields.attributes ?? NO_ATTRIBUTES,
      state: fields.state ?? "active",
      timerInactive,
      timerClosed,
      dateInactive: timerEnd(now, timerInactive),
      dateClosed: timerEnd(now, timerClosed),
      emailAddress: fields.emailAddress,
      emailName: fields.emailName,
      createdBy: "system",
      participantCount: 0,
      nonChatCount: 0,
      channels: [],
      lastMessageIndex: -1,
      newestMessageIndex: null,
      newestMessageDate: null,
      dateActivity: dateCreated,
      dateCreated,
      dateUpdated,
    });
    return conversation!;
  } catch (error) {
    throw await withHolder(ctx, service.sid, fields.uniqueName, error);
  } finally {
    ctx.loaders.clearAll();
  }
}

/** @throws ApiError NOT_FOUND; of the checks in model.ts; CONVERSATION_CLOSED, UNIQUE_NAME_EXISTS */
export async function updateConversation(
  ctx: Context,
  input: UpdateConversationInput,
): Promise<Conversation> {
  const fields = checkConversation(input);
  const { accountSid, now } = ctx;
  const { sid: serviceSid } = await serviceOf(ctx, input.serviceSid);
  const key = {
    accountSid,
    serviceSid,
    now,
    sid: await conversationSidOf(ctx, serviceSid, input.conversation),
  };
  try {
    return await ctx.db.transaction(async (tx) => {
      const [current] = await lockConversation(tx, key);
      const at = ctx.clock();
      checkOpen(current, at);
      const next = {
        ...current,
        ...defined(fields),
        state: fields.state ?? stateAt(current, at),
        dateUpdated: fields.dateUpdated ?? at,
      };
      const [updated] = await updateConversationRow(tx, {
        ...next,
        ...key,
        ...restartTimers(next, fields, at),
        dateActivity: activityOf(next.dateCreated, current.newestMessageDate),
        now: at,
      });
      if (next.dateCreated !== current.dateCreated) await moveInLists(tx, updated!);
      if (next.state === "closed") await freeBindings(tx, { accountSid, sids: [key.sid] });
      return updated!;
    });
  } catch (error) {
    throw await withHolder(ctx, serviceSid, fields.uniqueName, error);
  } finally {
    ctx.loaders.clearAll();
  }
}

/** Those who page by the conversation's dates have copies of them. */
async function moveInLists(
  tx: Tx,
  { accountSid, sid, dateCreated, dateActivity }: Conversation,
): Promise<void> {
  await moveInParticipants(tx, { accountSid, sid, dateCreated });
  await moveInInbox(tx, { accountSid, sid, dateActivity });
}

type Timed = Pick<Conversation, "state" | "dateInactive" | "dateClosed"> & {
  timerInactive: number;
  timerClosed: number;
};

/** Both timers start anew when the state or either of them is set; a closed conversation has nothing to wait for. */
function restartTimers(next: Timed, fields: CheckedConversation, now: Instant) {
  const { state, timerInactive, timerClosed } = fields;
  if (state === undefined && timerInactive === undefined && timerClosed === undefined) {
    return { dateInactive: next.dateInactive, dateClosed: next.dateClosed };
  }
  if (next.state === "closed") return { dateInactive: null, dateClosed: null };
  return { dateInactive: timerEnd(now, next.timerInactive), dateClosed: timerEnd(now, next.timerClosed) };
}

/**
 * Judges a conversation that has just been locked, as of the moment that the lock was had.
 *
 * @throws ApiError NOT_FOUND, CONVERSATION_CLOSED
 */
export function checkOpen<C extends Pick<Conversation, "state" | "dateInactive" | "dateClosed">>(
  conversation: C | undefined,
  at: Instant,
): asserts conversation is C {
  if (!conversation) throw notFound("Conversation");
  if (stateAt(conversation, at) === "closed") throw new ApiError("CONVERSATION_CLOSED");
}

export type LockedConversation = Awaited<ReturnType<typeof lockConversation>>[number];

/**
 * Takes the lock that every write to a conversation, and to who is in it, takes first.
 *
 * @throws ApiError NOT_FOUND
 */
export async function lockedConversation(
  tx: Tx,
  key: { accountSid: string; serviceSid: string; sid: string; now: Instant },
): Promise<LockedConversation> {
  const [conversation] = await lockConversation(tx, key);
  if (!conversation) throw notFound("Conversation");
  return conversation;
}

/** Makes it lasting where the conversations' time has come, so that what they hold is free to those who wait for it. */
export async function closeWhereDue(
  tx: Tx,
  key: { accountSid: string; sids: readonly string[]; now: Instant },
): Promise<void> {
  const { accountSid } = key;
  const closed = await closeDue(tx, key);
  if (closed.length > 0) await freeBindings(tx, { accountSid, sids: closed.map(({ sid }) => sid) });
}

/** With its participants and messages, in parts where they are many. Works in every state. @throws ApiError NOT_FOUND */
export async function deleteConversation(ctx: Context, key: ConversationKey): Promise<Conversation> {
  const { accountSid, now } = ctx;
  const { sid: serviceSid } = await serviceOf(ctx, key.serviceSid);
  const sid = await conversationSidOf(ctx, serviceSid, key.conversation);
  const place = { accountSid, serviceSid, sid, now };
  const [small] = await deleteConversationRow(ctx.db, { ...place, most: MESSAGES_AT_ONCE });
  const deleted =
    small ??
    (await inParts(ctx.db, async (tx) => {
      const conversation = await lockedConversation(tx, place);
      const isGone = await deletePartOfConversation(tx, { accountSid, conversationSid: sid });
      return isGone ? conversation : null;
    }));
  ctx.loaders.clearAll();
  return deleted;
}

async function withHolder(
  ctx: Context,
  serviceSid: string,
  uniqueName: string | null | undefined,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof ApiError) || error.code !== "UNIQUE_NAME_EXISTS" || !uniqueName) return error;
  const { db, accountSid, now } = ctx;
  const [holder] = await conversationsByUniqueName(db, { accountSid, serviceSid, now, names: [uniqueName] });
  return new ApiError("UNIQUE_NAME_EXISTS", {
    parameter: "uniqueName",
    conflicting: holder && { type: "Conversation", sid: holder.sid },
    cause: error,
  });
}
