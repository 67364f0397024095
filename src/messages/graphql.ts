import { ConversationType } from "../conversations/graphql.ts";
import { findConversation } from "../conversations/resolvers.ts";
import { checkText } from "../core/text.ts";
import { ATTRIBUTES, attributesValue } from "../graphql/attributes.ts";
import { builder } from "../graphql/builder.ts";
import { columnsOf } from "../graphql/columns.ts";
import { connect, connectionType, paging } from "../graphql/connection.ts";
import { fieldsOfFull } from "../graphql/full.ts";
import { findNodesOf, nodeType } from "../graphql/node.ts";
import { orNull } from "../graphql/nullable.ts";
import { WORDING } from "../graphql/wording.ts";
import { ParticipantType } from "../participants/graphql.ts";
import { serviceSidArg } from "../services/graphql.ts";
import type { LightMessage } from "./model.ts";
import {
  findMessages,
  fullMessage,
  getMessage,
  lastMessageOf,
  messageAt,
  messagesOfConversation,
  participantOfMessage,
} from "./resolvers.ts";

const full = fieldsOfFull(fullMessage);

export const MessageType = nodeType(builder.objectRef<LightMessage>("Message"), {
  description: "Something said in a conversation, at its place there.",
  sidOf: ({ sid }) => sid,
  fields: (t) => ({
    sid: t.exposeString("sid", { description: "`IM` and 32 hex digits." }),
    accountSid: t.string({
      description: WORDING.accountSid,
      resolve: (_, __, ctx) => ctx.accountSid,
    }),
    serviceSid: t.exposeString("chatServiceSid", { description: WORDING.serviceSid }),
    conversationSid: t.exposeString("conversationSid", {
      description: "SID of the conversation: `CH` and 32 hex digits.",
    }),
    index: t.exposeInt("index", {
      description: "Place in the conversation, from 0 in the order of arrival; never given twice.",
    }),
    author: t.exposeString("author", { description: "Identity or address of who said it, or `system`." }),
    participantSid: t.exposeString("participantSid", {
      nullable: true,
      description:
        "SID of the participant that the author was when it came, `MB` and 32 hex digits, even of one that has gone since; null where it was none.",
    }),
    participant: t.field({
      type: ParticipantType,
      nullable: true,
      description: "The participant that the author was when it came; null where it was none, or has gone.",
      resolve: (message, _, ctx, info) => participantOfMessage(ctx, message, columnsOf(info)),
    }),
    body: t.exposeString("body", { nullable: true, description: "What it says; it may be empty." }),
    attributes: t.field({
      ...full((message) => attributesValue(message.attributes)),
      type: "JSON",
      description: ATTRIBUTES.value,
    }),
    attributesText: t.string({ ...full((message) => message.attributes), description: ATTRIBUTES.text }),
    media: t.field({
      type: ["JSON"],
      nullable: true,
      description: "Always null: no media are kept.",
      resolve: () => null,
    }),
    contentSid: t.string({
      nullable: true,
      description: "Always null: there are no content templates.",
      resolve: () => null,
    }),
    delivery: t.field({
      type: "JSON",
      nullable: true,
      description: "Always null: messages are not sent on to other channels, and so none is delivered there.",
      resolve: () => null,
    }),
    conversation: t.field({
      type: ConversationType,
      nullable: true,
      description: WORDING.deletedInBetween,
      resolve: ({ conversationSid }, _, ctx, info) => findConversation(ctx, conversationSid, columnsOf(info)),
    }),
    dateCreated: t.expose("dateCreated", {
      type: "DateTime",
      description: `${WORDING.dateCreated} An import may have set it.`,
    }),
    dateUpdated: t.field({
      ...full((message) => message.dateUpdated),
      type: "DateTime",
      description: WORDING.dateUpdated,
    }),
  }),
});

findNodesOf("Message", findMessages);

const MessageConnection = connectionType("Message", MessageType);

const MessageOrder = builder.enumType("MessageOrder", {
  description: "In which order messages are listed, by their index.",
  values: {
    ASC: { value: "asc", description: "As they came." },
    DESC: { value: "desc", description: "The newest first." },
  } as const,
});

builder.objectFields(ConversationType, (t) => ({
  messages: t.field({
    type: MessageConnection,
    description:
      "What was said in it, by index. The newest, as they came, are the `last` of them; going back from there, those `before` a cursor.",
    args: {
      ...paging(t.arg),
      order: t.arg({ type: MessageOrder, description: "Absent or null, `ASC`." }),
    },
    resolve: (conversation, args, ctx, info) =>
      connect(ctx, info, conversation.sid, args, (page) =>
        messagesOfConversation(ctx, conversation, args.order ?? "asc", page, columnsOf(info)),
      ),
  }),
  message: t.field({
    type: MessageType,
    nullable: true,
    description: "The message at a place; null where it was deleted, or none has come so far.",
    args: { index: t.arg.int({ required: true, description: "Index of the message, from 0." }) },
    resolve: (conversation, { index }, ctx) => messageAt(ctx, conversation, index),
  }),
  lastMessage: t.field({
    type: MessageType,
    nullable: true,
    description: "The message with the greatest index; null where there is none.",
    resolve: (conversation, _, ctx, info) => lastMessageOf(ctx, conversation, columnsOf(info)),
  }),
}));

builder.queryField("message", (t) =>
  t.field({
    type: MessageType,
    nullable: true,
    description: "A message of a conversation; null where there is none.",
    args: {
      conversationSid: t.arg.string({ required: true, description: WORDING.ofConversation }),
      sid: t.arg.string({ required: true, description: "SID of the message." }),
      serviceSid: serviceSidArg(t.arg),
    },
    resolve: (_, { conversationSid, sid, serviceSid }, ctx) =>
      orNull(
        getMessage(ctx, {
          serviceSid,
          conversation: checkText(conversationSid, "conversationSid"),
          message: checkText(sid, "sid"),
        }),
      ),
  }),
);
