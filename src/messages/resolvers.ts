import type { Context } from "../context.ts";
import { activityOf, type LightConversation, stateAt, timerEnd } from "../conversations/model.ts";
import {
  checkOpen,
  conversationSidOf,
  getConversation,
  type LockedConversation,
  lockedConversation,
} from "../conversations/resolvers.ts";
import { NO_ATTRIBUTES } from "../core/attributes.ts";
import { type Columns, type In, isFull } from "../core/columns.ts";
import { defined } from "../core/defined.ts";
import { foundAgain, notFound } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import type { Page, PageRequest } from "../core/page.ts";
import type { Tx } from "../db/client.ts";
import type { LightParticipant, Participant } from "../participants/model.ts";
import { serviceOf } from "../services/resolvers.ts";
import {
  type CreateMessageInput,
  checkMessage,
  checkNewMessage,
  checkOrder,
  type LightMessage,
  type Message,
  type MessageOrder,
  parseMessageSid,
  SYSTEM,
  type UpdateMessageInput,
} from "./model.ts";
import {
  appendToConversation,
  deleteMessageRow,
  insertMessage,
  messagesBySid,
  moveNewestMessage,
  newestMessage,
  tellInbox,
  updateMessageRow,
} from "./queries.ts";

export interface MessageKey {
  readonly serviceSid?: string | null;
  /** SID or unique name. */
  readonly conversation: string;
  /** SID only. */
  readonly message: string;
}

/** @throws ApiError NOT_FOUND */
export async function getMessage(ctx: Context, key: MessageKey): Promise<Message> {
  const sid = sidOf(key);
  const { sid: serviceSid } = await serviceOf(ctx, key.serviceSid);
  const conversationSid = await conversationSidOf(ctx, serviceSid, key.conversation);
  const message = await ctx.loaders.messages.bySid.load(sid);
  if (message?.conversationSid !== conversationSid || message.chatServiceSid !== serviceSid) {
    throw notFound("Message");
  }
  return message;
}

export function findMessages(ctx: Context, sids: readonly string[]): Promise<(Message | null)[]> {
  return Promise.all(sids.map((sid) => ctx.loaders.messages.bySid.load(sid)));
}

/** All of a message of which a list has read a part. @throws ApiError NOT_FOUND where it was deleted in between */
export function fullMessage(ctx: Context, row: LightMessage): Message | Promise<Message> {
  return isFull<Message>(row) ? row : foundAgain(ctx.loaders.messages.bySid.load(row.sid), "Message");
}

/** The message at that place; null where it is deleted, or none has come so far. One statement for all of a turn. */
export function messageAt(
  ctx: Context,
  conversation: LightConversation,
  index: number,
): Promise<Message | null> {
  return ctx.loaders.messages.byIndex.load({ conversationSid: conversation.sid, index });
}

/** The one with the greatest index; null without any. One statement for all conversations of a turn. */
export function lastMessageOf<C extends Columns = "full">(
  ctx: Context,
  conversation: LightConversation,
  columns = "full" as C,
): Promise<In<C, LightMessage, Message> | null> {
  return ctx.loaders.messages.lastOf.load(conversation.sid, columns);
}

/** Null for one that no participant has said, or whose participant has gone. */
export async function participantOfMessage<C extends Columns>(
  ctx: Context,
  { participantSid }: LightMessage,
  columns: C,
): Promise<In<C, LightParticipant, Participant> | null> {
  return participantSid === null ? null : ctx.loaders.participants.bySid.load(participantSid, columns);
}

/** By index, ascending unless the order says else. @throws ApiError NOT_FOUND, INVALID_PARAMETER */
export async function listMessages(
  ctx: Context,
  input: { serviceSid?: string | null; conversation: string; order?: string | null },
  request: PageRequest,
): Promise<Page<Message>> {
  const order = checkOrder(input.order);
  return messagesOfConversation(ctx, await getConversation(ctx, input), order, request);
}

/** By index. One statement for all conversations that ask for the same page. */
export function messagesOfConversation<C extends Columns = "full">(
  ctx: Context,
  conversation: LightConversation,
  order: MessageOrder,
  request: PageRequest,
  columns?: C,
): Promise<Page<In<C, LightMessage, Message>>> {
  return ctx.loaders.messages.ofConversation[order].page(conversation.sid, request, columns);
}

/**
 * Adds a message to an open conversation, which becomes active by it, and its timers start anew.
 *
 * @throws ApiError NOT_FOUND; of the checks in model.ts; CONVERSATION_CLOSED
 */
export async function createMessage(ctx: Context, input: CreateMessageInput): Promise<Message> {
  const fields = checkMessage(input);
  checkNewMessage(fields);
  const { accountSid, now } = ctx;
  const { sid: serviceSid } = await serviceOf(ctx, input.serviceSid);
  const conversationSid = await conversationSidOf(ctx, serviceSid, input.conversation);
  const message = await ctx.db.transaction(async (tx) => {
    const conversation = await lockedConversation(tx, { accountSid, serviceSid, sid: conversationSid, now });
    const at = ctx.clock();
    checkOpen(conversation, at);
    const [message] = await insertMessage(tx, {
      accountSid,
      sid: ctx.newSid("IM"),
      chatServiceSid: serviceSid,
      conversationSid,
      index: conversation.lastMessageIndex + 1,
      author: fields.author ?? SYSTEM,
      body: fields.body,
      attributes: fields.attributes ?? NO_ATTRIBUTES,
      dateCreated: fields.dateCreated ?? at,
      dateUpdated: fields.dateUpdated ?? at,
    });
    await append(tx, conversation, message!, at);
    return message!;
  });
  ctx.loaders.clearAll();
  return message;
}

/** The newest message is the one with the greatest index, whatever its date. */
async function append(
  tx: Tx,
  conversation: LockedConversation,
  message: Message,
  at: Instant,
): Promise<void> {
  const { accountSid, sid, dateCreated, timerInactive, timerClosed } = conversation;
  const { index, dateCreated: newestMessageDate } = message;
  const dateActivity = activityOf(dateCreated, newestMessageDate);
  await appendToConversation(tx, {
    accountSid,
    sid,
    index,
    newestMessageDate,
    dateActivity,
    dateInactive: timerEnd(at, timerInactive),
    dateClosed: timerEnd(at, timerClosed),
    dateUpdated: stateAt(conversation, at) === "active" ? conversation.dateUpdated : at,
  });
  const told = { accountSid, conversationSid: sid, index, newestMessageIndex: index, dateActivity };
  await tellInbox(tx, { ...told, unread: 1 });
}

/**
 * Changes a message of an open conversation.
 *
 * @throws ApiError NOT_FOUND; of the checks in model.ts; CONVERSATION_CLOSED
 */
export async function updateMessage(ctx: Context, input: UpdateMessageInput): Promise<Message> {
  const fields = checkMessage(input);
  const { accountSid, now } = ctx;
  const sid = sidOf(input);
  const { sid: serviceSid } = await serviceOf(ctx, input.serviceSid);
  const conversationSid = await conversationSidOf(ctx, serviceSid, input.conversation);
  const updated = await ctx.db.transaction(async (tx) => {
    const conversation = await lockedConversation(tx, { accountSid, serviceSid, sid: conversationSid, now });
    const at = ctx.clock();
    checkOpen(conversation, at);
    const [current] = await messagesBySid(tx, { accountSid, sids: [sid] });
    if (current?.conversationSid !== conversationSid) throw notFound("Message");
    const next = { ...current, ...defined(fields), dateUpdated: fields.dateUpdated ?? at };
    const [updated] = await updateMessageRow(tx, next);
    const isNewest = current.index === conversation.newestMessageIndex;
    if (isNewest && next.dateCreated !== current.dateCreated) {
      const { index } = current;
      const newest = await findNewest(tx, conversation);
      await tellInbox(tx, { accountSid, conversationSid, index, unread: 0, ...newest });
    }
    return updated!;
  });
  ctx.loaders.clearAll();
  return updated;
}

/** Deletes a message, whatever the state of its conversation. Its index is not given again. @throws ApiError NOT_FOUND */
export async function deleteMessage(ctx: Context, key: MessageKey): Promise<Message> {
  const { accountSid, now } = ctx;
  const sid = sidOf(key);
  const { sid: serviceSid } = await serviceOf(ctx, key.serviceSid);
  const conversationSid = await conversationSidOf(ctx, serviceSid, key.conversation);
  const deleted = await ctx.db.transaction(async (tx) => {
    const conversation = await lockedConversation(tx, { accountSid, serviceSid, sid: conversationSid, now });
    const [message] = await deleteMessageRow(tx, { accountSid, conversationSid, sid });
    if (!message) throw notFound("Message");
    const { index } = message;
    const isNewest = index === conversation.newestMessageIndex;
    const { newestMessageIndex, dateActivity } = isNewest ? await findNewest(tx, conversation) : conversation;
    await tellInbox(tx, { accountSid, conversationSid, index, unread: -1, newestMessageIndex, dateActivity });
    return message;
  });
  ctx.loaders.clearAll();
  return deleted;
}

/** Finds the newest message anew, and tells the locked conversation. */
async function findNewest(tx: Tx, { accountSid, sid, dateCreated }: LockedConversation) {
  const [found] = await newestMessage(tx, { accountSid, conversationSid: sid });
  const newestMessageDate = found?.dateCreated ?? null;
  const newest = {
    newestMessageIndex: found?.index ?? null,
    newestMessageDate,
    dateActivity: activityOf(dateCreated, newestMessageDate),
  };
  await moveNewestMessage(tx, { accountSid, sid, ...newest });
  return newest;
}

function sidOf({ message }: { message: string }): string {
  const sid = parseMessageSid(message);
  if (sid === null) throw notFound("Message");
  return sid;
}
