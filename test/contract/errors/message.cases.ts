import type { Form } from "../../setup/clients.ts";
import type { Cases, World } from "./world.ts";

/** A message that a conversation refuses. */
const saying = (form: Form, input: Record<string, unknown>): Cases[string] => ({
  rest: async (w) => w.post(`/v1/Conversations/${await w.conversation()}/Messages`, form),
  graphql: async (w) => w.mutate("createMessage", { conversationSid: await w.conversation(), ...input }),
});

/** A new message is of a type that has a body; a change might take it. */
const takingTheBody = async (w: World) => {
  const conversationSid = await w.conversation();
  const { body } = await w.post(`/v1/Conversations/${conversationSid}/Messages`, { Body: "hello" });
  return w.mutate("updateMessage", { conversationSid, sid: body.sid, body: null });
};

const author = "a".repeat(257);
const long = "a".repeat(32_769);

export const MESSAGE_CASES = {
  MESSAGE_CONTENT_UNSUPPORTED: {
    ...saying({ Body: "hello", MediaSid: `ME${"0".repeat(32)}` }, {}),
    graphql: null,
  },
  AUTHOR_TOO_LONG: saying({ Body: "hello", Author: author }, { body: "hello", author }),
  MESSAGE_BODY_MISSING: { ...saying({ Author: "ann" }, {}), graphql: takingTheBody },
  MESSAGE_BODY_TOO_LONG: saying({ Body: long }, { body: long }),
} satisfies Cases;
