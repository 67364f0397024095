/** Wire name → GraphQL field, as paths in a row; null where only v1 has it, since GraphQL has edges instead of URLs. */
export type Parity = Readonly<Record<string, string | null>>;

const below = (prefix: string, names: Parity, field = prefix): Parity =>
  Object.fromEntries(
    Object.entries(names).map(([wire, name]) => [`${prefix}.${wire}`, name && `${field}.${name}`]),
  );
const links = (...names: string[]): Parity =>
  Object.fromEntries(names.map((name) => [`links.${name}`, null]));

const TIMERS = { date_inactive: "dateInactive", date_closed: "dateClosed" };
const BINDING = {
  type: "type",
  address: "address",
  proxy_address: "proxyAddress",
  projected_address: "projectedAddress",
};

export const SERVICE: Parity = {
  sid: "sid",
  account_sid: "accountSid",
  friendly_name: "friendlyName",
  date_created: "dateCreated",
  date_updated: "dateUpdated",
  url: null,
  ...links("conversations", "users", "roles", "bindings", "configuration"),
  ...links("participant_conversations", "conversation_with_participants"),
};

export const SERVICE_CONFIGURATION: Parity = {
  chat_service_sid: "sid",
  default_conversation_creator_role_sid: "defaultConversationCreatorRole.sid",
  default_conversation_role_sid: "defaultConversationRole.sid",
  default_chat_service_role_sid: "defaultChatServiceRole.sid",
  reachability_enabled: "reachabilityEnabled",
  url: null,
  ...links("notifications", "webhooks"),
};

export const CONFIGURATION: Parity = {
  account_sid: "sid",
  default_chat_service_sid: "defaultService.sid",
  default_messaging_service_sid: "defaultMessagingServiceSid",
  default_inactive_timer: "defaultInactiveTimer",
  default_closed_timer: "defaultClosedTimer",
  url: null,
  ...links("service", "webhooks"),
};

export const ROLE: Parity = {
  sid: "sid",
  account_sid: "accountSid",
  chat_service_sid: "serviceSid",
  friendly_name: "friendlyName",
  type: "type",
  permissions: "permissions",
  date_created: "dateCreated",
  date_updated: "dateUpdated",
  url: null,
};

export const CONVERSATION: Parity = {
  sid: "sid",
  account_sid: "accountSid",
  chat_service_sid: "serviceSid",
  messaging_service_sid: "messagingServiceSid",
  friendly_name: "friendlyName",
  unique_name: "uniqueName",
  attributes: "attributesText",
  state: "state",
  ...below("timers", TIMERS),
  ...below("bindings.email", { address: "address", name: "name" }, "email"),
  date_created: "dateCreated",
  date_updated: "dateUpdated",
  url: null,
  ...links("participants", "messages", "webhooks", "export"),
};

const { "links.export": _, ...made } = CONVERSATION;
export const CONVERSATION_WITH_PARTICIPANTS: Parity = made;

export const PARTICIPANT: Parity = {
  sid: "sid",
  account_sid: "accountSid",
  chat_service_sid: "serviceSid",
  conversation_sid: "conversationSid",
  identity: "identity",
  attributes: "attributesText",
  ...below("messaging_binding", BINDING, "messagingBinding"),
  role_sid: "roleSid",
  last_read_message_index: "lastReadMessageIndex",
  last_read_timestamp: "lastReadTimestamp",
  date_created: "dateCreated",
  date_updated: "dateUpdated",
  url: null,
};

export const MESSAGE: Parity = {
  sid: "sid",
  account_sid: "accountSid",
  chat_service_sid: "serviceSid",
  conversation_sid: "conversationSid",
  index: "index",
  author: "author",
  participant_sid: "participantSid",
  body: "body",
  media: "media",
  content_sid: "contentSid",
  delivery: "delivery",
  attributes: "attributesText",
  date_created: "dateCreated",
  date_updated: "dateUpdated",
  url: null,
  ...links("delivery_receipts", "channel_metadata"),
};

export const USER: Parity = {
  sid: "sid",
  account_sid: "accountSid",
  chat_service_sid: "serviceSid",
  role_sid: "roleSid",
  identity: "identity",
  friendly_name: "friendlyName",
  attributes: "attributesText",
  is_online: "isOnline",
  is_notifiable: "isNotifiable",
  date_created: "dateCreated",
  date_updated: "dateUpdated",
  url: null,
  ...links("user_conversations"),
};

export const USER_CONVERSATION: Parity = {
  account_sid: "participant.accountSid",
  chat_service_sid: "participant.serviceSid",
  conversation_sid: "conversation.sid",
  participant_sid: "participant.sid",
  user_sid: "user.sid",
  unread_messages_count: "unreadMessagesCount",
  last_read_message_index: "lastReadMessageIndex",
  notification_level: "notificationLevel",
  friendly_name: "conversation.friendlyName",
  unique_name: "conversation.uniqueName",
  attributes: "conversation.attributesText",
  conversation_state: "conversation.state",
  ...below("timers", TIMERS, "conversation.timers"),
  created_by: "conversation.createdBy",
  date_created: "conversation.dateCreated",
  date_updated: "conversation.dateUpdated",
  url: null,
  ...links("participant", "conversation"),
};

export const PARTICIPANT_CONVERSATION: Parity = {
  account_sid: "participant.accountSid",
  chat_service_sid: "participant.serviceSid",
  participant_sid: "participant.sid",
  participant_user_sid: "participant.user.sid",
  participant_identity: "participant.identity",
  ...below(
    "participant_messaging_binding",
    { ...BINDING, name: "name", level: "level" },
    "participant.messagingBinding",
  ),
  conversation_sid: "conversation.sid",
  conversation_unique_name: "conversation.uniqueName",
  conversation_friendly_name: "conversation.friendlyName",
  conversation_attributes: "conversation.attributesText",
  conversation_state: "conversation.state",
  ...below("conversation_timers", TIMERS, "conversation.timers"),
  conversation_created_by: "conversation.createdBy",
  conversation_date_created: "conversation.dateCreated",
  conversation_date_updated: "conversation.dateUpdated",
  ...links("participant", "conversation"),
};
