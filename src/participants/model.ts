import { checkDate } from "../conversations/model.ts";
import { checkAttributes } from "../core/attributes.ts";
import { ApiError } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import { parseSid } from "../core/sid.ts";
import { checkText } from "../core/text.ts";
import { type AddressFields, checkAddress, checkBinding, typeOfAddress } from "./address.ts";
import type { ReadHorizonInput } from "./reading/model.ts";

export type NotificationLevel = "default" | "muted";

/** Someone in a conversation: a chat identity, a messaging address behind a proxy, or a member of a group MMS. */
export interface Participant {
  readonly accountSid: string;
  readonly chatServiceSid: string;
  readonly conversationSid: string;
  readonly sid: string;
  readonly identity: string | null;
  /** The user behind the identity. */
  readonly userSid: string | null;
  readonly address: string | null;
  readonly proxyAddress: string | null;
  readonly projectedAddress: string | null;
  readonly roleSid: string | null;
  readonly attributes: string;
  readonly lastReadMessageIndex: number | null;
  readonly lastReadTimestamp: Instant | null;
  readonly notificationLevel: NotificationLevel;
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

/** What most lists show of a participant. */
export type LightParticipant = Pick<
  Participant,
  "conversationSid" | "sid" | "identity" | "userSid" | "address" | "proxyAddress" | "projectedAddress"
>;

export interface MessagingBinding {
  readonly type: string;
  readonly address: string | null;
  readonly proxyAddress: string | null;
  readonly projectedAddress: string | null;
  readonly name: string | null;
  readonly level: string | null;
}

/** The channel over which a participant is reached; null for one who only chats. */
export function channelOf(who: Pick<Participant, "address" | "projectedAddress">): string | null {
  const described = who.address ?? who.projectedAddress;
  return described === null ? null : typeOfAddress(described);
}

/** The channels of several, each once. */
export function channelsOf(some: readonly Pick<Participant, "address" | "projectedAddress">[]): string[] {
  return [...new Set(some.flatMap((one) => channelOf(one) ?? []))];
}

/** Null for a participant who only chats. */
export function messagingBindingOf(participant: LightParticipant): MessagingBinding | null {
  const { address, proxyAddress, projectedAddress } = participant;
  const type = channelOf(participant);
  if (type === null) return null;
  return { type, address, proxyAddress, projectedAddress, name: null, level: null };
}

export interface UpdateParticipantInput extends ReadHorizonInput {
  readonly serviceSid?: string | null;
  readonly conversation: string;
  /** SID only. */
  readonly participant: string;
  readonly identity?: string | null;
  /** Null removes an address, a text adds one. */
  readonly messagingBinding?: Omit<AddressFields, "address"> | null;
  readonly attributes?: string | null;
  readonly roleSid?: string | null;
  readonly dateCreated?: string | null;
  readonly dateUpdated?: string | null;
}

export const ATTRIBUTES_LIMIT = 4096;

export function checkParticipantAttributes(text: string | null | undefined): string | undefined {
  return checkAttributes(text, ATTRIBUTES_LIMIT);
}

export function checkParticipantDates(input: {
  readonly dateCreated?: string | null;
  readonly dateUpdated?: string | null;
}) {
  return {
    dateCreated: checkDate(input.dateCreated, "dateCreated", "DATE_CREATED_INVALID"),
    dateUpdated: checkDate(input.dateUpdated, "dateUpdated", "DATE_UPDATED_INVALID"),
  };
}

interface BindingChange {
  readonly identity: string | null;
  readonly proxyAddress: string | null;
  readonly projectedAddress: string | null;
}

/** What an update makes of the participant's identity and addresses, or why it can't. */
export function changeBinding(current: Participant, input: UpdateParticipantInput): BindingChange {
  return {
    identity: changeIdentity(current, input.identity),
    proxyAddress: changeProxy(current, input.messagingBinding?.proxyAddress),
    projectedAddress: changeProjected(current, input.messagingBinding?.projectedAddress),
  };
}

function changeIdentity(current: Participant, wanted: string | null | undefined): string | null {
  if (wanted === undefined || wanted === null || wanted === "") return current.identity;
  if (current.projectedAddress === null || current.identity !== null) {
    throw new ApiError("IDENTITY_NOT_ADDABLE", { parameter: "identity" });
  }
  return wanted;
}

function changeProxy(current: Participant, wanted: string | null | undefined): string | null {
  const parameter = "messagingBinding.proxyAddress";
  if (wanted === undefined) return current.proxyAddress;
  if (wanted === null) {
    if (current.proxyAddress === null) throw new ApiError("PROXY_ADDRESS_NOT_REMOVABLE", { parameter });
    return null;
  }
  const proxyAddress = checkAddress(wanted, parameter, "PROXY_ADDRESS_EMPTY", "PROXY_ADDRESS_INVALID");
  if (current.address === null || current.proxyAddress !== null) {
    throw new ApiError("PROXY_ADDRESS_NOT_ADDABLE", { parameter });
  }
  checkBinding({ address: current.address, proxyAddress });
  return proxyAddress;
}

function changeProjected(current: Participant, wanted: string | null | undefined): string | null {
  const parameter = "messagingBinding.projectedAddress";
  if (wanted === undefined) return current.projectedAddress;
  if (wanted === null) {
    // Without an identity the projected address is all there is of the participant.
    if (current.projectedAddress === null || current.identity === null) {
      throw new ApiError("PROJECTED_ADDRESS_NOT_REMOVABLE", { parameter });
    }
    return null;
  }
  const { projectedAddress } = checkBinding({ projectedAddress: wanted });
  if (projectedAddress === null || current.address !== null || current.projectedAddress !== null) {
    throw new ApiError("PROJECTED_ADDRESS_NOT_ADDABLE", { parameter });
  }
  return projectedAddress;
}

/** A participant as paths name it: by SID, or else by identity. */
export function parseParticipantKey(key: string): { sid: string } | { identity: string } {
  const sid = parseSid("MB", key);
  return sid === null ? { identity: checkText(key, "participant") } : { sid };
}
