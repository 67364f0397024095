import { randomBytes } from "node:crypto";
import { defined } from "../core/defined.ts";
import type { Instant } from "../core/instant.ts";
import { checkMessagingServiceSid } from "../core/messaging.ts";
import { checkClosedTimer, checkInactiveTimer } from "../core/timers.ts";

/** A tenant: everything else belongs to exactly one. */
export interface Account {
  readonly sid: string;
  readonly friendlyName: string;
  readonly defaultServiceSid: string;
  readonly defaultMessagingServiceSid: string | null;
  /** ISO 8601 durations, as they were given. */
  readonly defaultInactiveTimer: string | null;
  readonly defaultClosedTimer: string | null;
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

/** What new conversations get where nothing is said of it. */
export type ConversationDefaults = Pick<
  Account,
  "defaultMessagingServiceSid" | "defaultInactiveTimer" | "defaultClosedTimer"
>;

/** Absent leaves a value as it is, null or an empty text clears it; there is always a default service. */
export type UpdateConfigurationInput = {
  readonly [K in keyof ConversationDefaults | "defaultServiceSid"]?: string | null;
};

/** @throws ApiError MESSAGING_SERVICE_SID_INVALID; TIMER_… of core/timers.ts */
export function checkDefaults(input: UpdateConfigurationInput): Partial<ConversationDefaults> {
  const { defaultMessagingServiceSid, defaultInactiveTimer, defaultClosedTimer } = input;
  return defined({
    defaultMessagingServiceSid: checkMessagingServiceSid(
      defaultMessagingServiceSid,
      "defaultMessagingServiceSid",
    ),
    defaultInactiveTimer: timer(defaultInactiveTimer, "defaultInactiveTimer", checkInactiveTimer),
    defaultClosedTimer: timer(defaultClosedTimer, "defaultClosedTimer", checkClosedTimer),
  });
}

/** As it is kept: null for no time, like `PT0S`, as for an empty text. */
function timer(given: string | null | undefined, parameter: string, check: typeof checkClosedTimer) {
  const text = given === "" ? null : given;
  return check(text, parameter) === 0 ? null : text;
}

/** A second way into an account, revocable on its own. */
export interface ApiKey {
  readonly sid: string;
  readonly accountSid: string;
  readonly friendlyName: string;
  readonly dateCreated: Instant;
}

/** 128 random bits in hex: some clients refuse anything but letters and digits in a password. */
export function createSecret(): string {
  return randomBytes(16).toString("hex");
}
