import { parse } from "tinyduration";
import { ApiError, type ErrorCode } from "./errors.ts";

/** Longest timer, in seconds: a hundred years. */
export const LONGEST_TIMER = 100 * 365 * 86_400;

/** Longer than any that a person or a program writes. */
const LONGEST_TEXT = 64;

/**
 * An ISO 8601 duration in seconds, or null where it is none. Years and months are refused, since their length
 * depends on the calendar (decision 36); so are negative ones.
 */
export function parseDuration(text: string): number | null {
  if (text.length > LONGEST_TEXT) return null;
  // tinyduration also reads "P1DT" and decimals with a comma in any place; the pattern holds it to ISO 8601.
  if (!/^P(?=\d|T\d)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?$/.test(text)) return null;
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parse(text);
  const total = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
  return total <= LONGEST_TIMER ? total : null;
}

/** An ISO 8601 duration; null, like `PT0S`, means none. */
type Timer = string | null | undefined;

/** Seconds until inactive, 0 for none. @throws ApiError TIMER_INACTIVE_INVALID, TIMER_INACTIVE_TOO_SHORT */
export function checkInactiveTimer(text: Timer, parameter: string): number | undefined {
  return checkTimer(text, parameter, 60, "TIMER_INACTIVE_INVALID", "TIMER_INACTIVE_TOO_SHORT");
}

/** Seconds until closed, 0 for none. @throws ApiError TIMER_CLOSED_INVALID, TIMER_CLOSED_TOO_SHORT */
export function checkClosedTimer(text: Timer, parameter: string): number | undefined {
  return checkTimer(text, parameter, 600, "TIMER_CLOSED_INVALID", "TIMER_CLOSED_TOO_SHORT");
}

function checkTimer(
  text: Timer,
  parameter: string,
  minimum: number,
  malformed: ErrorCode,
  tooShort: ErrorCode,
): number | undefined {
  if (text === undefined || text === null) return text === null ? 0 : undefined;
  const seconds = parseDuration(text);
  if (seconds === null) throw new ApiError(malformed, { parameter });
  if (seconds !== 0 && seconds < minimum) throw new ApiError(tooShort, { parameter });
  return Math.floor(seconds);
}
