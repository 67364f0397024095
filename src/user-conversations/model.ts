import type { Conversation } from "../conversations/model.ts";
import type { Participant, ReadHorizonInput } from "../participants/model.ts";

/** A conversation as one of its users sees it: what is unread, whether it is muted. */
export interface UserConversation {
  readonly participant: Participant;
  readonly conversation: Conversation;
  /** Messages above the read horizon; null while there is no horizon (decision 16). */
  readonly unreadMessagesCount: number | null;
}

export interface UserConversationKey {
  readonly serviceSid?: string | null;
  /** SID or identity. */
  readonly user: string;
  /** SID or unique name. */
  readonly conversation: string;
}

export interface UpdateUserConversationInput extends UserConversationKey, ReadHorizonInput {
  readonly notificationLevel?: string | null;
}

export function toUserConversation(participant: Participant, conversation: Conversation): UserConversation {
  return {
    participant,
    conversation,
    unreadMessagesCount: participant.lastReadMessageIndex === null ? null : 0,
  };
}
