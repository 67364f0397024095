import type { Instant } from "../core/instant.ts";

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
