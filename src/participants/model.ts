import { checkAttributes } from "../core/attributes.ts";
import { ApiError } from "../core/errors.ts";
import { type Instant, parseInstant } from "../core/instant.ts";
import { parseSid } from "../core/sid.ts";
import { checkText } from "../core/text.ts";
import { type AddressFields, checkAddress, checkBinding, typeOfAddress } from "./address.ts";

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

export interface MessagingBinding {
  readonly type: string;
  readonly address: string | null;
  readonly proxyAddress: string | null;
  readonly projectedAddress: string | null;
  readonly name: string | null;
  readonly level: string | null;
}

/** Null for a participant who only chats. */
export function messagingBindingOf(participant: Participant): MessagingBinding | null {
  const { address, proxyAddress, projectedAddress } = participant;
  const described = address ?? projectedAddress;
  if (described === null) return null;
  return { type: typeOfAddress(described), address, proxyAddress, projectedAddress, name: null, level: null };
}

/** The read horizon; absent leaves it, null clears it (decision 17). */
export interface ReadHorizonInput {
  /** An integer of at least 0; a text that is none arrives as NaN. */
  readonly lastReadMessageIndex?: number | null;
  /** RFC 3339. */
  readonly lastReadTimestamp?: string | null;
}

export interface AddParticipantInput {
  readonly serviceSid?: string | null;
  /** SID or unique name. */
  readonly conversation: string;
  readonly identity?: string | null;
  readonly messagingBinding?: AddressFields | null;
  readonly attributes?: string | null;
  readonly roleSid?: string | null;
  readonly dateCreated?: string | null;
  readonly dateUpdated?: string | null;
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

export const PARTICIPANT_LIMIT = 1000;
export const NON_CHAT_LIMIT = 50;
const ATTRIBUTES_LIMIT = 4096;
const GREATEST_INDEX = 2_147_483_647;

export function checkParticipantAttributes(text: string | null | undefined): string | undefined {
  return checkAttributes(text, ATTRIBUTES_LIMIT);
}

/**
 * Who a new participant is. Exactly one of: an identity, perhaps with a projected address; a projected address; an
 * address with its proxy; an address alone, as a native member of a group MMS.
 */
export function checkNewParticipant(input: AddParticipantInput) {
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

/** The horizon after the change. An index without a timestamp is read now; clearing the index clears both. */
export function changeReadHorizon(current: Participant, input: ReadHorizonInput, now: Instant) {
  const { lastReadMessageIndex: index, lastReadTimestamp: timestamp } = input;
  if (typeof index === "number" && !(Number.isInteger(index) && index >= 0 && index <= GREATEST_INDEX)) {
    throw new ApiError("LAST_READ_INDEX_INVALID", { parameter: "lastReadMessageIndex" });
  }
  const read = timestamp ? parseInstant(timestamp) : null;
  if (timestamp && read === null) {
    throw new ApiError("INVALID_PARAMETER", {
      message: "Invalid LastReadTimestamp",
      parameter: "lastReadTimestamp",
    });
  }
  const implied = index === undefined ? current.lastReadTimestamp : index === null ? null : now;
  return {
    lastReadMessageIndex: index === undefined ? current.lastReadMessageIndex : index,
    lastReadTimestamp: timestamp === undefined ? implied : read,
  };
}

export function checkNotificationLevel(level: string | null | undefined): NotificationLevel | undefined {
  if (level === undefined || level === null) return undefined;
  if (level !== "default" && level !== "muted") {
    throw new ApiError("NOTIFICATION_LEVEL_INVALID", { parameter: "notificationLevel" });
  }
  return level;
}

/** A participant as paths name it: by SID, or else by identity. */
export function parseParticipantKey(key: string): { sid: string } | { identity: string } {
  const sid = parseSid("MB", key);
  return sid === null ? { identity: checkText(key, "participant") } : { sid };
}
