import { readBody } from "../core/body.ts";
import { ApiError } from "../core/errors.ts";
import { requestError } from "./errors.ts";
import type { Asked } from "./execution/perform.ts";

const BODY_LIMIT = 1024 * 1024;
const MODERN = "application/graphql-response+json";
/** What older clients know: a fault of the request as a whole is told with 200. */
export const LEGACY = "application/json";
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** From what older clients know on. */
export const ANSWER_TYPES = [LEGACY, MODERN];

/** The media type to answer in, by the header `Accept`; null where the client accepts neither. */
export function answerType(accept: string | null | undefined): string | null {
  const ranges = new Map(
    (accept ?? "*/*").split(",").map((range) => {
      const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
      return [type, !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))];
    }),
  );
  const accepts = (type: string) =>
    ranges.get(type) ?? ranges.get("application/*") ?? ranges.get("*/*") ?? false;
  // Who does not name the newer type may not know it.
  return ranges.get(MODERN) ? MODERN : (ANSWER_TYPES.find(accepts) ?? null);
}

/** A request without its body, and what was in it. */
interface ReadRequest {
  readonly request: Request;
  /** The parsed JSON of a POST. */
  readonly body?: unknown;
}

/**
 * Reads JSON only, since browsers send forms across sites without asking first.
 *
 * @throws ApiError METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE; GraphQLError BAD_REQUEST
 */
export async function readRequest(request: Request, accept: string): Promise<ReadRequest> {
  const { url, method, headers } = request;
  if (method === "GET") return { request: bare(url, method, accept) };
  if (method !== "POST") throw new ApiError("METHOD_NOT_ALLOWED");
  if (!isJson(headers)) throw new ApiError("UNSUPPORTED_MEDIA_TYPE");
  const body = await readBody(request, (size) => {
    if (size > BODY_LIMIT) throw new ApiError("BODY_TOO_LARGE");
  });
  return { request: bare(url, method, accept), body: parse(body) };
}

/** All that yoga asks of a request whose body has been read; a real one costs as much as a small answer. */
function bare(url: string, method: string, accept: string): Request {
  const headers = { get: (name: string) => (name.toLowerCase() === "accept" ? accept : null) };
  return { url, method, headers } as Request;
}

function isJson(headers: Headers): boolean {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  if (type.trim() !== LEGACY || (headers.get("content-encoding") ?? "identity") !== "identity") return false;
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith("charset="));
  return charset === undefined || /^charset="?utf-?8"?$/.test(charset);
}

function parse(text: Uint8Array): unknown {
  let body: unknown;
  try {
    body = JSON.parse(utf8.decode(text));
  } catch {
    throw requestError("BAD_REQUEST", "The request body is not JSON in UTF-8");
  }
  if (typeof body === "object" && body !== null && "query" in body) return body;
  throw requestError("BAD_REQUEST", "The request body is not an object with a `query`");
}

interface PlainlyAsked extends Asked {
  readonly query: string;
}

const PARAMETERS = new Set(["query", "variables", "operationName", "extensions"]);

/** What the body of a POST asks for, unless there is something to be said against it. */
export function askedPlainly(body: unknown): PlainlyAsked | null {
  if (!isObject(body)) return null;
  const { query, variables, operationName, extensions } = body;
  const isPlain =
    typeof query === "string" &&
    (variables == null || isObject(variables)) &&
    (operationName == null || typeof operationName === "string") &&
    (extensions == null || isObject(extensions)) &&
    Object.keys(body).every((name) => PARAMETERS.has(name));
  return isPlain ? { query, variables, operationName } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
