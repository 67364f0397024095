import type { Context } from "../../context.ts";
import { parseConversationKey } from "../../conversations/model.ts";
import { parseSid } from "../../core/sid.ts";
import { channelOf, type Participant } from "../model.ts";
import { type Newcomer, takesDefaultRole } from "./model.ts";
import { joinBySid, joinByUniqueName } from "./queries.ts";

interface Target {
  readonly serviceSid?: string | null;
  /** SID or unique name. */
  readonly conversation: string;
  /** Null: the service's default one, for those who have that. */
  readonly roleSid: string | null;
}

/**
 * Adds a participant, and for a new identity its user, in one statement, which is a transaction by itself. Null where
 * anything speaks against it: then nothing was done, and who goes step by step is told what it is. The database returns
 * only what the request did not say.
 *
 * @throws ApiError INVALID_PARAMETER for the conversation; PARTICIPANT_EXISTS, GROUP_PARTICIPANT_EXISTS, BINDING_EXISTS;
 * ROLE_NOT_FOUND where the default role was deleted meanwhile
 */
export async function joinDirectly(
  ctx: Context,
  newcomer: Newcomer,
  target: Target,
): Promise<Participant | null> {
  const { db, accountSid, now } = ctx;
  const { identity, address, proxyAddress, projectedAddress, attributes } = newcomer;
  const serviceSid = target.serviceSid == null ? null : parseSid("IS", target.serviceSid);
  if (serviceSid === null && target.serviceSid != null) return null;
  const named = parseConversationKey(target.conversation);
  const bySid = "sid" in named;
  const by = bySid ? joinBySid : joinByUniqueName;
  const sid = ctx.newSid("MB");
  const { dateCreated = now, dateUpdated = now } = newcomer;
  const comer = {
    accountSid,
    serviceSid,
    conversation: bySid ? named.sid : named.uniqueName,
    now,
    moment: ctx.clock(),
    sid,
    projectedAddress,
    channel: channelOf(newcomer),
    roleSid: target.roleSid,
    attributes,
    dateCreated,
    dateUpdated,
  };
  try {
    const [joined] =
      identity === null
        ? await by.messaging(db, { ...comer, address, proxyAddress, hasRole: takesDefaultRole(newcomer) })
        : await by.chatting(db, { ...comer, identity, newUserSid: ctx.newSid("US") });
    if (!joined) return null;
    return {
      chatServiceSid: joined.chatServiceSid,
      conversationSid: joined.conversationSid,
      sid,
      identity,
      userSid: joined.userSid,
      address,
      proxyAddress,
      projectedAddress,
      accountSid,
      roleSid: joined.roleSid,
      attributes,
      lastReadMessageIndex: null,
      lastReadTimestamp: null,
      notificationLevel: "default",
      dateCreated,
      dateUpdated,
    };
  } finally {
    ctx.loaders.clearAll();
  }
}
