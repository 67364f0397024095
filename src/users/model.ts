import { checkAttributes } from "../core/attributes.ts";
import { ApiError } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import { looksLikeSid } from "../core/sid.ts";
import { checkName, checkText, lengthOf } from "../core/text.ts";

/** A chat identity of a service, whether or not it takes part in anything. */
export interface User {
  readonly accountSid: string;
  readonly chatServiceSid: string;
  readonly sid: string;
  readonly identity: string;
  readonly friendlyName: string | null;
  readonly roleSid: string;
  readonly attributes: string;
  readonly isOnline: boolean | null;
  readonly isNotifiable: boolean | null;
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

/** What most lists show of a user. */
export type LightUser = Pick<User, "sid" | "identity" | "friendlyName">;

/** What lists of a service say of it. */
export type ListedUser = LightUser & Pick<User, "chatServiceSid">;

/** Absent leaves a value as it is, null clears it. */
interface UserFields {
  readonly friendlyName?: string | null;
  readonly attributes?: string | null;
  readonly roleSid?: string | null;
}

export interface CreateUserInput extends UserFields {
  readonly serviceSid?: string | null;
  readonly identity?: string | null;
}

export interface UpdateUserInput extends UserFields {
  readonly serviceSid?: string | null;
  /** SID or identity. */
  readonly user: string;
}

/** Greatest length of a user's attributes in bytes, as of a conversation's. */
export const ATTRIBUTES_LIMIT = 16_384;

/**
 * An identity: 1 to 256 characters, case-sensitive. `.` and `..` are reserved, since URL parsers remove them, and the
 * shape of a SID is refused, so that a path taking a SID or an identity is never ambiguous (decision 22).
 */
export function checkIdentity(identity: string | null | undefined): string {
  const parameter = "identity";
  if (identity === null || identity === undefined || identity === "") {
    throw new ApiError("IDENTITY_MISSING", { parameter });
  }
  checkText(identity, parameter);
  if (lengthOf(identity) > 256) throw new ApiError("IDENTITY_TOO_LONG", { parameter });
  if (looksLikeSid(identity)) throw new ApiError("IDENTITY_MATCHES_SID", { parameter });
  if (identity === "." || identity === "..") throw new ApiError("IDENTITY_RESERVED", { parameter });
  return identity;
}

export function checkUserFields(input: UserFields) {
  return {
    friendlyName: checkName(input.friendlyName, "friendlyName", "FRIENDLY_NAME_TOO_LONG"),
    attributes: checkAttributes(input.attributes, ATTRIBUTES_LIMIT),
  };
}
