/** What went wrong, in the words of no protocol. A surface turns it into a status or a type. */
export type ErrorKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "unavailable"
  | "internal";

interface CatalogueRow {
  readonly kind: ErrorKind;
  /** HTTP status. */
  readonly status: number;
  /** Twilio's error code. */
  readonly code: number;
  readonly message: string;
}

const row = (kind: ErrorKind, status: number, code: number, message: string): CatalogueRow => ({
  kind,
  status,
  code,
  message,
});
const invalid = (code: number, message: string, status = 400) => row("invalid", status, code, message);
const conflict = (code: number, message: string) => row("conflict", 409, code, message);

/**
 * Every error Parley answers with. Codes and wording are Twilio's where its dictionary has them
 * (`https://www.twilio.com/docs/api/errors`); statuses where nobody published them follow decision 9.
 */
export const CATALOGUE = {
  INVALID_PARAMETER: invalid(20001, "Invalid parameter"),
  PARAMETER_REPEATED: invalid(20001, "Parameter given more than once"),
  UNAUTHENTICATED: row("unauthenticated", 401, 20003, "Authenticate"),
  METHOD_NOT_ALLOWED: invalid(20004, "Method not allowed", 405),
  CROSS_SITE_REQUEST: row("forbidden", 403, 20403, "Cross-site writes are refused"),
  NOT_FOUND: row("notFound", 404, 20404, "The requested resource was not found"),
  DEFAULT_SERVICE: conflict(20409, "The default conversation service can't be deleted"),
  CONCURRENT_CHANGE: conflict(20409, "The request collided with concurrent changes, repeat it"),
  UNSUPPORTED_MEDIA_TYPE: invalid(20422, "Unsupported content type", 415),
  BODY_TOO_LARGE: invalid(20001, "Request body larger than 1 MB", 413),
  INTERNAL: row("internal", 500, 20500, "An internal server error has occurred"),
  UNAVAILABLE: row("unavailable", 503, 20503, "The service is unavailable, try again later"),
  INVALID_PAGE_TOKEN: invalid(21481, "Invalid PageToken"),
  FRIENDLY_NAME_MISSING: invalid(50000, "FriendlyName not provided"),
  FRIENDLY_NAME_TOO_LONG: invalid(50003, "Friendly name too long"),
  UNIQUE_NAME_INVALID: invalid(50004, "Unique Name too long"),
  ROLE_NOT_FOUND: invalid(50100, "Role not found"),
  ROLE_TYPE_INVALID: invalid(50105, "Invalid role type"),
  USER_EXISTS: conflict(50201, "User already exists"),
  IDENTITY_RESERVED: invalid(50203, "Identity reserved"),
  IDENTITY_MISSING: invalid(50204, "Identity not provided"),
  IDENTITY_MATCHES_SID: invalid(50206, "Identity should not match user SID pattern"),
  IDENTITY_TOO_LONG: invalid(50207, "Identity too long"),
  NOTIFICATION_LEVEL_INVALID: invalid(50210, "Invalid notification level"),
  IDENTITY_WITH_ADDRESS: invalid(50211, "Identity parameter not acceptable for this Participant"),
  ATTRIBUTES_TOO_LONG: invalid(50303, "Attributes too long"),
  ATTRIBUTES_INVALID: invalid(50304, "Attributes not valid JSON"),
  DATE_CREATED_INVALID: invalid(50308, "Invalid Date Created parameter"),
  DATE_UPDATED_INVALID: invalid(50309, "Invalid Date Updated parameter"),
  MESSAGING_SERVICE_SID_INVALID: invalid(50341, "Messaging service SID invalid"),
  UNIQUE_NAME_EXISTS: conflict(50353, "Conversation with provided unique name already exists"),
  STATE_EMPTY: invalid(50374, "'State' field can't be empty"),
  TIMER_INACTIVE_TOO_SHORT: invalid(50375, "TimeToInactive should be at least 1 minute"),
  TIMER_CLOSED_TOO_SHORT: invalid(50376, "TimeToClosed should be at least 10 minutes"),
  CONVERSATION_CLOSED: invalid(50377, "Can't update conversation as it's in final closed state"),
  STATE_INVALID: invalid(50378, "'State' parameter value is invalid"),
  TIMER_INACTIVE_INVALID: invalid(50379, "TimeToInactive format is invalid"),
  TIMER_CLOSED_INVALID: invalid(50380, "TimeToClosed format is invalid"),
  TIMERS_WITHOUT_STATE: invalid(50382, "Timer can't be set without state"),
  INITIAL_STATE_CLOSED: invalid(50384, "Initial state can't be 'closed'"),
  UNIQUE_NAME_MATCHES_SID: invalid(50390, "Unique name should not match conversation sid pattern"),
  DATE_RANGE_INVALID: invalid(50396, "EndDate must be after StartDate"),
  ADDRESS_INVALID: invalid(50407, "Invalid messaging binding address"),
  PROXY_ADDRESS_INVALID: invalid(50408, "Invalid participant proxy address"),
  ADDRESS_EQUALS_PROXY: invalid(50409, "Participant address equals proxy address"),
  ADDRESS_EMPTY: invalid(50411, "Participant address is empty"),
  PROXY_ADDRESS_EMPTY: invalid(50412, "Participant proxy address is empty"),
  ADDRESS_TYPES_DIFFER: invalid(50414, "Participant address type does not match proxy address type"),
  BINDING_EXISTS: conflict(50416, "A binding for this participant and proxy address already exists"),
  PARTICIPANT_LIMIT: invalid(50417, "Participants limit exceeded"),
  NON_CHAT_PARTICIPANT_LIMIT: invalid(50418, "Non-Chat participants limit exceeded"),
  LAST_READ_INDEX_INVALID: invalid(50421, "Invalid last read message index format"),
  PARTICIPANT_EXISTS: conflict(50433, "Participant already exists"),
  GROUP_PARTICIPANT_EXISTS: conflict(50437, "Group Participant already exists"),
  PROXY_ADDRESS_NOT_REMOVABLE: invalid(50440, "Failed to remove the proxy address of a participant"),
  PROXY_ADDRESS_NOT_ADDABLE: invalid(50441, "Failed to add a proxy address to a participant"),
  PROJECTED_ADDRESS_NOT_REMOVABLE: invalid(50442, "Failed to remove the projected address of a participant"),
  PROJECTED_ADDRESS_NOT_ADDABLE: invalid(50443, "Failed to add a projected address to a participant"),
  IDENTITY_NOT_ADDABLE: invalid(50444, "Failed to add an identity to a participant"),
  IDENTITY_AND_ADDRESS: invalid(
    50451,
    "One user identifier parameter for lookup at a time is allowed. Please, use either Identity or Address",
  ),
  PROXY_ADDRESS_UNSUPPORTED: invalid(50453, "Proxy Address of participant is not supported for this channel"),
  PAGE_WITHOUT_TOKEN: invalid(70002, "Paged requests must include a PageToken"),
} as const satisfies Record<string, CatalogueRow>;

export type ErrorCode = keyof typeof CATALOGUE;

/** The object that stands in the way of a write. */
export interface Conflicting {
  readonly type: "Conversation" | "Participant" | "User";
  readonly sid: string;
}

interface ErrorDetails {
  /** Replaces the catalogue's wording where the case can be named. */
  message?: string | undefined;
  /** The parameter at fault, named by its path in camel case: `messagingBinding.address`. */
  parameter?: string;
  conflicting?: Conflicting;
  cause?: unknown;
}

/** The one error that may reach a client. Everything else is answered as INTERNAL, and logged. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly parameter: string | undefined;
  readonly conflicting: Conflicting | undefined;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.message ?? CATALOGUE[code].message, { cause: details.cause });
    this.name = "ApiError";
    this.code = code;
    this.parameter = details.parameter;
    this.conflicting = details.conflicting;
  }

  get kind(): ErrorKind {
    return CATALOGUE[this.code].kind;
  }

  get status(): number {
    return CATALOGUE[this.code].status;
  }

  get twilioCode(): number {
    return CATALOGUE[this.code].code;
  }

  get moreInfo(): string {
    return `https://www.twilio.com/docs/errors/${this.twilioCode}`;
  }
}

/** `type` is said to the caller, the name asked for is not: it may be an identity. */
export function notFound(type: string): ApiError {
  return new ApiError("NOT_FOUND", { message: `${type} was not found` });
}
