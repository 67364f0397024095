import { ApiError } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import { checkName } from "../core/text.ts";

/** A conversation service: conversations, users and roles live in exactly one. */
export interface Service {
  readonly accountSid: string;
  readonly sid: string;
  readonly friendlyName: string;
  /** Role of participants who join, of the conversation's creator, and of new users. */
  readonly defaultConversationRoleSid: string;
  readonly defaultConversationCreatorRoleSid: string;
  readonly defaultChatServiceRoleSid: string;
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

export interface CreateServiceInput {
  readonly friendlyName?: string | null;
}

/** @throws ApiError FRIENDLY_NAME_MISSING, FRIENDLY_NAME_TOO_LONG */
export function checkServiceName(input: CreateServiceInput): string {
  const name = checkName(input.friendlyName, "friendlyName", "FRIENDLY_NAME_TOO_LONG");
  if (name === null || name === undefined)
    throw new ApiError("FRIENDLY_NAME_MISSING", { parameter: "friendlyName" });
  return name;
}
