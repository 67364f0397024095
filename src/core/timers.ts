import { parse } from "tinyduration";

/** Longest timer, in seconds: a hundred years. */
export const LONGEST_TIMER = 100 * 365 * 86_400;

/**
 * An ISO 8601 duration in seconds, or null where it is none. Years and months are refused, since their length
 * depends on the calendar (decision 36); so are negative ones.
 */
export function parseDuration(text: string): number | null {
  // tinyduration also reads "P1DT" and decimals with a comma in any place; the pattern holds it to ISO 8601.
  if (!/^P(?=\d|T\d)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?$/.test(text)) return null;
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parse(text);
  const total = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
  return total <= LONGEST_TIMER ? total : null;
}
