import type {
  LightParticipantConversation,
  ParticipantConversation,
} from "../participant-conversations/model.ts";
import type { ReadHorizonInput } from "../participants/reading/model.ts";

/** A conversation as one of its users sees it: what is unread, whether it is muted. */
export type UserConversation = ParticipantConversation;
export type LightUserConversation = LightParticipantConversation;

/** Of everything a user takes part in, closed conversations too; where there is no read horizon, nothing is unread. */
export interface UserTotals {
  /** SID of the user. */
  readonly parent: string;
  readonly count: number;
  readonly unreadMessages: number;
  readonly unreadConversations: number;
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

export interface MarkReadInput extends UserConversationKey {
  /** Index of the last message read; absent or null, the newest one. */
  readonly upToIndex?: number | null;
}

export interface MuteConversationInput extends UserConversationKey {
  readonly muted: boolean;
}
