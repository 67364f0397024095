/**
 * A timestamptz as Postgres prints it in UTC, `2026-01-31 12:00:00.5+00`, as RFC 3339 with milliseconds. Cutting text
 * is many times cheaper than making a Date only to print it again.
 */
export function readInstant(text: string): string {
  const missing = MISSING[text.length];
  if (missing === undefined || text[10] !== " " || !text.endsWith("+00")) return new Date(text).toISOString();
  return `${text.slice(0, 10)}T${text.slice(11, -3)}${missing}`;
}

/** What the time still lacks, by how long its text is: Postgres leaves out zeros at the end of a fraction. */
const MISSING: Readonly<Record<number, string>> = { 22: ".000Z", 24: "00Z", 25: "0Z", 26: "Z" };

/** OID of timestamptz. */
export const TIMESTAMPTZ = 1184;
