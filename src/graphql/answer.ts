import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from "graphql";
import { type Answer, RETRY_AFTER_SECONDS } from "../core/answer.ts";
import { type Failed, failureStatus, publicError } from "./errors.ts";
import { LEGACY } from "./request.ts";

/** What an error says of the HTTP around it; clients don't see it. */
interface Http {
  readonly status?: number;
  /** A fault of the request as a whole, which clients of the older media type are told with 200. */
  readonly spec?: boolean;
  readonly headers?: Record<string, string>;
}

/** Every result becomes an answer here: its errors what clients may see, and the status follows them. */
export function resultAnswer({ data, errors }: ExecutionResult, type: string, failed: Failed): Answer {
  if (errors === undefined) return answer(200, type, { data });
  const told = errors.map((error) => publicError(error, failed));
  const https = told.map(({ extensions }) => (extensions.http ?? {}) as Http);
  const counting = https.filter(({ spec }) => !(spec && type === LEGACY));
  const statuses = counting.map(({ status = 0 }) => status);
  const status = Math.max(failureStatus(data, told) ?? 0, ...statuses) || 200;
  const headers = Object.assign({}, ...https.map((http) => http.headers));
  return answer(status, type, { errors: told.map(formatted), data }, headers);
}

/** Answers what never reached an operation. */
export function errorAnswer(thrown: unknown, failed: Failed, type = LEGACY): Answer {
  const error = publicError(
    thrown instanceof GraphQLError ? thrown : new GraphQLError("", { originalError: thrown as Error }),
    failed,
  );
  const { message, extensions } = formatted(error);
  const status = Number(extensions?.status ?? (extensions?.code === "NOT_ACCEPTABLE" ? 406 : 400));
  return answer(
    status,
    type,
    { errors: [{ message, extensions }] },
    status === 405 ? { Allow: "GET, POST" } : {},
  );
}

function answer(
  status: number,
  type: string,
  body: { readonly errors?: readonly GraphQLFormattedError[]; readonly data?: unknown },
  headers: Record<string, string> = {},
): Answer {
  const own = { "Content-Type": `${type}; charset=utf-8`, ...headers };
  const retry = status === 503 && { "Retry-After": RETRY_AFTER_SECONDS };
  return { status, headers: { ...own, ...retry }, body: JSON.stringify(body) };
}

function formatted(error: GraphQLError): GraphQLFormattedError {
  const { extensions = {}, ...rest } = error.toJSON();
  const { http: _, ...shown } = extensions;
  return { ...rest, extensions: shown };
}
