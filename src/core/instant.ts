import { z } from "zod";

/** A moment as RFC 3339 text in UTC with milliseconds, `2026-01-31T12:00:00.000Z`: sorts, compares and binds as it is. */
export type Instant = string;

const DATE_TIME = z.iso.datetime({ offset: true });
const LATEST = "9999-12-31T23:59:59.999Z";

/** Reads an RFC 3339 date-time with any offset; null where it is none, or lies outside the years 1 to 9999. */
export function parseInstant(text: string): Instant | null {
  if (!DATE_TIME.safeParse(text).success) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1) return null;
  const instant = date.toISOString();
  return instant.length === LATEST.length && instant <= LATEST ? instant : null;
}

/** The moment so many milliseconds after `start`, at the latest the end of the year 9999. */
export function addMilliseconds(start: Instant, milliseconds: number): Instant {
  const date = new Date(Math.min(Date.parse(start) + milliseconds, Date.parse(LATEST)));
  return date.toISOString();
}

/** Whole seconds, the precision of both surfaces. */
export function inSeconds(instant: Instant): string {
  return `${instant.slice(0, 19)}Z`;
}
