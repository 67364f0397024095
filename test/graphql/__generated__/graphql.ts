/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Who to add, by `identity` or `messagingBinding`, else IDENTITY_MISSING. CONVERSATION_CLOSED where that is closed; PARTICIPANT_LIMIT above 1,000, NON_CHAT_PARTICIPANT_LIMIT above 50 without identity. */
export type AddParticipantInput = {
  /** The application's own data; null clears it to `{}`. Not together with `attributesText`, else INVALID_PARAMETER. At most 4,096 bytes, else ATTRIBUTES_TOO_LONG. */
  attributes?: unknown;
  /** The same as JSON text, which is stored byte for byte; null clears it to `{}`. ATTRIBUTES_INVALID where it is no JSON, or nested deeper than 500. Not together with `attributes`. */
  attributesText?: string | null | undefined;
  /** SID or unique name of the conversation. */
  conversationSid: string;
  /** For importing history; absent or null, now. DATE_CREATED_INVALID where it is no moment. */
  dateCreated?: string | null | undefined;
  /** For importing history; absent or null, now. DATE_UPDATED_INVALID where it is no moment. */
  dateUpdated?: string | null | undefined;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** Chat identity, 1 to 256 characters and not of the shape of a SID, else IDENTITY_TOO_LONG or IDENTITY_MATCHES_SID; with an address or proxy address IDENTITY_WITH_ADDRESS. PARTICIPANT_EXISTS where it is in the conversation. */
  identity?: string | null | undefined;
  /** Addresses of one who is reached by messaging. BINDING_EXISTS where another open conversation of the account has the same pair. */
  messagingBinding?: MessagingBindingInput | null | undefined;
  /** SID of a role of the type `CONVERSATION`; absent or null, the service's default for participants, and none for a member of a group MMS. ROLE_NOT_FOUND or ROLE_TYPE_INVALID. */
  roleSid?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
};

/** How far a conversation has come. */
export type ConversationState =
  /** Open, and where a new one begins. */
  | 'ACTIVE'
  /** Final: it can be read and deleted, and its addresses are free. */
  | 'CLOSED'
  /** Nothing happened for the time of its timer; still open. */
  | 'INACTIVE';

/** The conversation to make. Nothing is required. */
export type CreateConversationInput = {
  /** The application's own data; null clears it to `{}`. Not together with `attributesText`, else INVALID_PARAMETER. At most 16,384 bytes, else ATTRIBUTES_TOO_LONG. */
  attributes?: unknown;
  /** The same as JSON text, which is stored byte for byte; null clears it to `{}`. ATTRIBUTES_INVALID where it is no JSON, or nested deeper than 500. Not together with `attributes`. */
  attributesText?: string | null | undefined;
  /** For importing history; absent or null, now. DATE_CREATED_INVALID where it is no moment. */
  dateCreated?: string | null | undefined;
  /** For importing history; absent or null, now. DATE_UPDATED_INVALID where it is no moment. */
  dateUpdated?: string | null | undefined;
  /** Sender of its emails; null clears both fields. */
  email?: EmailBindingInput | null | undefined;
  /** Name for people, at most 256 characters, else FRIENDLY_NAME_TOO_LONG. */
  friendlyName?: string | null | undefined;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** SID of a messaging service, `MG` and 32 hex digits, else MESSAGING_SERVICE_SID_INVALID; it is not looked up. */
  messagingServiceSid?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
  /** Absent, `ACTIVE`. INITIAL_STATE_CLOSED for `CLOSED`, STATE_EMPTY for null. */
  state?: ConversationState | null | undefined;
  /** TIMERS_WITHOUT_STATE where `state` is absent. */
  timers?: TimersInput | null | undefined;
  /** Name for programs, at most 256 characters and not of the shape of a SID, else UNIQUE_NAME_INVALID or UNIQUE_NAME_MATCHES_SID; UNIQUE_NAME_EXISTS where another in the service has it. */
  uniqueName?: string | null | undefined;
};

/** The service to make. */
export type CreateServiceInput = {
  /** Name for people, 1 to 256 characters, else FRIENDLY_NAME_MISSING or FRIENDLY_NAME_TOO_LONG. */
  friendlyName: string;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
};

/** The user to make. */
export type CreateUserInput = {
  /** The application's own data; null clears it to `{}`. Not together with `attributesText`, else INVALID_PARAMETER. At most 16,384 bytes, else ATTRIBUTES_TOO_LONG. */
  attributes?: unknown;
  /** The same as JSON text, which is stored byte for byte; null clears it to `{}`. ATTRIBUTES_INVALID where it is no JSON, or nested deeper than 500. Not together with `attributes`. */
  attributesText?: string | null | undefined;
  /** Name for people, at most 256 characters, else FRIENDLY_NAME_TOO_LONG. */
  friendlyName?: string | null | undefined;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** 1 to 256 characters and not of the shape of a SID, else IDENTITY_MISSING, IDENTITY_TOO_LONG or IDENTITY_MATCHES_SID; USER_EXISTS where the service has it. */
  identity: string;
  /** SID of a role of the type `SERVICE`; absent or null, the service's default for users. ROLE_NOT_FOUND or ROLE_TYPE_INVALID. */
  roleSid?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
};

/** The conversation to delete. */
export type DeleteConversationInput = {
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
  /** SID or unique name of the conversation. */
  sid: string;
};

/** The service to delete. */
export type DeleteServiceInput = {
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** SID of the service; DEFAULT_SERVICE for the account's default one. */
  sid: string;
};

/** The user to delete. */
export type DeleteUserInput = {
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
  /** SID or identity of the user. */
  sid: string;
};

/** What emails of the conversation carry as their sender. What is absent stays, null clears it. */
export type EmailBindingInput = {
  /** Email address, at most 256 characters, else INVALID_PARAMETER. */
  address?: string | null | undefined;
  /** Name shown with the address, at most 256 characters, else INVALID_PARAMETER. */
  name?: string | null | undefined;
};

/** The user and the conversation, NOT_FOUND where the one takes no part in the other. */
export type LeaveConversationInput = {
  /** SID or unique name of the conversation. */
  conversationSid: string;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
  /** SID or identity of the user. */
  userSid: string;
};

/** Either `address`, with its `proxyAddress` or as a member of a group MMS; or `projectedAddress`. */
export type MessagingBindingInput = {
  /** The participant's own: `+15558675310`, `whatsapp:+15558675310`, … ADDRESS_INVALID or ADDRESS_EMPTY. */
  address?: string | null | undefined;
  /** Number that a chat participant gets in a group MMS; alone or with `identity`, else PROJECTED_ADDRESS_NOT_ADDABLE. */
  projectedAddress?: string | null | undefined;
  /** Ours that speaks with it, another of the same channel, else ADDRESS_EQUALS_PROXY or ADDRESS_TYPES_DIFFER; PROXY_ADDRESS_INVALID, PROXY_ADDRESS_EMPTY, and PROXY_ADDRESS_UNSUPPORTED for email. */
  proxyAddress?: string | null | undefined;
};

/** Whether a participant is notified of messages. */
export type NotificationLevel =
  /** Notified; where a new participant begins. */
  | 'DEFAULT'
  /** Not notified. */
  | 'MUTED';

/** The participant to remove, and where from. */
export type RemoveParticipantInput = {
  /** SID or unique name of the conversation. */
  conversationSid: string;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
  /** SID of the participant; its identity will not do here. */
  sid: string;
};

/** Who a role is for. */
export type RoleType =
  /** For participants: what they may do in one conversation. */
  | 'CONVERSATION'
  /** For users: what they may do in the service. */
  | 'SERVICE';

/** ISO 8601 durations of weeks, days, hours, minutes and seconds, such as `P1DT12H`, up to 100 years. `PT0S` or null removes a timer, or makes none; one that is absent stays, or is the account's default. */
export type TimersInput = {
  /** Time without activity until closed; at least `PT10M`. TIMER_CLOSED_INVALID or TIMER_CLOSED_TOO_SHORT. */
  closed?: string | null | undefined;
  /** Time without activity until inactive; at least `PT1M`. TIMER_INACTIVE_INVALID or TIMER_INACTIVE_TOO_SHORT. */
  inactive?: string | null | undefined;
};

/** The conversation to change, and what to change of it. CONVERSATION_CLOSED where it is closed. */
export type UpdateConversationInput = {
  /** The application's own data; null clears it to `{}`. Not together with `attributesText`, else INVALID_PARAMETER. At most 16,384 bytes, else ATTRIBUTES_TOO_LONG. */
  attributes?: unknown;
  /** The same as JSON text, which is stored byte for byte; null clears it to `{}`. ATTRIBUTES_INVALID where it is no JSON, or nested deeper than 500. Not together with `attributes`. */
  attributesText?: string | null | undefined;
  /** For importing history; absent or null leaves it. DATE_CREATED_INVALID where it is no moment. */
  dateCreated?: string | null | undefined;
  /** For importing history; absent or null, the moment of the change. DATE_UPDATED_INVALID where it is no moment. */
  dateUpdated?: string | null | undefined;
  /** Sender of its emails; null clears both fields. */
  email?: EmailBindingInput | null | undefined;
  /** Name for people, at most 256 characters, else FRIENDLY_NAME_TOO_LONG. */
  friendlyName?: string | null | undefined;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** SID of a messaging service, `MG` and 32 hex digits, else MESSAGING_SERVICE_SID_INVALID; it is not looked up. */
  messagingServiceSid?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
  /** SID or unique name of the conversation. */
  sid: string;
  /** Absent leaves it; given, both timers start anew. `CLOSED` is final. STATE_EMPTY for null. */
  state?: ConversationState | null | undefined;
  /** Both start anew where either is given; null removes both. */
  timers?: TimersInput | null | undefined;
  /** Name for programs, at most 256 characters and not of the shape of a SID, else UNIQUE_NAME_INVALID or UNIQUE_NAME_MATCHES_SID; UNIQUE_NAME_EXISTS where another in the service has it. */
  uniqueName?: string | null | undefined;
};

/** An address that is absent stays, null removes it, a text adds it where there is none. */
export type UpdateMessagingBindingInput = {
  /** Number of a chat participant in a group MMS. PROJECTED_ADDRESS_NOT_ADDABLE or PROJECTED_ADDRESS_NOT_REMOVABLE. */
  projectedAddress?: string | null | undefined;
  /** Ours that speaks with the participant's own address. PROXY_ADDRESS_NOT_ADDABLE or PROXY_ADDRESS_NOT_REMOVABLE. */
  proxyAddress?: string | null | undefined;
};

/** The participant to change, and what to change of it. CONVERSATION_CLOSED where the conversation is closed. */
export type UpdateParticipantInput = {
  /** The application's own data; null clears it to `{}`. Not together with `attributesText`, else INVALID_PARAMETER. At most 4,096 bytes, else ATTRIBUTES_TOO_LONG. */
  attributes?: unknown;
  /** The same as JSON text, which is stored byte for byte; null clears it to `{}`. ATTRIBUTES_INVALID where it is no JSON, or nested deeper than 500. Not together with `attributes`. */
  attributesText?: string | null | undefined;
  /** SID or unique name of the conversation. */
  conversationSid: string;
  /** For importing history; absent or null leaves it. DATE_CREATED_INVALID where it is no moment. */
  dateCreated?: string | null | undefined;
  /** For importing history; absent or null, the moment of the change. DATE_UPDATED_INVALID where it is no moment. */
  dateUpdated?: string | null | undefined;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** Makes a chat participant of a projected address that has no identity, else IDENTITY_NOT_ADDABLE; absent or null leaves it. */
  identity?: string | null | undefined;
  /** The read horizon, 0 or more; lower than before is allowed. Null clears it, and the timestamp unless that is given. */
  lastReadMessageIndex?: number | null | undefined;
  /** When it was read. Absent: now where an index is given, else as it was. Null clears it. */
  lastReadTimestamp?: string | null | undefined;
  /** Addresses to add or to remove. BINDING_EXISTS where another open conversation of the account has the same pair. */
  messagingBinding?: UpdateMessagingBindingInput | null | undefined;
  /** SID of a role of the type `CONVERSATION`; absent or null leaves it. ROLE_NOT_FOUND or ROLE_TYPE_INVALID. */
  roleSid?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
  /** SID of the participant; its identity will not do here. */
  sid: string;
};

/** The user and the conversation, NOT_FOUND where the one takes no part in the other; and what to change. */
export type UpdateUserConversationInput = {
  /** SID or unique name of the conversation. */
  conversationSid: string;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** The read horizon, 0 or more; lower than before is allowed. Null clears it, and the timestamp unless that is given. */
  lastReadMessageIndex?: number | null | undefined;
  /** When it was read. Absent: now where an index is given, else as it was. Null clears it. */
  lastReadTimestamp?: string | null | undefined;
  /** Absent or null leaves it. */
  notificationLevel?: NotificationLevel | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
  /** SID or identity of the user. */
  userSid: string;
};

/** The user to change, and what to change of it. */
export type UpdateUserInput = {
  /** The application's own data; null clears it to `{}`. Not together with `attributesText`, else INVALID_PARAMETER. At most 16,384 bytes, else ATTRIBUTES_TOO_LONG. */
  attributes?: unknown;
  /** The same as JSON text, which is stored byte for byte; null clears it to `{}`. ATTRIBUTES_INVALID where it is no JSON, or nested deeper than 500. Not together with `attributes`. */
  attributesText?: string | null | undefined;
  /** Name for people, at most 256 characters, else FRIENDLY_NAME_TOO_LONG. */
  friendlyName?: string | null | undefined;
  /** A name of your choice for this one change, 1 to 255 printable ASCII characters, else INVALID_PARAMETER: who sends it again within 24 hours gets what was done the first time, and nothing is done twice. What failed may be tried again under the same key. IDEMPOTENCY_KEY_REUSED where the account has used it for anything else: an input in which a field is null is not the one in which it is absent. */
  idempotencyKey?: string | null | undefined;
  /** SID of a role of the type `SERVICE`; absent or null leaves it. ROLE_NOT_FOUND or ROLE_TYPE_INVALID. */
  roleSid?: string | null | undefined;
  /** SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown. */
  serviceSid?: string | null | undefined;
  /** SID or identity of the user. */
  sid: string;
};

export type CreateConversationMutationVariables = Exact<{
  input: CreateConversationInput;
}>;


export type CreateConversationMutation = { createConversation:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'CreateConversationPayload', conversation: { id: string, sid: string, serviceSid: string, friendlyName: string | null, uniqueName: string | null, attributes: unknown, attributesText: string, state: ConversationState, dateCreated: string, dateUpdated: string, timers: { dateInactive: string | null, dateClosed: string | null } } }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
   | null };

export type UpdateConversationMutationVariables = Exact<{
  input: UpdateConversationInput;
}>;


export type UpdateConversationMutation = { updateConversation:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'UpdateConversationPayload', conversation: { sid: string, friendlyName: string | null, uniqueName: string | null, attributes: unknown, attributesText: string, state: ConversationState } }
   | null };

export type DeleteConversationMutationVariables = Exact<{
  input: DeleteConversationInput;
}>;


export type DeleteConversationMutation = { deleteConversation:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'DeleteConversationPayload', deletedId: string, sid: string }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
   | null };

export type AddParticipantMutationVariables = Exact<{
  input: AddParticipantInput;
}>;


export type AddParticipantMutation = { addParticipant:
    | { __typename: 'AddParticipantPayload', participant: { id: string, sid: string, identity: string | null, attributes: unknown, messagingBinding: { type: string, address: string | null, proxyAddress: string | null, projectedAddress: string | null } | null, role: { friendlyName: string, type: RoleType } | null, user: { sid: string, identity: string } | null, conversation: { sid: string } | null } }
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
   | null };

export type UpdateParticipantMutationVariables = Exact<{
  input: UpdateParticipantInput;
}>;


export type UpdateParticipantMutation = { updateParticipant:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'UpdateParticipantPayload', participant: { sid: string, attributesText: string, lastReadMessageIndex: number | null, messagingBinding: { proxyAddress: string | null } | null } }
   | null };

export type RemoveParticipantMutationVariables = Exact<{
  input: RemoveParticipantInput;
}>;


export type RemoveParticipantMutation = { removeParticipant:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'RemoveParticipantPayload', deletedId: string, sid: string, conversation: { participants: { totalCount: number } } | null }
   | null };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { createUser:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'CreateUserPayload', user: { id: string, sid: string, identity: string, friendlyName: string | null, role: { friendlyName: string } | null } }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
   | null };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { updateUser:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'UpdateUserPayload', user: { sid: string, friendlyName: string | null, attributes: unknown } }
   | null };

export type DeleteUserMutationVariables = Exact<{
  input: DeleteUserInput;
}>;


export type DeleteUserMutation = { deleteUser:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'DeleteUserPayload', deletedId: string, sid: string }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
   | null };

export type UpdateUserConversationMutationVariables = Exact<{
  input: UpdateUserConversationInput;
}>;


export type UpdateUserConversationMutation = { updateUserConversation:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'UpdateUserConversationPayload', userConversation: { id: string, notificationLevel: NotificationLevel, lastReadMessageIndex: number | null, lastReadTimestamp: string | null, unreadMessagesCount: number | null } }
   | null };

export type LeaveConversationMutationVariables = Exact<{
  input: LeaveConversationInput;
}>;


export type LeaveConversationMutation = { leaveConversation:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'LeaveConversationPayload', deletedId: string, deletedParticipantId: string, conversation: { participants: { totalCount: number } } | null, user: { identity: string } | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
   | null };

export type CreateServiceMutationVariables = Exact<{
  input: CreateServiceInput;
}>;


export type CreateServiceMutation = { createService:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'CreateServicePayload', service: { id: string, sid: string, friendlyName: string, isDefault: boolean, defaultConversationRole: { friendlyName: string, type: RoleType, permissions: Array<string> } | null } }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
   | null };

export type DeleteServiceMutationVariables = Exact<{
  input: DeleteServiceInput;
}>;


export type DeleteServiceMutation = { deleteService:
    | { __typename: 'ConflictError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
        | { __typename: 'Account', id: string }
        | { __typename: 'Conversation', id: string }
        | { __typename: 'Message', id: string }
        | { __typename: 'Participant', id: string }
        | { __typename: 'ParticipantConversation', id: string }
        | { __typename: 'Role', id: string }
        | { __typename: 'Service', id: string }
        | { __typename: 'User', id: string }
        | { __typename: 'UserConversation', id: string }
       | null }
    | { __typename: 'DeleteServicePayload', deletedId: string, sid: string }
    | { __typename: 'InvalidInputError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
    | { __typename: 'NotFoundError', message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null }
   | null };

type Failure_ConflictError_Fragment = { message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null, conflicting:
    | { __typename: 'Account', id: string }
    | { __typename: 'Conversation', id: string }
    | { __typename: 'Message', id: string }
    | { __typename: 'Participant', id: string }
    | { __typename: 'ParticipantConversation', id: string }
    | { __typename: 'Role', id: string }
    | { __typename: 'Service', id: string }
    | { __typename: 'User', id: string }
    | { __typename: 'UserConversation', id: string }
   | null };

type Failure_InvalidInputError_Fragment = { message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null };

type Failure_ItemsError_Fragment = { message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null };

type Failure_NotFoundError_Fragment = { message: string, code: string, status: number, twilioCode: number, moreInfo: string, parameter: string | null };

export type FailureFragment =
  | Failure_ConflictError_Fragment
  | Failure_InvalidInputError_Fragment
  | Failure_ItemsError_Fragment
  | Failure_NotFoundError_Fragment
;

export const FailureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<FailureFragment, unknown>;
export const CreateConversationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConversation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConversationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createConversation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConversationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"serviceSid"}},{"kind":"Field","name":{"kind":"Name","value":"friendlyName"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueName"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"attributesText"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"timers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dateInactive"}},{"kind":"Field","name":{"kind":"Name","value":"dateClosed"}}]}},{"kind":"Field","name":{"kind":"Name","value":"dateCreated"}},{"kind":"Field","name":{"kind":"Name","value":"dateUpdated"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<CreateConversationMutation, CreateConversationMutationVariables>;
export const UpdateConversationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateConversation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConversationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateConversation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConversationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"friendlyName"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueName"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"attributesText"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateConversationMutation, UpdateConversationMutationVariables>;
export const DeleteConversationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteConversation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteConversationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteConversation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteConversationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteConversationMutation, DeleteConversationMutationVariables>;
export const AddParticipantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddParticipant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddParticipantInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addParticipant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AddParticipantPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"participant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"identity"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}},{"kind":"Field","name":{"kind":"Name","value":"messagingBinding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"proxyAddress"}},{"kind":"Field","name":{"kind":"Name","value":"projectedAddress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"friendlyName"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"identity"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sid"}}]}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<AddParticipantMutation, AddParticipantMutationVariables>;
export const UpdateParticipantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateParticipant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateParticipantInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateParticipant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateParticipantPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"participant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"attributesText"}},{"kind":"Field","name":{"kind":"Name","value":"lastReadMessageIndex"}},{"kind":"Field","name":{"kind":"Name","value":"messagingBinding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"proxyAddress"}}]}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateParticipantMutation, UpdateParticipantMutationVariables>;
export const RemoveParticipantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveParticipant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveParticipantInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeParticipant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveParticipantPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"conversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"participants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<RemoveParticipantMutation, RemoveParticipantMutationVariables>;
export const CreateUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateUserPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"identity"}},{"kind":"Field","name":{"kind":"Name","value":"friendlyName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"friendlyName"}}]}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<CreateUserMutation, CreateUserMutationVariables>;
export const UpdateUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateUserPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"friendlyName"}},{"kind":"Field","name":{"kind":"Name","value":"attributes"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateUserMutation, UpdateUserMutationVariables>;
export const DeleteUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteUserPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteUserMutation, DeleteUserMutationVariables>;
export const UpdateUserConversationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateUserConversation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateUserConversationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateUserConversation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateUserConversationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userConversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"notificationLevel"}},{"kind":"Field","name":{"kind":"Name","value":"lastReadMessageIndex"}},{"kind":"Field","name":{"kind":"Name","value":"lastReadTimestamp"}},{"kind":"Field","name":{"kind":"Name","value":"unreadMessagesCount"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateUserConversationMutation, UpdateUserConversationMutationVariables>;
export const LeaveConversationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LeaveConversation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LeaveConversationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaveConversation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeaveConversationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"deletedParticipantId"}},{"kind":"Field","name":{"kind":"Name","value":"conversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"participants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"identity"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<LeaveConversationMutation, LeaveConversationMutationVariables>;
export const CreateServiceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateService"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateServiceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createService"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateServicePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"service"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"friendlyName"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"defaultConversationRole"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"friendlyName"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}}]}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<CreateServiceMutation, CreateServiceMutationVariables>;
export const DeleteServiceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteService"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteServiceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteService"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteServicePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"twilioCode"}},{"kind":"Field","name":{"kind":"Name","value":"moreInfo"}},{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflicting"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteServiceMutation, DeleteServiceMutationVariables>;