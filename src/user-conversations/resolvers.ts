import type { Context } from "../context.ts";
import { conversationSidOf } from "../conversations/resolvers.ts";
import type { Columns, In } from "../core/columns.ts";
import { notFound } from "../core/errors.ts";
import type { Page, PageRequest } from "../core/page.ts";
import { checkListFilter, type ListInput } from "../participant-conversations/model.ts";
import type { Participant } from "../participants/model.ts";
import {
  changeReadHorizon,
  checkMessageIndex,
  checkNotificationLevel,
} from "../participants/reading/model.ts";
import { saveReading } from "../participants/reading/resolvers.ts";
import {
  conversationOfParticipant,
  findParticipants,
  participantOfUser,
  removeParticipant,
} from "../participants/resolvers.ts";
import type { LightUser } from "../users/model.ts";
import { getUser } from "../users/resolvers.ts";
import type {
  LightUserConversation,
  MarkReadInput,
  MuteConversationInput,
  UpdateUserConversationInput,
  UserConversation,
  UserConversationKey,
  UserTotals,
} from "./model.ts";

/** @throws ApiError NOT_FOUND */
export async function getUserConversation(ctx: Context, key: UserConversationKey): Promise<UserConversation> {
  const participant = await participantAt(ctx, key);
  return { participant, conversation: await conversationOfParticipant(ctx, participant) };
}

/** What the user takes part in now, by conversation SID; closed conversations too. @throws ApiError NOT_FOUND */
export async function listUserConversations(
  ctx: Context,
  key: { serviceSid?: string | null; user: string },
  request: PageRequest,
): Promise<Page<UserConversation>> {
  return userConversationsOfUser(ctx, await getUser(ctx, key), {}, request);
}

/**
 * One statement for all users that ask for the same page.
 *
 * @throws ApiError INVALID_PARAMETER, FRIENDLY_NAME_TOO_LONG
 */
export async function userConversationsOfUser<C extends Columns = "full">(
  ctx: Context,
  user: LightUser,
  { orderBy, filter }: ListInput,
  request: PageRequest,
  columns?: C,
): Promise<Page<In<C, LightUserConversation, UserConversation>>> {
  const list = ctx.loaders.userConversations.ofUser(orderBy ?? "sid", checkListFilter(filter ?? {}));
  return list.page(user.sid, request, columns);
}

/** One statement for all users, and for the lengths of their lists. */
export async function totalsOfUser(ctx: Context, user: LightUser): Promise<UserTotals> {
  const parent = user.sid;
  const totals = await ctx.loaders.userConversations.totals.load(parent);
  return totals ?? { parent, count: 0, unreadMessages: 0, unreadConversations: 0 };
}

/** Null for a participant without identity, and for one that is gone. */
export async function userConversationOfParticipant(
  ctx: Context,
  participantSid: string,
): Promise<UserConversation | null> {
  const [participant] = await findParticipants(ctx, [participantSid]);
  if (!participant?.userSid) return null;
  return { participant, conversation: await conversationOfParticipant(ctx, participant) };
}

/** Works in every state of the conversation. @throws ApiError NOT_FOUND; of the checks in participants/model.ts */
export async function updateUserConversation(
  ctx: Context,
  input: UpdateUserConversationInput,
): Promise<UserConversation> {
  const notificationLevel = checkNotificationLevel(input.notificationLevel);
  return saveReadingAt(ctx, input, (current) => ({
    ...changeReadHorizon(current, input, ctx.now),
    notificationLevel: notificationLevel ?? current.notificationLevel,
  }));
}

/**
 * Moves the horizon up, never down, to a message or to the newest one. Where it does not move nothing is written: its
 * timestamp is of the last time that it did. Works in every state of the conversation.
 *
 * @throws ApiError NOT_FOUND, LAST_READ_INDEX_INVALID
 */
export async function markRead(ctx: Context, input: MarkReadInput): Promise<UserConversation> {
  const { upToIndex } = input;
  checkMessageIndex(upToIndex, "upToIndex");
  return saveReadingAt(ctx, input, (current, newestMessageIndex) => {
    const reached = upToIndex ?? newestMessageIndex ?? -1;
    if (reached <= (current.lastReadMessageIndex ?? -1)) return null;
    return { ...current, lastReadMessageIndex: reached, lastReadTimestamp: ctx.now };
  });
}

/** Works in every state of the conversation. @throws ApiError NOT_FOUND */
export async function muteConversation(
  ctx: Context,
  input: MuteConversationInput,
): Promise<UserConversation> {
  const notificationLevel = input.muted ? "muted" : "default";
  return saveReadingAt(ctx, input, (current) => ({ ...current, notificationLevel }));
}

async function saveReadingAt(
  ctx: Context,
  key: UserConversationKey,
  change: Parameters<typeof saveReading>[2],
): Promise<UserConversation> {
  const { sid } = await participantAt(ctx, key);
  const participant = await saveReading(ctx, sid, change);
  return { participant, conversation: await conversationOfParticipant(ctx, participant) };
}

/** The user's participant is removed. The answer is what it was. @throws ApiError NOT_FOUND */
export async function leaveConversation(ctx: Context, key: UserConversationKey): Promise<UserConversation> {
  const left = await getUserConversation(ctx, key);
  const { conversation, participant } = left;
  await removeParticipant(ctx, {
    serviceSid: conversation.chatServiceSid,
    conversation: conversation.sid,
    participant: participant.sid,
  });
  return left;
}

async function participantAt(ctx: Context, key: UserConversationKey): Promise<Participant> {
  const user = await getUser(ctx, key);
  const conversationSid = await conversationSidOf(ctx, user.chatServiceSid, key.conversation);
  const participant = await participantOfUser(ctx, user, conversationSid);
  if (!participant) throw notFound("UserConversation");
  return participant;
}
