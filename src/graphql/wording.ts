/** Descriptions of what many types and inputs have in common. */
export const WORDING = {
  accountSid: "SID of the account that it belongs to: `AC` and 32 hex digits.",
  serviceSid: "SID of the service that it lives in: `IS` and 32 hex digits.",
  dateCreated: "When it was made.",
  dateUpdated: "When it last changed.",
  ofService: "SID of the service; absent or null, the account's default one. NOT_FOUND where it is unknown.",
  ofConversation: "SID or unique name of the conversation.",
  ofUser: "SID or identity of the user.",
  importedCreated: "For importing history; absent or null, now. DATE_CREATED_INVALID where it is no moment.",
  importedUpdated: "For importing history; absent or null, now. DATE_UPDATED_INVALID where it is no moment.",
  correctedCreated:
    "For importing history; absent or null leaves it. DATE_CREATED_INVALID where it is no moment.",
  correctedUpdated:
    "For importing history; absent or null, the moment of the change. DATE_UPDATED_INVALID where it is no moment.",
  friendlyName: "Name for people, at most 256 characters, else FRIENDLY_NAME_TOO_LONG.",
  unreadMessagesCount:
    "Messages above the read horizon, exactly, own ones included; null while there is no horizon.",
  lastReadMessageIndex:
    "The read horizon, 0 or more; lower than before is allowed. Null clears it, and the timestamp unless that is given.",
  lastReadTimestamp: "When it was read. Absent: now where an index is given, else as it was. Null clears it.",
  deletedInBetween: "Null only where it was deleted in between.",
} as const;
