import type { RoleType } from "./model.ts";

const CONVERSATION = [
  "addParticipant",
  "deleteAnyMessage",
  "deleteConversation",
  "deleteOwnMessage",
  "editAnyMessage",
  "editAnyMessageAttributes",
  "editAnyUserInfo",
  "editConversationAttributes",
  "editConversationName",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "editOwnUserInfo",
  "leaveConversation",
  "removeParticipant",
  "sendMediaMessage",
  "sendMessage",
];

const SERVICE = [
  "addParticipant",
  "createConversation",
  "deleteAnyMessage",
  "deleteConversation",
  "editAnyMessage",
  "editAnyMessageAttributes",
  "editAnyUserInfo",
  "editConversationAttributes",
  "editConversationName",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "editOwnUserInfo",
  "joinConversation",
  "removeParticipant",
];

/** Twilio's reference is silent on these, and its API takes them; of which types of roles is not known, so of both. */
const UNDOCUMENTED = [
  "addNonChatParticipant",
  "editAnyParticipantAttributes",
  "editNotificationLevel",
  "editOwnParticipantAttributes",
];

/** What a role of each type can permit. */
export const PERMISSIONS: Readonly<Record<RoleType, readonly string[]>> = {
  conversation: [...CONVERSATION, ...UNDOCUMENTED],
  service: [...SERVICE, ...UNDOCUMENTED],
};
