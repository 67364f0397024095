import { conflict, invalid, type Rows } from "./row.ts";

/** Of participants: who they are, how they are reached, how far they have read. */
export const PARTICIPANT_ERRORS = {
  NOTIFICATION_LEVEL_INVALID: invalid(50210, "Invalid notification level", {
    cause: "NotificationLevel is something else than `default` or `muted`.",
    remedy: "Send one of the two, in lower case.",
    only: "v1",
  }),
  IDENTITY_WITH_ADDRESS: invalid(50211, "Identity parameter not acceptable for this Participant", {
    cause: "Identity stands beside MessagingBinding.Address or MessagingBinding.ProxyAddress.",
    remedy:
      "Send either an Identity, for who chats, or addresses, for who is reached by messages. In a group MMS, who chats has a MessagingBinding.ProjectedAddress beside the Identity.",
  }),
  ADDRESS_INVALID: invalid(50407, "Invalid messaging binding address", {
    cause:
      "MessagingBinding.Address or ProjectedAddress is neither a number in E.164 form nor, for Address, a channel's prefix with 1 to 256 characters behind it.",
    remedy: "Send a number such as +15558675310, or an address such as whatsapp:+15558675310.",
  }),
  PROXY_ADDRESS_INVALID: invalid(50408, "Invalid participant proxy address", {
    cause:
      "MessagingBinding.ProxyAddress is neither a number in E.164 form nor a channel's prefix with 1 to 256 characters behind it.",
    remedy: "Send the number or sender of yours that speaks with the participant, such as +15017122661.",
  }),
  ADDRESS_EQUALS_PROXY: invalid(50409, "Participant address equals proxy address", {
    cause: "MessagingBinding.Address and MessagingBinding.ProxyAddress are the same.",
    remedy: "Address is the participant's own, ProxyAddress one of yours; correct the one that is wrong.",
  }),
  ADDRESS_EMPTY: invalid(50411, "Participant address is empty", {
    cause: "MessagingBinding.ProxyAddress is given without an Address, or Address is empty.",
    remedy: "Send the participant's own number or channel address in MessagingBinding.Address.",
  }),
  PROXY_ADDRESS_EMPTY: invalid(50412, "Participant proxy address is empty", {
    cause: "MessagingBinding.ProxyAddress is empty, or absent for an Address whose channel needs one.",
    remedy: "Send the number or sender of yours that speaks with the participant.",
  }),
  ADDRESS_TYPES_DIFFER: invalid(50414, "Participant address type does not match proxy address type", {
    cause: "The two addresses are of different channels, such as whatsapp: and a bare number.",
    remedy: "Give MessagingBinding.Address and MessagingBinding.ProxyAddress the same prefix.",
  }),
  BINDING_EXISTS: conflict(50416, "A binding for this participant and proxy address already exists", {
    cause:
      "The pair of MessagingBinding.Address and MessagingBinding.ProxyAddress is in use by another open conversation of the account, in this service or another.",
    remedy:
      "Go on in the conversation that the message names; or free the pair by closing or deleting that conversation or removing its participant; or take another ProxyAddress.",
  }),
  PARTICIPANT_LIMIT: invalid(50417, "Participants limit exceeded", {
    cause: "The conversation has 1000 participants, the most it can have.",
    remedy: "Remove one, or go on in another conversation.",
  }),
  NON_CHAT_PARTICIPANT_LIMIT: invalid(50418, "Non-Chat participants limit exceeded", {
    cause: "The conversation has 50 participants without an Identity, the most it can have of them.",
    remedy: "Remove one of them, or go on in another conversation; chat participants can still be added.",
  }),
  LAST_READ_INDEX_INVALID: invalid(50421, "Invalid last read message index format", {
    cause: "LastReadMessageIndex is no whole number from 0 upward.",
    remedy: "Send the index of the last message that was read; empty clears it, as if nothing had been read.",
  }),
  PARTICIPANT_JSON_INVALID: invalid(50424, "Invalid participant JSON", {
    cause:
      "A Participant of ConversationWithParticipants is no JSON object, has a key that none has, or something in it is no text where one belongs.",
    remedy:
      'Send each as a JSON object of its own, such as {"identity": "ann"}; the error names the one at fault, counted from 0, and the key.',
    only: "v1",
  }),
  PAIRS_IN_USE: conflict(
    50425,
    "Participant and proxy address pairs for one or more participants already in use",
    {
      cause:
        "A participant of a conversation that is made with its participants has a pair of address and proxy address that another open conversation of the account has, or another of the participants.",
      remedy:
        "Go on in the conversation that the message names, take another proxy address, or leave out the second of two equal pairs; nothing has been made.",
    },
  ),
  TOO_MANY_PARTICIPANTS: invalid(50426, "Too many participants", {
    cause: "A conversation was to be made with more than 10 participants.",
    remedy: "Make it with 10 of them and add the others afterwards.",
  }),
  PARTICIPANT_EXISTS: conflict(50433, "Participant already exists", {
    cause: "The Identity takes part in this conversation already.",
    remedy: "Use or update the participant that the error names.",
  }),
  GROUP_PARTICIPANT_EXISTS: conflict(50437, "Group Participant already exists", {
    cause: "The conversation has a participant with this Address or this ProjectedAddress already.",
    remedy: "Use or update the participant that the error names.",
  }),
  PROXY_ADDRESS_NOT_REMOVABLE: invalid(50440, "Failed to remove the proxy address of a participant", {
    cause: "The participant has no proxy address that could be removed.",
    remedy: "Leave MessagingBinding.ProxyAddress out.",
  }),
  PROXY_ADDRESS_NOT_ADDABLE: invalid(50441, "Failed to add a proxy address to a participant", {
    cause: "The participant has no address, or has a proxy address already.",
    remedy:
      "Remove the present proxy address with an update of its own first; who has no address is added anew with one.",
  }),
  PROJECTED_ADDRESS_NOT_REMOVABLE: invalid(50442, "Failed to remove the projected address of a participant", {
    cause: "The participant has no projected address, or has no identity that would be left without it.",
    remedy: "Leave MessagingBinding.ProjectedAddress out, or remove the participant.",
  }),
  PROJECTED_ADDRESS_NOT_ADDABLE: invalid(50443, "Failed to add a projected address to a participant", {
    cause: "The participant has, or is given, an address of its own, or has a projected address already.",
    remedy: "Give a projected address only to who chats, and remove the present one with an update first.",
  }),
  IDENTITY_NOT_ADDABLE: invalid(50444, "Failed to add an identity to a participant", {
    cause: "The participant has an identity already, or has no projected address.",
    remedy:
      "An Identity can be added later only in a group MMS; else remove the participant and add it anew.",
  }),
  IDENTITY_AND_ADDRESS: invalid(
    50451,
    "One user identifier parameter for lookup at a time is allowed. Please, use either Identity or Address",
    {
      cause: "A look-up of participations names both an Identity and an Address.",
      remedy: "Ask by one of them, and by the other in a second request.",
    },
  ),
  PROXY_ADDRESS_UNSUPPORTED: invalid(
    50453,
    "Proxy Address of participant is not supported for this channel",
    {
      cause: "The Address is of a channel whose participants have no proxy address, such as email.",
      remedy: "Leave MessagingBinding.ProxyAddress out.",
    },
  ),
} as const satisfies Rows;
