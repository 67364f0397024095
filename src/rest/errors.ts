import type { Logger } from "pino";
import { z } from "zod";
import { ApiError } from "../core/errors.ts";

export const errorBody = z
  .object({
    code: z.int().describe("Twilio's error code."),
    message: z.string().describe("What went wrong, for a person."),
    more_info: z.string().meta({ format: "uri" }).describe("Where the code is explained."),
    status: z.int().describe("The HTTP status again."),
  })
  .meta({ id: "Error", description: "Every answer that is no success." });

const RETRY_AFTER_SECONDS = "1";

/** Answers an error in Twilio's form; what nobody foresaw is logged and answered with a fixed text. */
export function errorResponse(error: unknown, path: string, log: Logger): Response {
  const known = error instanceof ApiError ? error : new ApiError("INTERNAL", { cause: error });
  if (known.code === "INTERNAL") log.error({ err: known.cause ?? known }, "request failed unforeseen");
  const body: z.output<typeof errorBody> = {
    code: known.twilioCode,
    message: messageOf(known, path),
    more_info: known.moreInfo,
    status: known.status,
  };
  const headers: Record<string, string> = { "X-Twilio-Error-Code": String(known.twilioCode) };
  if (known.code === "UNAVAILABLE") headers["Retry-After"] = RETRY_AFTER_SECONDS;
  return Response.json(body, { status: known.status, headers });
}

export function methodNotAllowed(allow: string, path: string, log: Logger): Response {
  const response = errorResponse(new ApiError("METHOD_NOT_ALLOWED"), path, log);
  response.headers.set("Allow", allow);
  return response;
}

/** A 404 names the path without its version, whatever on it was not found (decision 11). */
function messageOf(error: ApiError, path: string): string {
  if (error.code !== "NOT_FOUND") return error.message;
  return `The requested resource ${path.replace(/^\/v1(?=\/|$)/, "") || "/"} was not found`;
}
