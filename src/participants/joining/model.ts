import { NO_ATTRIBUTES } from "../../core/attributes.ts";
import { ApiError } from "../../core/errors.ts";
import type { Instant } from "../../core/instant.ts";
import type { Service } from "../../services/model.ts";
import { checkIdentity } from "../../users/model.ts";
import { type AddressFields, checkBinding } from "../address.ts";
import { checkParticipantAttributes, checkParticipantDates } from "../model.ts";

/** Who is to take part, and with what. */
export interface NewParticipantInput {
  readonly identity?: string | null;
  readonly messagingBinding?: AddressFields | null;
  readonly attributes?: string | null;
  readonly roleSid?: string | null;
  readonly dateCreated?: string | null;
  readonly dateUpdated?: string | null;
}

export interface AddParticipantInput extends NewParticipantInput {
  readonly serviceSid?: string | null;
  /** SID or unique name. */
  readonly conversation: string;
}

/** Who a participant is: what no other in the conversation may be, nor a pair of addresses in any open one. */
export interface Who {
  readonly identity: string | null;
  readonly address: string | null;
  readonly proxyAddress: string | null;
  readonly projectedAddress: string | null;
}

/** Checked in itself. */
export interface Newcomer extends Who {
  readonly attributes: string;
  readonly dateCreated: Instant | undefined;
  readonly dateUpdated: Instant | undefined;
}

export const PARTICIPANT_LIMIT = 1000;
export const NON_CHAT_LIMIT = 50;

/** How many take part, or would. */
export interface Headcount {
  readonly all: number;
  readonly nonChat: number;
}

export function headcountOf(some: readonly Pick<Who, "identity">[]): Headcount {
  return { all: some.length, nonChat: some.filter(({ identity }) => identity === null).length };
}

/** @throws ApiError PARTICIPANT_LIMIT, NON_CHAT_PARTICIPANT_LIMIT */
export function checkHeadcount({ all, nonChat }: Headcount): void {
  if (all > PARTICIPANT_LIMIT) throw new ApiError("PARTICIPANT_LIMIT");
  if (nonChat > NON_CHAT_LIMIT) throw new ApiError("NON_CHAT_PARTICIPANT_LIMIT");
}

/** Judges a new participant by itself. @throws ApiError of the checks that it is made of */
export function checkNewcomer(input: NewParticipantInput): Newcomer {
  const who = checkWho(input);
  if (who.identity !== null) checkIdentity(who.identity);
  const attributes = checkParticipantAttributes(input.attributes) ?? NO_ATTRIBUTES;
  return { ...who, attributes, ...checkParticipantDates(input) };
}

/**
 * Exactly one of: an identity, perhaps with a projected address; a projected address; an address with its proxy; an
 * address alone, as a native member of a group MMS.
 */
function checkWho(input: NewParticipantInput): Who {
  const binding = input.messagingBinding ?? {};
  const identity = input.identity || null;
  if (identity !== null && (binding.address || binding.proxyAddress)) {
    throw new ApiError("IDENTITY_WITH_ADDRESS", { parameter: "identity" });
  }
  const { address, proxyAddress, projectedAddress } = checkBinding(binding);
  if (identity === null && address === null && proxyAddress === null && projectedAddress === null) {
    throw new ApiError("IDENTITY_MISSING", { parameter: "identity" });
  }
  return { identity, address, proxyAddress, projectedAddress };
}

/** Who chats or has a proxy address gets the service's default role, a native member of a group MMS none (decision 23). */
export function takesDefaultRole({
  identity,
  proxyAddress,
}: Pick<Who, "identity" | "proxyAddress">): boolean {
  return identity !== null || proxyAddress !== null;
}

export function defaultRoleOf(service: Service, who: Pick<Who, "identity" | "proxyAddress">): string | null {
  return takesDefaultRole(who) ? service.defaultConversationRoleSid : null;
}

/** Where a participant joins, as its conversation was when it was locked. */
export interface Place {
  readonly accountSid: string;
  readonly chatServiceSid: string;
  readonly conversationSid: string;
  readonly dateCreated: Instant;
  readonly dateActivity: Instant;
  readonly newestMessageIndex: number | null;
}

/** What tells one participant from another who joins at the same place. */
interface Joining {
  readonly sid: string;
  readonly userSid: string | null;
  readonly roleSid: string | null;
  readonly now: Instant;
}

/** The row of a new participant. */
export function participantRow(place: Place, newcomer: Newcomer, joining: Joining) {
  const { identity, address, proxyAddress, projectedAddress, attributes } = newcomer;
  const { sid, userSid, roleSid, now } = joining;
  return {
    accountSid: place.accountSid,
    sid,
    chatServiceSid: place.chatServiceSid,
    conversationSid: place.conversationSid,
    identity,
    lookupIdentity: identity,
    userSid,
    address,
    proxyAddress,
    projectedAddress,
    bindingActive: true,
    roleSid,
    attributes,
    lastReadMessageIndex: null,
    lastReadTimestamp: null,
    notificationLevel: "default" as const,
    conversationDateCreated: place.dateCreated,
    dateCreated: newcomer.dateCreated ?? now,
    dateUpdated: newcomer.dateUpdated ?? now,
  };
}

/** The row that it has in the inbox. */
export function inboxRow(
  place: Place,
  who: Pick<Who, "identity" | "address">,
  joining: Pick<Joining, "sid" | "userSid">,
) {
  return {
    accountSid: place.accountSid,
    conversationSid: place.conversationSid,
    participantSid: joining.sid,
    chatServiceSid: place.chatServiceSid,
    userSid: joining.userSid,
    address: who.address,
    foundByIdentity: who.identity !== null,
    muted: false,
    lastReadMessageIndex: null,
    newestMessageIndex: place.newestMessageIndex,
    unreadCount: null,
    dateActivity: place.dateActivity,
  };
}
