import { ConversationType } from "../../conversations/graphql.ts";
import { findConversation } from "../../conversations/resolvers.ts";
import { checkText } from "../../core/text.ts";
import { attributesFields, attributesFrom } from "../../graphql/attributes.ts";
import type { InputFields } from "../../graphql/builder.ts";
import { columnsOf } from "../../graphql/columns.ts";
import { encodeNodeId } from "../../graphql/id.ts";
import { mutation } from "../../graphql/mutation.ts";
import { WORDING } from "../../graphql/wording.ts";
import { MessageType } from "../graphql.ts";
import { ATTRIBUTES_LIMIT } from "../model.ts";
import { createMessage, deleteMessage, updateMessage } from "../resolvers.ts";

function place(t: InputFields) {
  return {
    serviceSid: t.string({ description: WORDING.ofService }),
    conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
  };
}

const AUTHOR = "Identity or address of who says it, at most 256 characters, else AUTHOR_TOO_LONG.";
const BODY = "What it says, at most 32,768 bytes of UTF-8, else MESSAGE_BODY_TOO_LONG; it may be empty.";

mutation("createMessage", {
  description:
    "Adds a message to an open conversation. An inactive one becomes active by it, and both its timers start anew.",
  input: {
    description: "What to say, and where. CONVERSATION_CLOSED where the conversation is closed.",
    fields: (t) => ({
      ...place(t),
      body: t.string({ required: true, description: BODY }),
      author: t.string({ description: `${AUTHOR} Absent, null or empty, \`system\`.` }),
      ...attributesFields(t, ATTRIBUTES_LIMIT),
      dateCreated: t.field({ type: "DateTime", description: WORDING.importedCreated }),
      dateUpdated: t.field({ type: "DateTime", description: WORDING.importedUpdated }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { conversationSid, ...input }) => ({
    createdMessage: await createMessage(ctx, {
      ...input,
      conversation: checkText(conversationSid, "conversationSid"),
      attributes: attributesFrom(input),
    }),
  }),
  // `message` is what errors have; an operation that asks for both would be refused.
  payload: (t) => ({
    createdMessage: t.expose("createdMessage", { type: MessageType, description: "The new message." }),
  }),
});

mutation("updateMessage", {
  description: "Changes a message of an open conversation. What is absent stays as it is.",
  input: {
    description:
      "The message to change, and what to change of it. CONVERSATION_CLOSED where the conversation is closed.",
    fields: (t) => ({
      ...place(t),
      sid: t.string({ required: true, description: "SID of the message." }),
      body: t.string({ description: `${BODY} MESSAGE_BODY_MISSING for null.` }),
      author: t.string({ description: `${AUTHOR} Null or empty, \`system\`.` }),
      ...attributesFields(t, ATTRIBUTES_LIMIT),
      dateCreated: t.field({ type: "DateTime", description: WORDING.correctedCreated }),
      dateUpdated: t.field({ type: "DateTime", description: WORDING.correctedUpdated }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { conversationSid, sid, ...input }) => ({
    updatedMessage: await updateMessage(ctx, {
      ...input,
      conversation: checkText(conversationSid, "conversationSid"),
      message: checkText(sid, "sid"),
      attributes: attributesFrom(input),
    }),
  }),
  payload: (t) => ({
    updatedMessage: t.expose("updatedMessage", {
      type: MessageType,
      description: "The message as it is now.",
    }),
  }),
});

mutation("deleteMessage", {
  description: "Deletes a message, whatever the state of its conversation. Its index is not given again.",
  input: {
    description: "The message to delete, and where.",
    fields: (t) => ({
      ...place(t),
      sid: t.string({ required: true, description: "SID of the message." }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { serviceSid, conversationSid, sid }) =>
    deleteMessage(ctx, {
      serviceSid,
      conversation: checkText(conversationSid, "conversationSid"),
      message: checkText(sid, "sid"),
    }),
  payload: (t) => ({
    deletedId: t.id({
      description: "Id that the message had.",
      resolve: ({ sid }) => encodeNodeId("Message", sid),
    }),
    sid: t.exposeString("sid", { description: "SID that the message had." }),
    conversation: t.field({
      type: ConversationType,
      nullable: true,
      description: "The conversation without the message; null where it was deleted in between.",
      resolve: ({ conversationSid }, _, ctx, info) => findConversation(ctx, conversationSid, columnsOf(info)),
    }),
  }),
});
