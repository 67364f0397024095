import { invalid, type Rows } from "./row.ts";

/** Of messages. */
export const MESSAGE_ERRORS = {
  MESSAGE_CONTENT_UNSUPPORTED: invalid(20001, "Messages are text alone", {
    cause:
      "MediaSid, ContentSid, ContentVariables or Subject is given. Parley keeps no media, no content templates and no emails, and will not take a message as if it had kept them.",
    remedy:
      "Send the text as Body. Keep a file elsewhere and name it in Body or Attributes; an empty parameter counts as absent.",
    only: "v1",
  }),
  AUTHOR_TOO_LONG: invalid(50310, "Author parameter is too long", {
    cause: "Author has more than 256 characters.",
    remedy: "Send the identity or the address of a participant, or leave Author out for `system`.",
  }),
  MESSAGE_BODY_MISSING: invalid(50503, "Message body not provided", {
    cause: "A new message has no Body, and there is nothing else that it could say.",
    remedy: "Send a Body; an empty one will do where all is said in Attributes.",
  }),
  MESSAGE_BODY_TOO_LONG: invalid(50504, "Message body parameter is too long", {
    cause: "Body has more than 32,768 bytes of UTF-8.",
    remedy: "Send the text as several messages, or keep it elsewhere and name it in the message.",
  }),
} as const satisfies Rows;
