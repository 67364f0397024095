import type { Logger } from "pino";
import { z } from "zod";
import { type Answer, RETRY_AFTER_SECONDS } from "../core/answer.ts";
import { errorPage } from "../core/catalogue.ts";
import { ApiError } from "../core/errors.ts";
import { looksLikeSid } from "../core/sid.ts";

const details = z
  .object({
    parameter: z
      .string()
      .optional()
      .describe(
        "The parameter at fault, by its name in the request: `MessagingBinding.Address`, or `Participant[2].messaging_binding.address` within JSON.",
      ),
    conflicting_sid: z.string().optional().describe("SID of the object that stands in the way."),
  })
  .meta({ id: "ErrorDetails", description: "What a program can act on." });

export const errorBody = z
  .object({
    code: z.int().describe("Twilio's error code."),
    message: z.string().describe("What went wrong, for a person."),
    more_info: z.string().meta({ format: "uri" }).describe("The page with the code's cause and remedy."),
    status: z.int().describe("The HTTP status again."),
    details: details.optional().describe("Where a parameter is at fault, or an object stands in the way."),
  })
  .meta({ id: "Error", description: "Every answer that is no success." });

/** Of the request that failed. */
interface Failed {
  readonly path: string;
  readonly publicUrl: string;
  readonly log: Logger;
}

/** Answers an error in Twilio's form; what nobody foresaw is logged and answered with a fixed text. */
export function errorAnswer(error: unknown, { path, publicUrl, log }: Failed): Answer {
  const known = error instanceof ApiError ? error : new ApiError("INTERNAL", { cause: error });
  if (known.code === "INTERNAL") log.error({ err: known.cause ?? known }, "request failed unforeseen");
  const { twilioCode: code, status, conflicting } = known;
  const parameter = known.parameter && wireName(known.parameter);
  const body: z.output<typeof errorBody> = {
    code,
    message: messageOf(known, path, parameter),
    more_info: errorPage(publicUrl, code),
    status,
    ...((parameter || conflicting) && {
      details: {
        ...(parameter && { parameter }),
        ...(conflicting && { conflicting_sid: conflicting.sid }),
      },
    }),
  };
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "X-Twilio-Error-Code": String(code),
    ...(known.code === "UNAVAILABLE" && { "Retry-After": RETRY_AFTER_SECONDS }),
  };
  return { status, headers, body: JSON.stringify(body) };
}

export function methodNotAllowed(allow: string, failed: Failed): Answer {
  const answer = errorAnswer(new ApiError("METHOD_NOT_ALLOWED"), failed);
  answer.headers.Allow = allow;
  return answer;
}

/** `messagingBinding.address` is `MessagingBinding.Address` on the wire; what has a capital has its name already. */
function wireName(parameter: string): string {
  if (/^[A-Z]/.test(parameter)) return parameter;
  return parameter.replace(/(^|\.)[a-z]/g, (initial) => initial.toUpperCase());
}

/**
 * Twilio's wording stays as it is, since clients compare it, with the SID in the way behind it unless it names one. The
 * general 20001, whose wording is ours, names the parameter. A 404 names the path without its version, whatever on it
 * was not found (decision 11).
 */
function messageOf(error: ApiError, path: string, parameter = ""): string {
  const { code, message, faults } = error;
  if (code === "NOT_FOUND")
    return `The requested resource ${path.replace(/^\/v1(?=\/|$)/, "") || "/"} was not found`;
  // Of many faults each has been told with its place and what is in its way.
  if (faults) return message;
  const named = namingConflict(error);
  return code === "INVALID_PARAMETER" && !named.includes(parameter) ? `${named}: ${parameter}` : named;
}

/** The message, with the SID of what is in the way behind it unless it names one. */
export function namingConflict({ message, conflicting }: ApiError): string {
  return conflicting && !message.split(" ").some(looksLikeSid) ? `${message}: ${conflicting.sid}` : message;
}
