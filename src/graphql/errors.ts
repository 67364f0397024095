import { GraphQLError, type GraphQLErrorExtensions } from "graphql";
import type { Logger } from "pino";
import { ApiError } from "../core/errors.ts";

/** What only GraphQL can say; everything else has its code in the catalogue. */
type ProtocolCode =
  | "BAD_REQUEST"
  | "BAD_USER_INPUT"
  | "GRAPHQL_PARSE_FAILED"
  | "NOT_ACCEPTABLE"
  | "QUERY_TOO_COMPLEX";

/** A fault of the request as a whole: 400, or 200 for clients of the older `application/json` (GraphQL over HTTP). */
export function requestError(code: ProtocolCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400, spec: true } } });
}

export function extensionsOf(error: ApiError): GraphQLErrorExtensions {
  const { code, status, twilioCode, moreInfo, parameter } = error;
  return { code, status, twilioCode, moreInfo, ...(parameter !== undefined && { parameter }) };
}

/** Runs `work`; of an error it throws, the parameter is told by the name it has in GraphQL. */
export async function renaming<T>(
  names: { readonly [parameter: string]: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.parameter === undefined) throw error;
    const { code, message, conflicting, cause } = error;
    const parameter = names[error.parameter] ?? error.parameter;
    throw new ApiError(code, { message, parameter, ...(conflicting && { conflicting }), cause });
  }
}

/** The error as clients may see it. What nobody foresaw is logged and becomes INTERNAL. */
export function publicError(error: GraphQLError, log: Logger): GraphQLError {
  const known = apiErrorIn(error);
  if (known !== null && known.code !== "INTERNAL") return retold(error, known.message, extensionsOf(known));
  if (known === null && isClientsFault(error)) return retold(error, error.message, codeOf(error));
  log.error({ err: known?.cause ?? known ?? error.originalError ?? error }, "request failed unforeseen");
  const internal = new ApiError("INTERNAL");
  return retold(error, internal.message, extensionsOf(internal));
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

function codeOf({ message, extensions, path }: GraphQLError): GraphQLErrorExtensions {
  const { code, http } = extensions as { code?: string; http?: { status?: number } };
  if (http?.status === 405) return { ...extensionsOf(new ApiError("METHOD_NOT_ALLOWED")), http };
  if (code !== undefined) return { code, ...(http && { http }) };
  if (path !== undefined) return { code: "BAD_USER_INPUT" };
  return requestError(message.startsWith("Syntax Error") ? "GRAPHQL_PARSE_FAILED" : "BAD_USER_INPUT", "")
    .extensions;
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
