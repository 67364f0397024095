import type { Context } from "../../context.ts";
import { checkOpen, conversationSidOf } from "../../conversations/resolvers.ts";
import { ApiError } from "../../core/errors.ts";
import type { Tx } from "../../db/client.ts";
import { checkRole, givingRole } from "../../roles/resolvers.ts";
import type { Service } from "../../services/model.ts";
import { serviceOf } from "../../services/resolvers.ts";
import { ensureUser, usersNamed } from "../../users/resolvers.ts";
import { claimMissed, freeingDueBinding, withHolder } from "../conflicts.ts";
import { channelsOf, type Participant } from "../model.ts";
import {
  bindingHolder,
  countParticipants,
  groupMember,
  insertInInbox,
  insertParticipant,
  participantByIdentity,
  participantByPair,
} from "../queries.ts";
import { joinDirectly } from "./direct.ts";
import {
  type AddParticipantInput,
  checkHeadcount,
  checkNewcomer,
  defaultRoleOf,
  type Headcount,
  headcountOf,
  inboxRow,
  type Newcomer,
  participantRow,
} from "./model.ts";

/** A request to join that is right in itself. */
interface Application extends Newcomer {
  readonly accountSid: string;
  readonly service: Service;
  readonly conversationSid: string;
  readonly roleSid: string | null;
}

/**
 * Adds a participant, and for a new identity its user, to an open conversation.
 *
 * @throws ApiError NOT_FOUND; of the checks in model.ts; ROLE_NOT_FOUND, ROLE_TYPE_INVALID; CONVERSATION_CLOSED;
 * PARTICIPANT_LIMIT, NON_CHAT_PARTICIPANT_LIMIT; PARTICIPANT_EXISTS, GROUP_PARTICIPANT_EXISTS, BINDING_EXISTS
 */
export function addParticipant(ctx: Context, input: AddParticipantInput): Promise<Participant> {
  return givingRole(ctx, async () => {
    const newcomer = checkNewcomer(input);
    if (input.roleSid) return join(ctx, await applicationOf(ctx, input, newcomer));
    const tried = joinDirectly(ctx, newcomer, { ...input, roleSid: null });
    // Who stands in the way is looked up by SIDs that the request need not have named.
    const joined = await tried.catch((error) => {
      if (!claimMissed(newcomer, error)) throw error;
      return null;
    });
    return joined ?? join(ctx, await applicationOf(ctx, input, newcomer), tried);
  });
}

/** How often the participant in the way may go while one request finds it there. */
const ATTEMPTS = 8;

/**
 * The participant who is in the conversation already, as it is and whatever the conversation's state, or else a new one.
 * Who has an identity is the same by that alone; anyone else by its addresses.
 *
 * @throws ApiError as `addParticipant`: BINDING_EXISTS only for a pair held by another conversation,
 * GROUP_PARTICIPANT_EXISTS only for a number that belongs to another identity, PARTICIPANT_EXISTS never
 */
export function ensureParticipant(
  ctx: Context,
  input: AddParticipantInput,
): Promise<{ participant: Participant; created: boolean }> {
  return givingRole(ctx, async () => {
    const application = await applicationOf(ctx, input, checkNewcomer(input));
    for (let attempt = 1; ; attempt++) {
      const there = await sameAs(ctx, application);
      if (there) return { participant: there, created: false };
      try {
        return { participant: await join(ctx, application), created: true };
      } catch (error) {
        if (attempt === ATTEMPTS || !(await isTwin(ctx, application, error))) throw error;
      }
    }
  });
}

/** Whether it was the same participant that stood in the way, made by someone else meanwhile. */
async function isTwin(ctx: Context, application: Application, error: unknown): Promise<boolean> {
  if (!(error instanceof ApiError)) return false;
  const { accountSid, conversationSid, identity, address, proxyAddress } = application;
  if (error.code === "PARTICIPANT_EXISTS") return true;
  if (error.code === "GROUP_PARTICIPANT_EXISTS") return identity === null;
  if (error.code !== "BINDING_EXISTS" || address === null || proxyAddress === null) return false;
  const [holder] = await bindingHolder(ctx.db, { accountSid, address, proxyAddress });
  return holder === undefined || holder.conversationSid === conversationSid;
}

/** Who is in the conversation under the same identity, or where that is null under the same addresses. */
async function sameAs(ctx: Context, application: Application): Promise<Participant | null> {
  const { accountSid, service, conversationSid, identity, address, proxyAddress } = application;
  const place = { accountSid, serviceSid: service.sid, conversationSid };
  const [found] =
    identity !== null
      ? await participantByIdentity(ctx.db, { ...place, identity })
      : address !== null && proxyAddress !== null
        ? await participantByPair(ctx.db, { ...place, address, proxyAddress })
        : await groupMember(ctx.db, application);
  return found?.chatServiceSid === service.sid ? found : null;
}

/** Judges all that can be judged before the conversation is locked. */
async function applicationOf(
  ctx: Context,
  input: AddParticipantInput,
  newcomer: Newcomer,
): Promise<Application> {
  const service = await serviceOf(ctx, input.serviceSid);
  const conversationSid = await conversationSidOf(ctx, service.sid, input.conversation);
  const given = await checkRole(ctx, service.sid, input.roleSid, "conversation");
  const roleSid = given ?? defaultRoleOf(service, newcomer);
  return { ...newcomer, accountSid: ctx.accountSid, service, conversationSid, roleSid };
}

function targetOf({ service, conversationSid, roleSid }: Application) {
  return { serviceSid: service.sid, conversation: conversationSid, roleSid };
}

/**
 * Joins directly, or else step by step, in a transaction that finds out what speaks against it.
 *
 * @param tried what has come of joining directly
 */
async function join(
  ctx: Context,
  application: Application,
  tried = joinDirectly(ctx, application, targetOf(application)),
): Promise<Participant> {
  const { now } = ctx;
  const { accountSid, service, conversationSid, identity, roleSid } = application;
  try {
    const inSteps = async (tx: Tx) => {
      const coming = { ...headcountOf([application]), channels: channelsOf([application]) };
      // What does not hang on what comes back is sent along: it runs behind the lock all the same, in one trip.
      const [joined, known] = await Promise.all([
        admit(tx, ctx, service, conversationSid, coming),
        usersNamed(tx, ctx, service, identity === null ? [] : [identity]),
      ]);
      const user = identity === null ? null : await ensureUser(tx, ctx, service, identity, known);
      const place = { accountSid, chatServiceSid: service.sid, conversationSid, ...joined };
      const joining = { sid: ctx.newSid("MB"), userSid: user?.sid ?? null, roleSid, now };
      const [[participant]] = await Promise.all([
        insertParticipant(tx, participantRow(place, application, joining)),
        insertInInbox(tx, inboxRow(place, application, joining)),
      ]);
      return participant!;
    };
    const first = async () => (await tried) ?? ctx.db.transaction(inSteps);
    return await freeingDueBinding(ctx, application, inSteps, first);
  } catch (error) {
    throw await withHolder(ctx, service.sid, application, error);
  } finally {
    ctx.loaders.clearAll();
  }
}

/**
 * Locks the conversation, counts who comes and by which channels, and refuses what is one too many.
 *
 * @throws ApiError NOT_FOUND, CONVERSATION_CLOSED, PARTICIPANT_LIMIT, NON_CHAT_PARTICIPANT_LIMIT
 */
export async function admit(
  tx: Tx,
  ctx: Context,
  service: Service,
  conversationSid: string,
  coming: Headcount & { readonly channels: readonly string[] },
) {
  const { accountSid, now } = ctx;
  const key = { accountSid, serviceSid: service.sid, conversationSid, now };
  const [counts] = await countParticipants(tx, { ...key, ...coming });
  checkOpen(counts, ctx.clock());
  checkHeadcount(counts);
  return counts;
}
