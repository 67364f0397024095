import { ApiError } from "../../core/errors.ts";
import { type Instant, parseInstant } from "../../core/instant.ts";
import type { NotificationLevel, Participant } from "../model.ts";

/** The read horizon; absent leaves it, null clears it (decision 17). */
export interface ReadHorizonInput {
  /** An integer of at least 0; a text that is none arrives as NaN. */
  readonly lastReadMessageIndex?: number | null;
  /** RFC 3339. */
  readonly lastReadTimestamp?: string | null;
}

const GREATEST_INDEX = 2_147_483_647;

export function checkMessageIndex(index: number | null | undefined, parameter: string): void {
  if (typeof index !== "number") return;
  if (!(Number.isInteger(index) && index >= 0 && index <= GREATEST_INDEX)) {
    throw new ApiError("LAST_READ_INDEX_INVALID", { parameter });
  }
}

/** The horizon after the change. An index without a timestamp is read now; clearing the index clears both. */
export function changeReadHorizon(current: Participant, input: ReadHorizonInput, now: Instant) {
  const { lastReadMessageIndex: index, lastReadTimestamp: timestamp } = input;
  checkMessageIndex(index, "lastReadMessageIndex");
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

/** What the inbox knows of a participant's messages before the horizon moves. */
interface Unread {
  readonly lastReadMessageIndex: number | null;
  readonly newestMessageIndex: number | null;
  readonly unreadCount: number | null;
}

/** The unread count is `base`, and `sign` times the messages above one index and up to another. */
interface Recount {
  readonly base: number | null;
  readonly sign: 1 | -1;
  readonly above: number;
  readonly upTo: number;
}

/** How to count what is unread at a new horizon over the shortest range of messages that tells it. */
export function recount(before: Unread, horizon: number | null): Recount {
  const { lastReadMessageIndex: old, newestMessageIndex: newest, unreadCount } = before;
  const known = (base: number | null): Recount => ({ base, sign: 1, above: 0, upTo: 0 });
  if (horizon === null) return known(null);
  if (newest === null || horizon >= newest) return known(0);
  if (old === null || Math.abs(horizon - old) >= newest - horizon) {
    return { base: 0, sign: 1, above: horizon, upTo: newest };
  }
  return horizon > old
    ? { base: unreadCount, sign: -1, above: old, upTo: horizon }
    : { base: unreadCount, sign: 1, above: horizon, upTo: old };
}
