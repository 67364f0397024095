import { createHash } from "node:crypto";
import { ApiError } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";

const HOURS_KEPT = 24;

/** Keys of that moment and before have had their time. */
export function expiredBy(now: Instant): Instant {
  return new Date(Date.parse(now) - HOURS_KEPT * 3_600_000).toISOString();
}

/** @throws ApiError INVALID_PARAMETER */
export function checkKey(text: string): string {
  const key = text.trim();
  if (/^[ -~]{1,255}$/.test(key)) return key;
  throw new ApiError("INVALID_PARAMETER", {
    message: "Idempotency-Key must have 1 to 255 characters of printable ASCII",
    parameter: "idempotencyKey",
  });
}

/**
 * A digest of what was asked, in which the order of an object's properties does not count.
 *
 * @throws ApiError INVALID_PARAMETER where it is nested deeper than the stack reaches
 */
export function fingerprintOf(asked: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(asked, (_, value) => (isRecord(value) ? inOrder(value) : value));
  } catch (cause) {
    throw new ApiError("INVALID_PARAMETER", { message: "The input is nested too deep", cause });
  }
  return createHash("sha256").update(text).digest("base64url");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function inOrder(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
