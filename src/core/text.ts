import { ApiError, type ErrorCode } from "./errors.ts";

/** Refuses what a database would not give back as it was: a NUL, half of a surrogate pair, a byte order mark in front. */
export function checkText(text: string, parameter: string): string {
  if (text.includes("\0") || !text.isWellFormed() || text.startsWith("\uFEFF")) {
    throw new ApiError("INVALID_PARAMETER", {
      message: "A text that holds a NUL or an unpaired surrogate, or begins with a byte order mark",
      parameter,
    });
  }
  return text;
}

/** Length in code points, as a user counts characters: an emoji is one. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** A text of at most `limit` characters that may be cleared: an empty one means null (decision 26). */
export function checkName(
  name: string | null | undefined,
  parameter: string,
  tooLong: ErrorCode,
  limit = 256,
): string | null | undefined {
  if (name === undefined) return undefined;
  if (name === null || name === "") return null;
  if (lengthOf(checkText(name, parameter)) > limit) throw new ApiError(tooLong, { parameter });
  return name;
}

/** A name for people that has to be given. @throws ApiError FRIENDLY_NAME_MISSING, FRIENDLY_NAME_TOO_LONG */
export function checkFriendlyName(name: string | null | undefined): string {
  const parameter = "friendlyName";
  const checked = checkName(name, parameter, "FRIENDLY_NAME_TOO_LONG");
  if (!checked) throw new ApiError("FRIENDLY_NAME_MISSING", { parameter });
  return checked;
}
