import { randomBytes } from "node:crypto";

/** Account, Service, Role, User, Conversation, Participant, Message, API key. */
export type SidPrefix = "AC" | "IS" | "RL" | "US" | "CH" | "MB" | "IM" | "SK";

/** Makes a SID of the given kind: two letters and 32 hex digits. */
export type SidSource = (prefix: SidPrefix) => string;

/** The shape every SID has, ours or Twilio's, whatever its kind. */
const ANY_SID = /^[A-Za-z]{2}[0-9a-fA-F]{32}$/;

/** True where `text` could be mistaken for a SID: identities of that shape are refused (decision 22). */
export function looksLikeSid(text: string): boolean {
  return ANY_SID.test(text);
}

/** The SID in its stored, lower-case form, or null where `text` is not a SID of that kind. */
export function parseSid(prefix: string, text: string): string | null {
  return text.startsWith(prefix) && ANY_SID.test(text) ? prefix + text.slice(2).toLowerCase() : null;
}

/**
 * SIDs that sort by age: 48 bits of milliseconds, a 16-bit count that keeps one process in order within a
 * millisecond, and 64 random bits. New rows land together in an index, and "by SID" is also "by age".
 */
export function createSidSource(
  clock: () => number = Date.now,
  random: (n: number) => Buffer = randomBytes,
): SidSource {
  let last = 0;
  let count = 0;
  return (prefix) => {
    const time = Math.max(clock(), last);
    count = time === last ? count + 1 : 0;
    last = count > 0xffff ? time + 1 : time;
    if (count > 0xffff) count = 0;
    return (
      prefix +
      last.toString(16).padStart(12, "0") +
      count.toString(16).padStart(4, "0") +
      random(8).toString("hex")
    );
  };
}
