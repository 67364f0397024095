import { conflict, invalid, type Rows } from "./row.ts";

/** Of services, their roles and their users. */
export const SERVICE_ERRORS = {
  DEFAULT_SERVICE: conflict(20409, "The default conversation service can't be deleted", {
    cause:
      "The service is the account's default one, which every path without /Services/{ChatServiceSid} means.",
    remedy: "Make another service the default one in the account's Configuration first.",
  }),
  DEFAULT_ROLE: conflict(20409, "A default role of its service can't be deleted", {
    cause:
      "The service gives the role to new users, to participants who join, or to creators of conversations.",
    remedy: "Make another role that default in the service's Configuration first.",
  }),
  ROLE_IN_USE: conflict(20409, "A role that is in use can't be deleted", {
    cause: "A user or a participant has the role; the error names one of them.",
    remedy: "Give another role to all who have this one, or delete them, first.",
  }),
  FRIENDLY_NAME_MISSING: invalid(50000, "FriendlyName not provided", {
    cause: "A service or a role can't be without a name, and FriendlyName is absent or empty.",
    remedy: "Send a FriendlyName of 1 to 256 characters.",
  }),
  FRIENDLY_NAME_TOO_LONG: invalid(50003, "Friendly name too long", {
    cause: "FriendlyName has more than 256 characters.",
    remedy: "Shorten it to 256 characters; longer texts have their place in Attributes.",
  }),
  SERVICE_NOT_FOUND: invalid(50050, "Service Instance not found", {
    cause: "DefaultChatServiceSid names no conversation service of the account.",
    remedy: "Take the SID (IS…) of a service of the same account, as `GET /v1/Services` lists them.",
  }),
  ROLE_NOT_FOUND: invalid(50100, "Role not found", {
    cause: "RoleSid names no role of the service that the request is about.",
    remedy: "Take the SID (RL…) of a role of the same service: roles are not shared between services.",
  }),
  SERVICE_ROLE_NOT_FOUND: invalid(50102, "Deployment role not found", {
    cause: "DefaultChatServiceRoleSid names no role of the type `service` in this service.",
    remedy: "Take the SID (RL…) of a role of this service whose type is `service`.",
  }),
  PERMISSION_NOT_FOUND: invalid(50104, "Permission not found", {
    cause: "Permission is absent, or holds a permission that roles of this type do not have.",
    remedy:
      "Send Permission at least once; the description of `createRole` in the GraphQL schema lists what each type of role can permit.",
  }),
  ROLE_TYPE_INVALID: invalid(50105, "Invalid role type", {
    cause:
      "A role to be made is neither for conversations nor for the service; or one that is given is of the wrong type: participants take roles for conversations, users roles for services.",
    remedy:
      "Make roles of the Type `conversation` or `service`, and give those to participants and these to users.",
  }),
  CREATOR_ROLE_NOT_FOUND: invalid(50106, "Channel creator role not found", {
    cause: "DefaultConversationCreatorRoleSid names no role of the type `conversation` in this service.",
    remedy: "Take the SID (RL…) of a role of this service whose type is `conversation`.",
  }),
  CONVERSATION_ROLE_NOT_FOUND: invalid(50109, "Conversation role not found", {
    cause: "DefaultConversationRoleSid names no role of the type `conversation` in this service.",
    remedy: "Take the SID (RL…) of a role of this service whose type is `conversation`.",
  }),
  USER_EXISTS: conflict(50201, "User already exists", {
    cause: "The service has a user with this Identity. Adding a chat participant makes its user too.",
    remedy: "Use or update the user that the error names, or choose another Identity.",
  }),
  IDENTITY_RESERVED: invalid(50203, "Identity reserved", {
    cause: "The Identity is `.` or `..`, which every URL parser takes out of a path.",
    remedy: "Choose another Identity.",
  }),
  IDENTITY_MISSING: invalid(50204, "Identity not provided", {
    cause:
      "The request names nobody: a user has no Identity, or a participant neither an Identity nor an address.",
    remedy:
      "Send Identity; or, for a participant who does not chat, MessagingBinding.Address or MessagingBinding.ProjectedAddress.",
  }),
  IDENTITY_MATCHES_SID: invalid(50206, "Identity should not match user SID pattern", {
    cause: "The Identity has the shape of a SID: two letters and 32 hexadecimal digits.",
    remedy:
      "Choose an Identity of another shape, so that a path with it can't be mistaken for one with a SID.",
  }),
  IDENTITY_TOO_LONG: invalid(50207, "Identity too long", {
    cause: "Identity has more than 256 characters.",
    remedy: "Shorten it to 256 characters.",
  }),
} as const satisfies Rows;
