import { z } from "zod";
import { ApiError } from "../core/errors.ts";
import { type Instant, inSeconds } from "../core/instant.ts";
import type { SidPrefix } from "../core/sid.ts";
import { plain } from "./writer.ts";

/** Schema of a SID of that kind in an answer. */
export function sid(prefix: SidPrefix | "MG", description: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}[0-9a-f]{32}$`))
    .describe(description)
    .register(plain);
}

export function dateTime(description: string) {
  return z.iso.datetime({ precision: 0 }).describe(description).register(plain);
}

/** Schema of a URL that consists of our own origin, words and SIDs. */
export function url(description: string) {
  return z.string().meta({ format: "uri", description }).register(plain);
}

export function attributes(of: string) {
  return z
    .string()
    .describe(`JSON text of the application's own data about the ${of}, as it was given; \`{}\` if none.`);
}

export const timers = z
  .object({
    date_inactive: dateTime("When it becomes, or became, inactive by itself.").optional(),
    date_closed: dateTime("When it becomes, or became, closed by itself.").optional(),
  })
  .meta({
    id: "Timers",
    description: "When a conversation changes its state by itself; empty without timers.",
  });

interface Timed {
  readonly dateInactive: Instant | null;
  readonly dateClosed: Instant | null;
}

export function timersToWire({ dateInactive, dateClosed }: Timed): z.output<typeof timers> {
  return {
    ...(dateInactive === null ? {} : { date_inactive: inSeconds(dateInactive) }),
    ...(dateClosed === null ? {} : { date_closed: inSeconds(dateClosed) }),
  };
}

/** A parameter that is a text, and no more is asked of it here: the model judges it. */
export function text(description: string, meta: { enum?: readonly string[]; format?: string } = {}) {
  const { enum: allowed, ...rest } = meta;
  return z
    .string()
    .optional()
    .meta({ description, ...rest, ...(allowed === undefined ? {} : { override: { enum: [...allowed] } }) });
}

/**
 * A parameter that is `true` or `false`, in upper, lower or mixed case.
 *
 * @param parameter its name to the model
 * @throws ApiError INVALID_PARAMETER
 */
export function boolean(parameter: string, description: string) {
  return z
    .string()
    .transform((value) => {
      if (/^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
      throw new ApiError("INVALID_PARAMETER", { message: "Neither true nor false", parameter });
    })
    .optional()
    .meta({ description, override: { type: "boolean" } });
}

/** An integer parameter that an empty text or `null` clears; a text that is neither becomes NaN. */
export function clearableInteger(description: string) {
  return z
    .string()
    .transform((value) =>
      value === "" || value === "null" ? null : /^-?\d+$/.test(value) ? Number(value) : Number.NaN,
    )
    .optional()
    .meta({ description, override: { type: ["integer", "null"] } });
}

/** A parameter whose literal text `null` removes what is there. */
export function nullable(value: string | undefined): string | null | undefined {
  return value === "null" ? null : value;
}
