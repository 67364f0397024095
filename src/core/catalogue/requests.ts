import { conflict, invalid, type Rows, row } from "./row.ts";

/** Of any request, whatever it asks for. */
export const REQUEST_ERRORS = {
  INVALID_PARAMETER: invalid(20001, "Invalid parameter", {
    cause: "A parameter has a value it can't have, or a text is not UTF-8 or holds a NUL.",
    remedy: "Correct the parameter that the message names; for what it takes see the API's description.",
  }),
  PARAMETER_REPEATED: invalid(20001, "Parameter given more than once", {
    cause: "A form or a query holds the same parameter twice, and it is none that takes a list.",
    remedy: "Send the parameter that the message names once.",
    only: "v1",
  }),
  BODY_TOO_LARGE: row("invalid", 413, 20001, "Request body larger than 1 MB", {
    cause: "The body of the request has more than 1,048,576 bytes.",
    remedy: "Send less at a time; the longest text that any parameter takes is far shorter.",
  }),
  UNAUTHENTICATED: row("unauthenticated", 401, 20003, "Authenticate", {
    cause:
      "The request has no HTTP Basic credentials, or the SID is unknown, or the secret is not the one of that SID.",
    remedy:
      "Send the account SID (AC…) with its auth token, or an API key's SID (SK…) with its secret. A token that was lost can be rotated by whoever runs the server.",
  }),
  METHOD_NOT_ALLOWED: row("invalid", 405, 20004, "Method not allowed", {
    cause: "The path exists, but does not take the request's method.",
    remedy:
      "Use one of the methods that the Allow header of the answer lists; v1 updates with POST, never with PUT or PATCH.",
  }),
  CROSS_SITE_REQUEST: row("forbidden", 403, 20403, "Cross-site writes are refused", {
    cause:
      "A browser sent the write for a page of another origin, as its Origin or Sec-Fetch-Site header says.",
    remedy:
      "Call from a server, from a page of the API's own origin, or have whoever runs the server add the page's origin to those that are allowed.",
  }),
  NOT_FOUND: row("notFound", 404, 20404, "The requested resource was not found", {
    cause:
      "Nothing of this account is where the path or the input points: it never existed, was deleted, or lives in another service. Operations that Parley does not offer answer the same.",
    remedy:
      "Check each SID, identity and unique name, and the path itself. What is not in the default service is found below /v1/Services/{ChatServiceSid}, or with serviceSid in GraphQL.",
  }),
  CONCURRENT_CHANGE: conflict(20409, "The request collided with concurrent changes, repeat it", {
    cause: "Other requests changed the same objects at the same time, and this one lost again and again.",
    remedy:
      "Repeat the request after a short, random pause. It has changed nothing, but for what is too large for one change: that goes on where it stopped.",
  }),
  IDEMPOTENCY_KEY_REUSED: conflict(20409, "The idempotency key was used for another request", {
    cause:
      "In the last 24 hours another request succeeded under the same key, or did a part of what it asks for: another operation, another path, other parameters, or the other API.",
    remedy: "Give every new write a key of its own; repeat a write exactly as it was sent the first time.",
  }),
  UNSUPPORTED_MEDIA_TYPE: row("invalid", 415, 20422, "Unsupported content type", {
    cause: "The body is of a type that the API does not read, or is compressed.",
    remedy:
      "Send application/x-www-form-urlencoded to v1 and application/json to GraphQL, in UTF-8 and without Content-Encoding.",
  }),
  INTERNAL: row("internal", 500, 20500, "An internal server error has occurred", {
    cause: "Something happened that nobody foresaw. It is the server's fault, not the request's.",
    remedy:
      "Tell whoever runs the server the Twilio-Request-Id of the answer, which names the request in the log. Before repeating a write, read whether it happened.",
  }),
  UNAVAILABLE: row("unavailable", 503, 20503, "The service is unavailable, try again later", {
    cause:
      "The database can't be reached, all connections to it are busy, it took too long to answer, or others who sent the same idempotency key are still at work.",
    remedy:
      "Repeat the request after the seconds that the Retry-After header names, a write under the same idempotency key.",
  }),
  INVALID_PAGE_TOKEN: invalid(21481, "Invalid PageToken", {
    cause: "The token is damaged, or belongs to another list, another filter or another account.",
    remedy:
      "Follow meta.next_page_url as it is, or pass pageInfo.endCursor as after with the same arguments; else begin with the first page.",
  }),
  PAGE_WITHOUT_TOKEN: invalid(70002, "Paged requests must include a PageToken", {
    cause: "Page is above 0 and there is no PageToken; a page has no number by which it could be found.",
    remedy: "Follow meta.next_page_url from page to page.",
    only: "v1",
  }),
} as const satisfies Rows;
