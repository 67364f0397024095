import type { ConversationDefaults } from "../accounts/model.ts";
import { checkAttributes } from "../core/attributes.ts";
import { ApiError, type ErrorCode } from "../core/errors.ts";
import { addMilliseconds, type Instant, parseInstant } from "../core/instant.ts";
import { checkMessagingServiceSid } from "../core/messaging.ts";
import { looksLikeSid, parseSid } from "../core/sid.ts";
import { checkName, checkText, lengthOf } from "../core/text.ts";
import { checkClosedTimer, checkInactiveTimer, parseDuration } from "../core/timers.ts";

export type ConversationState = "active" | "inactive" | "closed";

/** State, timers and dates are as of the moment of reading: a timer that has run out has taken effect (decision 36). */
export interface Conversation {
  readonly accountSid: string;
  readonly chatServiceSid: string;
  readonly messagingServiceSid: string | null;
  readonly sid: string;
  readonly friendlyName: string | null;
  readonly uniqueName: string | null;
  readonly attributes: string;
  readonly state: ConversationState;
  /** When the conversation becomes, or became, inactive or closed by itself; null without that timer. */
  readonly dateInactive: Instant | null;
  readonly dateClosed: Instant | null;
  readonly emailAddress: string | null;
  readonly emailName: string | null;
  readonly createdBy: string;
  /** The later of its creation and its newest message (decision 20). */
  readonly dateActivity: Instant;
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

/** What most lists show of a conversation. */
export type LightConversation = Pick<
  Conversation,
  | "chatServiceSid"
  | "sid"
  | "friendlyName"
  | "uniqueName"
  | "state"
  | "dateActivity"
  | "dateCreated"
  | "dateUpdated"
>;

/** Absent leaves a value as it is, null or an empty text clears it. */
interface ConversationFields {
  readonly friendlyName?: string | null;
  readonly uniqueName?: string | null;
  readonly attributes?: string | null;
  readonly messagingServiceSid?: string | null;
  readonly state?: string | null;
  /** ISO 8601 durations of weeks, days, hours, minutes and seconds; `PT0S` removes a timer. */
  readonly timers?: { readonly inactive?: string | null; readonly closed?: string | null } | null;
  readonly email?: { readonly address?: string | null; readonly name?: string | null } | null;
  /** RFC 3339; for importing history. */
  readonly dateCreated?: string | null;
  readonly dateUpdated?: string | null;
}

export interface CreateConversationInput extends ConversationFields {
  readonly serviceSid?: string | null;
}

export interface UpdateConversationInput extends ConversationFields {
  readonly serviceSid?: string | null;
  /** SID or unique name. */
  readonly conversation: string;
}

export interface ConversationFilter {
  readonly state?: string | null;
  /** Created on or after. RFC 3339. */
  readonly createdFrom?: string | null;
  /** Created on or before. RFC 3339. */
  readonly createdTo?: string | null;
}

/** Checked fields; timers are seconds, 0 for none. */
export interface CheckedConversation {
  readonly friendlyName: string | null | undefined;
  readonly uniqueName: string | null | undefined;
  readonly attributes: string | undefined;
  readonly messagingServiceSid: string | null | undefined;
  readonly state: ConversationState | undefined;
  readonly timerInactive: number | undefined;
  readonly timerClosed: number | undefined;
  readonly emailAddress: string | null | undefined;
  readonly emailName: string | null | undefined;
  readonly dateCreated: Instant | undefined;
  readonly dateUpdated: Instant | undefined;
}

export const ATTRIBUTES_LIMIT = 16_384;
const STATES: readonly string[] = ["active", "inactive", "closed"];

/** At most 256 characters; a SID's shape and the path segments `.` and `..` are refused (decision 21). */
function checkUniqueName(name: string | null | undefined): string | null | undefined {
  const parameter = "uniqueName";
  const checked = checkName(name, parameter, "UNIQUE_NAME_INVALID");
  if (!checked) return checked;
  if (looksLikeSid(checked) && parseSid("CH", checked))
    throw new ApiError("UNIQUE_NAME_MATCHES_SID", { parameter });
  if (checked === "." || checked === "..") {
    throw new ApiError("UNIQUE_NAME_INVALID", { message: "Unique Name can't be '.' or '..'", parameter });
  }
  return checked;
}

function checkState(state: string | null | undefined): ConversationState | undefined {
  if (state === undefined) return undefined;
  if (state === null || state === "") throw new ApiError("STATE_EMPTY", { parameter: "state" });
  if (!STATES.includes(state)) throw new ApiError("STATE_INVALID", { parameter: "state" });
  return state as ConversationState;
}

export function checkDate(
  text: string | null | undefined,
  parameter: string,
  code: ErrorCode,
): Instant | undefined {
  if (text === undefined || text === null || text === "") return undefined;
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  const message =
    code === "INVALID_PARAMETER" ? `Invalid date-time '${lengthOf(text) > 40 ? "…" : text}'` : undefined;
  throw new ApiError(code, { parameter, message });
}

function checkEmail(
  text: string | null | undefined,
  parameter: string,
  address: boolean,
): string | null | undefined {
  const checked = checkName(text, parameter, "INVALID_PARAMETER");
  if (address && checked && !/^[^@\s]+@[^@\s]+$/.test(checked)) {
    throw new ApiError("INVALID_PARAMETER", { message: "Invalid email address", parameter });
  }
  return checked;
}

/** Judges every field by itself; what depends on the conversation as it stands is judged where its row is locked. */
export function checkConversation(input: ConversationFields): CheckedConversation {
  const { timers, email } = input;
  return {
    friendlyName: checkName(input.friendlyName, "friendlyName", "FRIENDLY_NAME_TOO_LONG"),
    uniqueName: checkUniqueName(input.uniqueName),
    attributes: checkAttributes(input.attributes, ATTRIBUTES_LIMIT),
    messagingServiceSid: checkMessagingServiceSid(input.messagingServiceSid, "messagingServiceSid"),
    state: checkState(input.state),
    timerInactive: checkInactiveTimer(timers === null ? null : timers?.inactive, "timers.inactive"),
    timerClosed: checkClosedTimer(timers === null ? null : timers?.closed, "timers.closed"),
    emailAddress: checkEmail(email === null ? null : email?.address, "email.address", true),
    emailName: checkEmail(email === null ? null : email?.name, "email.name", false),
    dateCreated: checkDate(input.dateCreated, "dateCreated", "DATE_CREATED_INVALID"),
    dateUpdated: checkDate(input.dateUpdated, "dateUpdated", "DATE_UPDATED_INVALID"),
  };
}

/** What a new conversation may not be: closed from the start, or timed without a state. */
export function checkNewConversation(fields: CheckedConversation): void {
  if (fields.state === "closed") throw new ApiError("INITIAL_STATE_CLOSED", { parameter: "state" });
  if (fields.state === undefined && (fields.timerInactive || fields.timerClosed)) {
    throw new ApiError("TIMERS_WITHOUT_STATE", { parameter: "timers" });
  }
}

/** What a new conversation has of that which its account can give: what is said of it, else the account's. */
export function givenOrDefault(fields: CheckedConversation, defaults: ConversationDefaults) {
  const { messagingServiceSid, timerInactive, timerClosed } = fields;
  const { defaultMessagingServiceSid, defaultInactiveTimer, defaultClosedTimer } = defaults;
  return {
    messagingServiceSid: messagingServiceSid === undefined ? defaultMessagingServiceSid : messagingServiceSid,
    timerInactive: timerInactive ?? secondsOf(defaultInactiveTimer),
    timerClosed: timerClosed ?? secondsOf(defaultClosedTimer),
  };
}

function secondsOf(timer: string | null): number {
  return Math.floor((timer !== null && parseDuration(timer)) || 0);
}

/** The state at a later moment than the conversation was read at, where a lock had to be waited for. */
export function stateAt(
  { state, dateInactive, dateClosed }: Pick<Conversation, "state" | "dateInactive" | "dateClosed">,
  moment: Instant,
): ConversationState {
  if (state === "closed" || (dateClosed !== null && dateClosed <= moment)) return "closed";
  return state === "active" && dateInactive !== null && dateInactive <= moment ? "inactive" : state;
}

/** The later of a conversation's creation and its newest message, which has the greatest index (decision 20). */
export function activityOf(dateCreated: Instant, newestMessageDate: Instant | null): Instant {
  return newestMessageDate !== null && newestMessageDate > dateCreated ? newestMessageDate : dateCreated;
}

/** When a timer of so many seconds runs out; null for none. */
export function timerEnd(since: Instant, seconds: number): Instant | null {
  return seconds === 0 ? null : addMilliseconds(since, seconds * 1000);
}

export interface CheckedFilter {
  readonly state: ConversationState | undefined;
  readonly createdFrom: Instant | undefined;
  readonly createdTo: Instant | undefined;
}

/** @throws ApiError STATE_INVALID, INVALID_PARAMETER, DATE_RANGE_INVALID */
export function checkFilter(filter: ConversationFilter): CheckedFilter {
  const from = checkDate(filter.createdFrom, "createdFrom", "INVALID_PARAMETER");
  const to = checkDate(filter.createdTo, "createdTo", "INVALID_PARAMETER");
  if (from !== undefined && to !== undefined && to <= from) {
    throw new ApiError("DATE_RANGE_INVALID", { parameter: "createdTo" });
  }
  const state = filter.state === null || filter.state === "" ? undefined : checkState(filter.state);
  // Dates are shown in whole seconds: a bound of a whole second means all of it.
  const createdTo = to?.endsWith(".000Z") ? addMilliseconds(to, 999) : to;
  return { state, createdFrom: from, createdTo };
}

/** A conversation as paths name it: by SID, or else by unique name. */
export function parseConversationKey(key: string): { sid: string } | { uniqueName: string } {
  const sid = parseSid("CH", key);
  return sid === null ? { uniqueName: checkText(key, "conversation") } : { sid };
}
