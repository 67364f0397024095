import type { Instant } from "../core/instant.ts";

/** A conversation service: conversations, users and roles live in exactly one. */
export interface Service {
  readonly accountSid: string;
  readonly sid: string;
  readonly friendlyName: string;
  /** Role of participants who join, of the conversation's creator, and of new users. */
  readonly defaultConversationRoleSid: string;
  readonly defaultConversationCreatorRoleSid: string;
  readonly defaultChatServiceRoleSid: string;
  readonly reachabilityEnabled: boolean;
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

export interface CreateServiceInput {
  readonly friendlyName?: string | null;
}

/** The roles that a service gives where none is named. */
export type DefaultRoles = Pick<
  Service,
  "defaultConversationRoleSid" | "defaultConversationCreatorRoleSid" | "defaultChatServiceRoleSid"
>;

/** Absent, null and an empty text leave a value as it is. */
export interface UpdateServiceConfigurationInput
  extends Partial<Record<keyof DefaultRoles, string | null | undefined>> {
  readonly serviceSid?: string | null;
  readonly reachabilityEnabled?: boolean | null;
}
