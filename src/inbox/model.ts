import type { Instant } from "../core/instant.ts";

/** What a participant's inbox row says of its conversation. */
export interface InboxEntry {
  readonly conversationSid: string;
  readonly participantSid: string;
  /** Messages above the read horizon, own ones included; null while there is none (decision 16). */
  readonly unreadCount: number | null;
  /** Index of the newest message that is left; null where there is none. */
  readonly newestMessageIndex: number | null;
  readonly dateActivity: Instant;
}
