import type { Context } from "../context.ts";
import type { Conversation, LightConversation } from "../conversations/model.ts";
import {
  checkOpen,
  conversationSidOf,
  getConversation,
  lockedConversation,
} from "../conversations/resolvers.ts";
import { type Columns, type In, isFull } from "../core/columns.ts";
import { foundAgain, notFound } from "../core/errors.ts";
import type { Page, PageRequest } from "../core/page.ts";
import { parseSid } from "../core/sid.ts";
import { checkRole, givingRole } from "../roles/resolvers.ts";
import { serviceOf } from "../services/resolvers.ts";
import { checkIdentity, type LightUser, type User } from "../users/model.ts";
import { ensureUser } from "../users/resolvers.ts";
import { freeingDueBinding, withHolder } from "./conflicts.ts";
import { defaultRoleOf } from "./joining/model.ts";
import { admit } from "./joining/resolvers.ts";
import {
  changeBinding,
  channelOf,
  checkParticipantAttributes,
  checkParticipantDates,
  type LightParticipant,
  type Participant,
  parseParticipantKey,
  type UpdateParticipantInput,
} from "./model.ts";
import {
  countParticipants,
  deleteParticipant,
  joinInInbox,
  participantByIdentity,
  refreshChannels,
  updateParticipantRow,
} from "./queries.ts";
import { changeReadHorizon } from "./reading/model.ts";
import { keepInInbox, lockedParticipant } from "./reading/resolvers.ts";

export interface ParticipantKey {
  readonly serviceSid?: string | null;
  /** SID or unique name. */
  readonly conversation: string;
  /** SID; where a participant is read, also its identity. */
  readonly participant: string;
}

/** @throws ApiError NOT_FOUND */
export async function getParticipant(ctx: Context, key: ParticipantKey): Promise<Participant> {
  const { db, accountSid, loaders } = ctx;
  const { sid: serviceSid } = await serviceOf(ctx, key.serviceSid);
  const conversationSid = await conversationSidOf(ctx, serviceSid, key.conversation);
  const named = parseParticipantKey(key.participant);
  const participant =
    "sid" in named
      ? await loaders.participants.bySid.load(named.sid)
      : (
          await participantByIdentity(db, {
            accountSid,
            serviceSid,
            conversationSid,
            identity: named.identity,
          })
        )[0];
  if (participant?.conversationSid !== conversationSid || participant.chatServiceSid !== serviceSid) {
    throw notFound("Participant");
  }
  return participant;
}

export function findParticipants(ctx: Context, sids: readonly string[]): Promise<(Participant | null)[]> {
  return Promise.all(sids.map((sid) => ctx.loaders.participants.bySid.load(sid)));
}

/** All of a participant of which a list has read a part. @throws ApiError NOT_FOUND where it was removed in between */
export function fullParticipant(ctx: Context, row: LightParticipant): Participant | Promise<Participant> {
  return isFull<Participant>(row)
    ? row
    : foundAgain(ctx.loaders.participants.bySid.load(row.sid), "Participant");
}

/** By SID. @throws ApiError NOT_FOUND */
export async function listParticipants(
  ctx: Context,
  key: { serviceSid?: string | null; conversation: string },
  request: PageRequest,
): Promise<Page<Participant>> {
  return participantsOfConversation(ctx, await getConversation(ctx, key), request);
}

/** By SID. One statement for all conversations that ask for the same page. */
export function participantsOfConversation<C extends Columns = "full">(
  ctx: Context,
  conversation: LightConversation,
  request: PageRequest,
  columns?: C,
): Promise<Page<In<C, LightParticipant, Participant>>> {
  return ctx.loaders.participants.ofConversation.page(conversation.sid, request, columns);
}

/** What a user takes part in, by conversation SID. One statement for all users that ask for the same page. */
export function participationsOfUser<C extends Columns = "full">(
  ctx: Context,
  user: LightUser,
  request: PageRequest,
  columns?: C,
): Promise<Page<In<C, LightParticipant, Participant>>> {
  return ctx.loaders.participants.ofUser.page(user.sid, request, columns);
}

/** Null for a participant without identity. */
export function userOfParticipant<C extends Columns = "full">(
  ctx: Context,
  { userSid }: LightParticipant,
  columns = "full" as C,
): Promise<In<C, LightUser, User> | null> | null {
  return userSid === null ? null : ctx.loaders.users.bySid.load(userSid, columns);
}

/** @throws ApiError NOT_FOUND where it was deleted in between */
export async function conversationOfParticipant(
  ctx: Context,
  participant: LightParticipant,
): Promise<Conversation> {
  const conversation = await ctx.loaders.conversations.bySid.load(participant.conversationSid);
  if (!conversation) throw notFound("Conversation");
  return conversation;
}

/** The participant that a user is in a conversation, by the identity it has now. */
export async function participantOfUser(
  ctx: Context,
  user: User,
  conversationSid: string,
): Promise<Participant | null> {
  const { chatServiceSid: serviceSid, identity } = user;
  const [participant] = await participantByIdentity(ctx.db, {
    accountSid: ctx.accountSid,
    serviceSid,
    conversationSid,
    identity,
  });
  return participant ?? null;
}

/**
 * Changes a participant of an open conversation. Only its SID names it here, not its identity.
 *
 * @throws ApiError NOT_FOUND; of the checks in model.ts; ROLE_NOT_FOUND, ROLE_TYPE_INVALID; CONVERSATION_CLOSED;
 * PARTICIPANT_EXISTS, GROUP_PARTICIPANT_EXISTS, BINDING_EXISTS
 */
export function updateParticipant(ctx: Context, input: UpdateParticipantInput): Promise<Participant> {
  return givingRole(ctx, () => changeParticipant(ctx, input));
}

async function changeParticipant(ctx: Context, input: UpdateParticipantInput): Promise<Participant> {
  const attributes = checkParticipantAttributes(input.attributes);
  const dates = checkParticipantDates(input);
  if (input.identity) checkIdentity(input.identity);
  const { accountSid, now } = ctx;
  const service = await serviceOf(ctx, input.serviceSid);
  const conversationSid = await conversationSidOf(ctx, service.sid, input.conversation);
  const givenRole = await checkRole(ctx, service.sid, input.roleSid, "conversation");
  const current = await getParticipant(ctx, { ...input, participant: sidOf(input) });
  const pair = { accountSid, conversationSid, address: current.address, ...changeBinding(current, input) };
  try {
    return await freeingDueBinding(ctx, pair, async (tx) => {
      const key = { accountSid, serviceSid: service.sid, sid: conversationSid, now };
      checkOpen(await lockedConversation(tx, key), ctx.clock());
      const before = await lockedParticipant(tx, { accountSid, sid: current.sid });
      const locked = before.participant;
      const change = changeBinding(locked, input);
      const joins = locked.identity === null && change.identity !== null;
      if (joins) await admit(tx, ctx, service, conversationSid, { all: 0, nonChat: -1, channels: [] });
      const user = joins ? await ensureUser(tx, ctx, service, change.identity!) : null;
      const [updated] = await updateParticipantRow(tx, {
        ...locked,
        ...change,
        ...changeReadHorizon(locked, input, now),
        userSid: user?.sid ?? locked.userSid,
        bindingActive: true,
        roleSid: givenRole ?? locked.roleSid ?? defaultRoleOf(service, change),
        attributes: attributes ?? locked.attributes,
        dateCreated: dates.dateCreated ?? locked.dateCreated,
        dateUpdated: dates.dateUpdated ?? now,
      });
      await keepInInbox(tx, before, updated!);
      if (user !== null) {
        const place = { accountSid, conversationSid, participantSid: locked.sid };
        await joinInInbox(tx, { ...place, userSid: user.sid });
      }
      if (channelOf(updated!) !== channelOf(locked))
        await refreshChannels(tx, { accountSid, conversationSid });
      return updated!;
    });
  } catch (error) {
    throw await withHolder(ctx, service.sid, pair, error);
  } finally {
    ctx.loaders.clearAll();
  }
}

/** Takes a participant out of a conversation, whatever its state. Only its SID names it here. @throws ApiError NOT_FOUND */
export async function removeParticipant(ctx: Context, key: ParticipantKey): Promise<Participant> {
  const { accountSid, now } = ctx;
  const sid = sidOf(key);
  const { sid: serviceSid } = await serviceOf(ctx, key.serviceSid);
  const conversationSid = await conversationSidOf(ctx, serviceSid, key.conversation);
  const removed = await ctx.db.transaction(async (tx) => {
    await lockedConversation(tx, { accountSid, serviceSid, sid: conversationSid, now });
    const [participant] = await deleteParticipant(tx, { accountSid, conversationSid, sid });
    if (!participant) throw notFound("Participant");
    const nonChat = participant.identity === null ? -1 : 0;
    const going = { all: -1, nonChat, channels: [] };
    await countParticipants(tx, { accountSid, serviceSid, conversationSid, now, ...going });
    if (channelOf(participant) !== null) await refreshChannels(tx, { accountSid, conversationSid });
    return participant;
  });
  ctx.loaders.clearAll();
  return removed;
}

function sidOf({ participant }: { participant: string }): string {
  const sid = parseSid("MB", participant);
  if (sid === null) throw notFound("Participant");
  return sid;
}
