import { conflict, invalid, type Rows } from "./row.ts";

/** Of conversations, and of what others have in common with them. */
export const CONVERSATION_ERRORS = {
  UNIQUE_NAME_INVALID: invalid(50004, "Unique Name too long", {
    cause:
      "UniqueName has more than 256 characters, or is `.` or `..`, which every URL parser takes out of a path.",
    remedy: "Choose a UniqueName of at most 256 characters.",
  }),
  ATTRIBUTES_TOO_LONG: invalid(50303, "Attributes too long", {
    cause:
      "Attributes have more bytes of UTF-8 than the object may hold: 16,384 for a conversation or a user, 4,096 for a participant or a message.",
    remedy: "Keep less in Attributes, such as the key of a record of your own.",
  }),
  ATTRIBUTES_INVALID: invalid(50304, "Attributes not valid JSON", {
    cause: "Attributes are not one JSON text, or are nested deeper than 500 levels.",
    remedy: "Send what a JSON serializer writes; an empty text means `{}`.",
  }),
  DATE_CREATED_INVALID: invalid(50308, "Invalid Date Created parameter", {
    cause: "DateCreated is no date-time of RFC 3339, or lies outside the years 1 to 9999.",
    remedy: "Send a moment with its offset, such as 2026-01-31T12:00:00Z, or leave DateCreated out.",
  }),
  DATE_UPDATED_INVALID: invalid(50309, "Invalid Date Updated parameter", {
    cause: "DateUpdated is no date-time of RFC 3339, or lies outside the years 1 to 9999.",
    remedy: "Send a moment with its offset, such as 2026-01-31T12:00:00Z, or leave DateUpdated out.",
  }),
  MESSAGING_SERVICE_SID_INVALID: invalid(50341, "Messaging service SID invalid", {
    cause: "MessagingServiceSid is not `MG` and 32 hexadecimal digits.",
    remedy: "Send the SID of a messaging service, or leave it empty for none.",
  }),
  UNIQUE_NAME_EXISTS: conflict(50353, "Conversation with provided unique name already exists", {
    cause:
      "Another conversation of the service has this UniqueName, in whatever state; a closed one keeps its name.",
    remedy:
      "Go on with the conversation that the error names, choose another UniqueName, or clear the other's by updating it with an empty one.",
  }),
  STATE_EMPTY: invalid(50374, "'State' field can't be empty", {
    cause: "State is given and empty, and a conversation can't be without a state.",
    remedy: "Send `active`, `inactive` or, in an update, `closed`; leave State out to keep it as it is.",
  }),
  TIMER_INACTIVE_TOO_SHORT: invalid(50375, "TimeToInactive should be at least 1 minute", {
    cause: "Timers.Inactive is shorter than a minute.",
    remedy: "Send PT1M or longer, or PT0S to remove the timer.",
  }),
  TIMER_CLOSED_TOO_SHORT: invalid(50376, "TimeToClosed should be at least 10 minutes", {
    cause: "Timers.Closed is shorter than ten minutes.",
    remedy: "Send PT10M or longer, or PT0S to remove the timer.",
  }),
  CONVERSATION_CLOSED: invalid(50377, "Can't update conversation as it's in final closed state", {
    cause:
      "The conversation is closed, by a request or by its timer, and stays so: it, its participants and its messages can be read and deleted, but not added or changed.",
    remedy: "Go on in a new conversation. The addresses that were bound in the closed one are free for it.",
  }),
  STATE_INVALID: invalid(50378, "'State' parameter value is invalid", {
    cause: "State is something else than `active`, `inactive` or `closed`.",
    remedy: "Send one of the three, in lower case.",
    only: "v1",
  }),
  TIMER_INACTIVE_INVALID: invalid(50379, "TimeToInactive format is invalid", {
    cause:
      "Timers.Inactive is no ISO 8601 duration of weeks, days, hours, minutes and seconds up to 100 years.",
    remedy:
      "Send a duration such as PT30M or P1DT12H; years and months are refused, since their length varies.",
  }),
  TIMER_CLOSED_INVALID: invalid(50380, "TimeToClosed format is invalid", {
    cause:
      "Timers.Closed is no ISO 8601 duration of weeks, days, hours, minutes and seconds up to 100 years.",
    remedy: "Send a duration such as PT60M or P7D; years and months are refused, since their length varies.",
  }),
  TIMERS_WITHOUT_STATE: invalid(50382, "Timer can't be set without state", {
    cause: "A new conversation is given Timers but no State for them to count in.",
    remedy: "Send State=active or State=inactive with the timers.",
  }),
  INITIAL_STATE_CLOSED: invalid(50384, "Initial state can't be 'closed'", {
    cause: "A conversation can't be made closed.",
    remedy: "Make it active or inactive, fill it, and close it with an update.",
  }),
  UNIQUE_NAME_MATCHES_SID: invalid(50390, "Unique name should not match conversation sid pattern", {
    cause: "UniqueName has the shape of a conversation's SID: `CH` and 32 hexadecimal digits.",
    remedy: "Choose a name of another shape, so that a path with it can't be mistaken for one with a SID.",
  }),
  DATE_RANGE_INVALID: invalid(50396, "EndDate must be after StartDate", {
    cause: "EndDate is the same moment as StartDate or an earlier one.",
    remedy: "Swap the two, or leave one out.",
  }),
} as const satisfies Rows;
