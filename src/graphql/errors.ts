import { GraphQLError, type GraphQLErrorExtensions } from "graphql";
import type { Logger } from "pino";
import { errorPage } from "../core/catalogue.ts";
import { ApiError } from "../core/errors.ts";
import { PROTOCOL_ERRORS, type ProtocolCode } from "./protocol.ts";

/** Of the request that failed. */
export interface Failed {
  readonly publicUrl: string;
  readonly log: Logger;
}

/** A fault of the request as a whole: 400, or 200 for clients of the older `application/json` (GraphQL over HTTP). */
export function requestError(code: ProtocolCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400, spec: true } } });
}

export function tooComplex(what: "document" | "operation", unit: string, limit: number) {
  return requestError("QUERY_TOO_COMPLEX", `The ${what} has more than ${limit} ${unit}`);
}

function extensionsOf(error: ApiError, publicUrl: string): GraphQLErrorExtensions {
  const { code, status, twilioCode, parameter } = error;
  return {
    code,
    status,
    twilioCode,
    moreInfo: errorPage(publicUrl, twilioCode),
    ...(parameter !== undefined && { parameter }),
  };
}

/** The error as clients may see it. What nobody foresaw is logged and becomes INTERNAL. */
export function publicError(error: GraphQLError, { publicUrl, log }: Failed): GraphQLError {
  const known = apiErrorIn(error);
  if (known !== null && known.code !== "INTERNAL")
    return retold(error, known.message, extensionsOf(known, publicUrl));
  if (known === null && isClientsFault(error))
    return retold(error, error.message, protocolOf(error, publicUrl));
  log.error({ err: known?.cause ?? known ?? error.originalError ?? error }, "request failed unforeseen");
  const internal = new ApiError("INTERNAL");
  return retold(error, internal.message, extensionsOf(internal, publicUrl));
}

/** Messages quote what was sent, all of it, and so are cut. */
const LONGEST_MESSAGE = 500;

function retold(error: GraphQLError, message: string, extensions: GraphQLErrorExtensions): GraphQLError {
  const { nodes, source, positions, path } = error;
  const told =
    message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}…` : message;
  return new GraphQLError(told, { nodes, source, positions, path, extensions });
}

function apiErrorIn(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  return error instanceof GraphQLError && error.originalError ? apiErrorIn(error.originalError) : null;
}

/** Parsing, validation and coercion find fault with nodes of the document; printing an answer does not. */
function isClientsFault(error: GraphQLError): boolean {
  const { originalError, path } = error;
  if (originalError === undefined) return true;
  if (!(originalError instanceof GraphQLError)) return false;
  return path === undefined || (originalError.nodes?.length ?? 0) > 0;
}

function protocolOf({ message, extensions, path }: GraphQLError, publicUrl: string): GraphQLErrorExtensions {
  const { code, http } = extensions as { code?: string; http?: { status?: number } };
  if (http?.status === 405) return { ...extensionsOf(new ApiError("METHOD_NOT_ALLOWED"), publicUrl), http };
  const told = code !== undefined && Object.hasOwn(PROTOCOL_ERRORS, code) ? code : codeOf(message, path);
  const status = code === undefined && path === undefined ? { status: 400, spec: true } : http;
  return { code: told, moreInfo: errorPage(publicUrl, told), ...(status && { http: status }) };
}

function codeOf(message: string, path: GraphQLError["path"]): ProtocolCode {
  return path === undefined && message.startsWith("Syntax Error") ? "GRAPHQL_PARSE_FAILED" : "BAD_USER_INPUT";
}

/**
 * The status where nothing could be answered because the server failed, 503 or 500; undefined where a part could be,
 * or the client was at fault.
 */
export function failureStatus(data: unknown, errors: readonly GraphQLError[]): number | undefined {
  const answered =
    typeof data === "object" && data !== null && Object.values(data).some((value) => value !== null);
  const statuses = errors.map(({ extensions }) => Number(extensions.status ?? 0));
  if (answered || statuses.length === 0 || statuses.some((status) => status < 500)) return undefined;
  return Math.max(...statuses);
}
