import type { Context } from "../context.ts";
import { conversationSidOf } from "../conversations/resolvers.ts";
import { notFound } from "../core/errors.ts";
import type { Page, PageRequest } from "../core/page.ts";
import { changeReadHorizon, checkNotificationLevel, type Participant } from "../participants/model.ts";
import {
  conversationOfParticipant,
  findParticipants,
  participantOfUser,
  removeParticipant,
  saveReading,
} from "../participants/resolvers.ts";
import type { User } from "../users/model.ts";
import { getUser } from "../users/resolvers.ts";
import {
  toUserConversation,
  type UpdateUserConversationInput,
  type UserConversation,
  type UserConversationKey,
} from "./model.ts";

/** @throws ApiError NOT_FOUND */
export async function getUserConversation(ctx: Context, key: UserConversationKey): Promise<UserConversation> {
  const participant = await participantAt(ctx, key);
  return toUserConversation(participant, await conversationOfParticipant(ctx, participant));
}

/** What the user takes part in now, by conversation SID; closed conversations too. @throws ApiError NOT_FOUND */
export async function listUserConversations(
  ctx: Context,
  key: { serviceSid?: string | null; user: string },
  request: PageRequest,
): Promise<Page<UserConversation>> {
  return userConversationsOfUser(ctx, await getUser(ctx, key), request);
}

/** One statement for all users that ask for the same page. */
export function userConversationsOfUser(
  ctx: Context,
  user: User,
  request: PageRequest,
): Promise<Page<UserConversation>> {
  return ctx.loaders.userConversations.ofUser.page(user.sid, request);
}

/** Null for a participant without identity, and for one that is gone. */
export async function userConversationOfParticipant(
  ctx: Context,
  participantSid: string,
): Promise<UserConversation | null> {
  const [participant] = await findParticipants(ctx, [participantSid]);
  if (!participant?.userSid) return null;
  return toUserConversation(participant, await conversationOfParticipant(ctx, participant));
}

/** Works in every state of the conversation. @throws ApiError NOT_FOUND; of the checks in participants/model.ts */
export async function updateUserConversation(
  ctx: Context,
  input: UpdateUserConversationInput,
): Promise<UserConversation> {
  const notificationLevel = checkNotificationLevel(input.notificationLevel);
  const { sid } = await participantAt(ctx, input);
  const participant = await saveReading(ctx, sid, (current) => ({
    ...changeReadHorizon(current, input, ctx.now),
    notificationLevel: notificationLevel ?? current.notificationLevel,
  }));
  return toUserConversation(participant, await conversationOfParticipant(ctx, participant));
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
