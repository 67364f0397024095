import { ApiError, type ErrorCode } from "../core/errors.ts";

/** What a broken constraint means to the caller. */
const CONSTRAINTS: Record<string, ErrorCode> = {
  users_identity_uq: "USER_EXISTS",
  conversations_unique_name_uq: "UNIQUE_NAME_EXISTS",
  participants_identity_uq: "PARTICIPANT_EXISTS",
  participants_binding_uq: "BINDING_EXISTS",
  participants_native_uq: "GROUP_PARTICIPANT_EXISTS",
  participants_projected_uq: "GROUP_PARTICIPANT_EXISTS",
  // The role was deleted between being looked up and being given; roles are deleted only once nobody has them.
  users_role_fk: "ROLE_NOT_FOUND",
  participants_role_fk: "ROLE_NOT_FOUND",
  // The service was deleted between being looked up and being written to.
  roles_service_fk: "NOT_FOUND",
  users_service_fk: "NOT_FOUND",
  conversations_service_fk: "NOT_FOUND",
};

/** The connection broke or never came about, as postgres.js and Node name it. */
const CONNECTION_ERRORS = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/**
 * SQLSTATEs of a database that can't serve now: connection exceptions (08), resources (53), operator intervention
 * (57, a statement timeout among them), no authorization (28), no such database, read-only, lock timeout, a table that is
 * missing because nothing has been migrated yet, and a prepared statement that a pooler has lost.
 */
const UNAVAILABLE = /^(08|53|57|28)|^(3D000|25006|26000|55P03|42P01)$/;

/**
 * Whether the connection is gone with it. An ApiError says nothing of that: a statement that took too long, or work whose
 * time is over, is UNAVAILABLE too, on a connection that is whole.
 */
export function hasLostConnection(error: unknown): boolean {
  const { code, severity } = fields(error);
  return CONNECTION_ERRORS.has(code ?? "") || /^(FATAL|PANIC)$/.test(severity ?? "");
}

/** Of a connection that we give up. */
export function lostConnection(why: string): Error {
  return Object.assign(new Error(why), { code: "CONNECTION_CLOSED" });
}

/** Serialization failure or deadlock; a user deleted while a participant was joining under its identity. */
export function isRetryable(error: unknown): boolean {
  const { code } = fields(error);
  return (
    code === "40001" ||
    code === "40P01" ||
    (code === "23503" && constraintOf(error) === "participants_user_fk")
  );
}

/** The database's error as an ApiError; what it does not know is returned as it came, and so ends as INTERNAL. */
export function translate(error: unknown): unknown {
  const { code } = fields(error);
  if (error instanceof ApiError || code === undefined) return error;
  const constraint = constraintOf(error);
  const broken = constraint && CONSTRAINTS[constraint];
  if (broken && /^23/.test(code)) return new ApiError(broken, { cause: error });
  if (isRetryable(error)) return new ApiError("CONCURRENT_CHANGE", { cause: error });
  if (CONNECTION_ERRORS.has(code) || UNAVAILABLE.test(code))
    return new ApiError("UNAVAILABLE", { cause: error });
  // A NUL or a broken sequence that no rule caught on its way here.
  if (code === "22021" || code === "22P05") return new ApiError("INVALID_PARAMETER", { cause: error });
  return error;
}

/** Behind a sharding coordinator the field is absent, and the name in the message ends with the shard's number. */
function constraintOf(error: unknown): string | undefined {
  const { constraint_name, constraint, message } = fields(error);
  const name = constraint_name ?? constraint ?? /constraint "([^"]+)"/.exec(message ?? "")?.[1];
  return name?.replace(/_\d{6,}$/, "");
}

function fields(
  error: unknown,
): Partial<Record<"code" | "severity" | "constraint_name" | "constraint" | "message", string>> {
  return error instanceof Error ? (error as Error & { code?: string }) : {};
}
