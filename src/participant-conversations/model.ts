import {
  type Conversation,
  type ConversationState,
  checkDate,
  type LightConversation,
} from "../conversations/model.ts";
import { ApiError } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import type { Position } from "../core/page.ts";
import { checkName, checkText } from "../core/text.ts";
import type { LightParticipant, Participant } from "../participants/model.ts";

/** A conversation that someone takes part in, with the participant that they are there. */
export interface ParticipantConversation {
  readonly participant: Participant;
  readonly conversation: Conversation;
}

/** What lists over REST show of it, and most of those over GraphQL. */
export interface LightParticipantConversation {
  readonly participant: LightParticipant;
  readonly conversation: ListedConversation;
}

export type ListedConversation = LightConversation &
  Pick<Conversation, "attributes" | "createdBy" | "dateInactive" | "dateClosed">;

/** By SID oldest first, else newest first. */
export type ConversationOrder = "sid" | "lastActivity" | "dateCreated";

/** Absent, null and an empty text filter nothing; so does false for `unreadOnly`. */
export interface ParticipantConversationFilter {
  readonly state?: ConversationState | null;
  readonly unreadOnly?: boolean | null;
  readonly muted?: boolean | null;
  /** `chat`, or what addresses of the channel begin with; `sms` for bare numbers. */
  readonly channelType?: string | null;
  /** RFC 3339. */
  readonly activeSince?: string | null;
  readonly friendlyNamePrefix?: string | null;
}

export interface ListInput {
  readonly orderBy?: ConversationOrder | null;
  readonly filter?: ParticipantConversationFilter | null;
}

export interface ParticipantConversationsInput extends ListInput {
  readonly serviceSid?: string | null;
  readonly identity?: string | null;
  readonly address?: string | null;
}

export interface CheckedFilter {
  readonly state: ConversationState | null;
  readonly unreadOnly: boolean | null;
  readonly muted: boolean | null;
  readonly channelType: string | null;
  readonly activeSince: Instant | null;
  readonly friendlyNamePrefix: string | null;
}

/** Null where nothing is filtered. @throws ApiError INVALID_PARAMETER, FRIENDLY_NAME_TOO_LONG */
export function checkListFilter(filter: ParticipantConversationFilter): CheckedFilter | null {
  const checked = {
    state: filter.state ?? null,
    unreadOnly: filter.unreadOnly || null,
    muted: filter.muted ?? null,
    channelType: filter.channelType ?? null,
    activeSince: checkDate(filter.activeSince, "activeSince", "INVALID_PARAMETER") ?? null,
    friendlyNamePrefix:
      checkName(filter.friendlyNamePrefix, "friendlyNamePrefix", "FRIENDLY_NAME_TOO_LONG") ?? null,
  };
  return Object.values(checked).every((value) => value === null) ? null : checked;
}

/** Where a row stands in an order. An address may be in a conversation more than once: there the participant's SID decides. */
export function positionIn(
  order: ConversationOrder,
  { participant, conversation }: LightParticipantConversation,
): Position {
  const { sid, dateActivity, dateCreated } = conversation;
  const dates = { sid: [], lastActivity: [dateActivity], dateCreated: [dateCreated] };
  return [...dates[order], sid, participant.sid];
}

export type Lookup = { identity: string } | { address: string };

/** Exactly one of identity and address; an empty text counts as absent (decision 1). */
export function checkLookup({ identity, address }: ParticipantConversationsInput): Lookup {
  if (identity && address) throw new ApiError("IDENTITY_AND_ADDRESS");
  if (identity) return { identity: checkText(identity, "identity") };
  if (address) return { address: checkText(address, "address") };
  throw new ApiError("INVALID_PARAMETER", { message: "Either Identity or Address must be given" });
}
