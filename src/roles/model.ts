import { ApiError } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import { PERMISSIONS } from "./permissions.ts";

export type RoleType = "conversation" | "service";

/** A named set of permissions, given to users (type `service`) or participants (type `conversation`). */
export interface Role {
  readonly accountSid: string;
  readonly chatServiceSid: string;
  readonly sid: string;
  readonly friendlyName: string;
  readonly type: RoleType;
  readonly permissions: readonly string[];
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

export interface CreateRoleInput {
  readonly serviceSid?: string | null;
  readonly friendlyName?: string | null;
  readonly type?: string | null;
  readonly permissions?: readonly string[] | null;
}

export interface UpdateRoleInput {
  readonly serviceSid?: string | null;
  readonly role: string;
  /** The whole list, instead of the one before. */
  readonly permissions?: readonly string[] | null;
}

/** @throws ApiError ROLE_TYPE_INVALID, also where there is none */
export function checkRoleType(type: string | null | undefined): RoleType {
  if (type === "conversation" || type === "service") return type;
  throw new ApiError("ROLE_TYPE_INVALID", { parameter: "type" });
}

/** Each permission once, in the order given. @throws ApiError PERMISSION_NOT_FOUND, also where there is none */
export function checkPermissions(type: RoleType, given: readonly string[] | null | undefined): string[] {
  const parameter = "permissions";
  const permissions = [...new Set(given)];
  if (permissions.length === 0) {
    throw new ApiError("PERMISSION_NOT_FOUND", { message: "Permission not provided", parameter });
  }
  if (permissions.every((permission) => PERMISSIONS[type].includes(permission))) return permissions;
  throw new ApiError("PERMISSION_NOT_FOUND", { parameter });
}

interface DefaultRole {
  readonly friendlyName: string;
  readonly type: RoleType;
  readonly permissions: readonly string[];
}

const conversationUser: DefaultRole = {
  friendlyName: "conversation user",
  type: "conversation",
  permissions: [
    "sendMessage",
    "sendMediaMessage",
    "leaveConversation",
    "editNotificationLevel",
    "editOwnMessage",
    "editOwnMessageAttributes",
    "deleteOwnMessage",
  ],
};

/** The four roles of a new service, as Twilio's documentation lists them for its predecessor (decision 24). */
export const DEFAULT_ROLES = {
  serviceAdmin: {
    friendlyName: "service admin",
    type: "service",
    permissions: [
      "createConversation",
      "joinConversation",
      "deleteConversation",
      "editConversationAttributes",
      "editConversationName",
      "addParticipant",
      "removeParticipant",
      "editAnyParticipantAttributes",
      "editAnyMessage",
      "deleteAnyMessage",
      "editAnyMessageAttributes",
      "editAnyUserInfo",
    ],
  },
  serviceUser: {
    friendlyName: "service user",
    type: "service",
    permissions: ["createConversation", "joinConversation", "editOwnUserInfo"],
  },
  conversationAdmin: {
    friendlyName: "conversation admin",
    type: "conversation",
    permissions: [
      ...conversationUser.permissions,
      "addParticipant",
      "removeParticipant",
      "editAnyParticipantAttributes",
      "editConversationAttributes",
      "editConversationName",
      "deleteConversation",
      "editAnyMessage",
      "editAnyMessageAttributes",
      "deleteAnyMessage",
    ],
  },
  conversationUser,
} as const satisfies Record<string, DefaultRole>;
