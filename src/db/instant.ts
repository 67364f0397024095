/**
 * A timestamptz as Postgres prints it in UTC, `2026-01-31 12:00:00.5+00`, as RFC 3339 with milliseconds. Cutting text
 * is many times cheaper than making a Date only to print it again.
 */
export function readInstant(text: string): string {
  if (!text.endsWith("+00")) return new Date(text).toISOString();
  const fraction = text.slice(20, -3).padEnd(3, "0");
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

/** OID of timestamptz. */
export const TIMESTAMPTZ = 1184;
