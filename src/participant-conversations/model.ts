import type { Conversation } from "../conversations/model.ts";
import { ApiError } from "../core/errors.ts";
import type { Participant } from "../participants/model.ts";

/** A conversation that someone takes part in, with the participant that they are there. */
export interface ParticipantConversation {
  readonly participant: Participant;
  readonly conversation: Conversation;
}

export interface ParticipantConversationsInput {
  readonly serviceSid?: string | null;
  readonly identity?: string | null;
  readonly address?: string | null;
}

export type Lookup = { identity: string } | { address: string };

/** Exactly one of identity and address; an empty text counts as absent (decision 1). */
export function checkLookup({ identity, address }: ParticipantConversationsInput): Lookup {
  if (identity && address) throw new ApiError("IDENTITY_AND_ADDRESS");
  if (identity) return { identity };
  if (address) return { address };
  throw new ApiError("INVALID_PARAMETER", { message: "Either Identity or Address must be given" });
}
