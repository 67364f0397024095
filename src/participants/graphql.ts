import { ConversationType } from "../conversations/graphql.ts";
import { findConversations } from "../conversations/resolvers.ts";
import { checkText } from "../core/text.ts";
import { ATTRIBUTES, attributesFrom, attributesValue } from "../graphql/attributes.ts";
import { builder } from "../graphql/builder.ts";
import { connect, connectionType, paging } from "../graphql/connection.ts";
import { encodeNodeId } from "../graphql/id.ts";
import { mutation } from "../graphql/mutation.ts";
import { findNodesOf } from "../graphql/node.ts";
import { orNull } from "../graphql/nullable.ts";
import { RoleNode } from "../roles/graphql.ts";
import { findRole } from "../roles/resolvers.ts";
import { serviceSidArg } from "../services/graphql.ts";
import { UserType } from "../users/graphql.ts";
import { type MessagingBinding, messagingBindingOf, type Participant } from "./model.ts";
import {
  addParticipant,
  findParticipants,
  getParticipant,
  participantsOfConversation,
  participationsOfUser,
  removeParticipant,
  updateParticipant,
  userOfParticipant,
} from "./resolvers.ts";

export const NotificationLevel = builder.enumType("NotificationLevel", {
  description: "Whether a participant is notified of messages.",
  values: { DEFAULT: { value: "default" }, MUTED: { value: "muted" } } as const,
});

const MessagingBindingType = builder.objectRef<MessagingBinding>("MessagingBinding").implement({
  description: "How a participant is reached outside of chat.",
  fields: (t) => ({
    type: t.exposeString("type", {
      description: "The channel, in lower case: `sms`, `whatsapp`, `email`, …",
    }),
    address: t.exposeString("address", {
      nullable: true,
      description: "The participant's own; null for one with an identity and a projected address.",
    }),
    proxyAddress: t.exposeString("proxyAddress", {
      nullable: true,
      description: "Ours that speaks with it; null in a group MMS.",
    }),
    projectedAddress: t.exposeString("projectedAddress", {
      nullable: true,
      description: "The number that a chat participant has in a group MMS.",
    }),
    name: t.exposeString("name", { nullable: true, description: "Of an email participant." }),
    level: t.exposeString("level", { nullable: true, description: "Of an email participant: `to` or `cc`." }),
  }),
});

export const ParticipantType = builder.node(builder.objectRef<Participant>("Participant"), {
  description:
    "Someone in a conversation: a chat identity, a messaging address behind a proxy, or a member of a group MMS.",
  id: { resolve: ({ sid }) => sid },
  fields: (t) => ({
    sid: t.exposeString("sid", { description: "`MB` and 32 hex digits." }),
    accountSid: t.exposeString("accountSid"),
    serviceSid: t.exposeString("chatServiceSid"),
    conversationSid: t.exposeString("conversationSid"),
    identity: t.exposeString("identity", {
      nullable: true,
      description: "The chat identity; null for one who is reached by messaging alone.",
    }),
    messagingBinding: t.field({
      type: MessagingBindingType,
      nullable: true,
      description: "Null for one who only chats.",
      resolve: messagingBindingOf,
    }),
    roleSid: t.exposeString("roleSid", { nullable: true }),
    role: t.field({
      type: RoleNode,
      nullable: true,
      description: "What the participant may do in the conversation; a member of a group MMS has none.",
      resolve: ({ roleSid }, _, ctx) => findRole(ctx, roleSid),
    }),
    attributes: t.field({
      type: "JSON",
      description: ATTRIBUTES.value,
      resolve: (participant) => attributesValue(participant.attributes),
    }),
    attributesText: t.exposeString("attributes", { description: ATTRIBUTES.text }),
    notificationLevel: t.expose("notificationLevel", { type: NotificationLevel }),
    lastReadMessageIndex: t.exposeInt("lastReadMessageIndex", {
      nullable: true,
      description: "The read horizon: index of the last message read; null where there is none.",
    }),
    lastReadTimestamp: t.expose("lastReadTimestamp", {
      type: "DateTime",
      nullable: true,
      description: "When it was read.",
    }),
    user: t.field({
      type: UserType,
      nullable: true,
      description: "The user of the identity; null without identity.",
      resolve: (participant, _, ctx) => userOfParticipant(ctx, participant),
    }),
    conversation: t.field({
      type: ConversationType,
      nullable: true,
      description: "Null only where it was deleted in between.",
      resolve: async ({ conversationSid }, _, ctx) => (await findConversations(ctx, [conversationSid]))[0],
    }),
    dateCreated: t.expose("dateCreated", { type: "DateTime" }),
    dateUpdated: t.expose("dateUpdated", { type: "DateTime" }),
  }),
});

findNodesOf("Participant", findParticipants);

const ParticipantConnection = connectionType("Participant", ParticipantType);

builder.objectField(ConversationType, "participants", (t) =>
  t.field({
    type: ParticipantConnection,
    description: "Who takes part, by SID, oldest first.",
    args: paging(t.arg),
    resolve: (conversation, args, ctx, info) =>
      connect(ctx, info, conversation.sid, args, (page) =>
        participantsOfConversation(ctx, conversation, page),
      ),
  }),
);

builder.objectField(UserType, "participations", (t) =>
  t.field({
    type: ParticipantConnection,
    description: "The participants that the user is, by conversation SID, oldest first.",
    args: paging(t.arg),
    resolve: (user, args, ctx, info) =>
      connect(ctx, info, user.sid, args, (page) => participationsOfUser(ctx, user, page)),
  }),
);

builder.queryField("participant", (t) =>
  t.field({
    type: ParticipantType,
    nullable: true,
    description: "A participant of a conversation; null where there is none.",
    args: {
      conversationSid: t.arg.string({
        required: true,
        description: "SID or unique name of the conversation.",
      }),
      sid: t.arg.string({ required: true, description: "SID or identity of the participant." }),
      serviceSid: serviceSidArg(t.arg),
    },
    resolve: (_, { conversationSid, sid, serviceSid }, ctx) =>
      orNull(
        getParticipant(ctx, {
          serviceSid,
          conversation: checkText(conversationSid, "conversationSid"),
          participant: checkText(sid, "sid"),
        }),
      ),
  }),
);

const MessagingBindingInput = builder.inputType("MessagingBindingInput", {
  description:
    "Either `address`, with its `proxyAddress` or as a member of a group MMS; or `projectedAddress`.",
  fields: (t) => ({
    address: t.string({ description: "The participant's own: `+15558675310`, `whatsapp:+15558675310`, …" }),
    proxyAddress: t.string({ description: "Ours that speaks with it, of the same channel." }),
    projectedAddress: t.string({ description: "Number that a chat participant gets in a group MMS." }),
  }),
});

mutation("addParticipant", {
  description:
    "Adds a participant to an open conversation: by `identity`, whose user is made where it is new, or by `messagingBinding`.",
  input: builder.inputType("AddParticipantInput", {
    fields: (t) => ({
      serviceSid: t.string({ description: "SID of the service; absent, the account's default one." }),
      conversationSid: t.string({ required: true, description: "SID or unique name of the conversation." }),
      identity: t.string({
        description: "Chat identity, 1 to 256 characters; not together with an address.",
      }),
      messagingBinding: t.field({ type: MessagingBindingInput }),
      attributes: t.field({ type: "JSON", description: `${ATTRIBUTES.valueInput} At most 4 KB.` }),
      attributesText: t.string({ description: ATTRIBUTES.textInput }),
      roleSid: t.string({
        description:
          "SID of a role of the type `CONVERSATION`; absent, the service's default for participants.",
      }),
      dateCreated: t.field({ type: "DateTime", description: "For importing history; absent, now." }),
      dateUpdated: t.field({ type: "DateTime", description: "For importing history; absent, now." }),
    }),
  }),
  errors: ["invalid", "notFound", "conflict"],
  resolve: async (ctx, { conversationSid, ...input }) => ({
    participant: await addParticipant(ctx, {
      ...input,
      conversation: checkText(conversationSid, "conversationSid"),
      attributes: attributesFrom(input),
    }),
  }),
  payload: (t) => ({ participant: t.expose("participant", { type: ParticipantType }) }),
});

const ParticipantBindingUpdate = builder.inputType("UpdateMessagingBindingInput", {
  description: "An address that is absent stays, null removes it, a text adds it where there is none.",
  fields: (t) => ({
    proxyAddress: t.string({ description: "Ours that speaks with the participant's own address." }),
    projectedAddress: t.string({ description: "Number of a chat participant in a group MMS." }),
  }),
});

mutation("updateParticipant", {
  description: "Changes a participant of an open conversation. What is absent stays as it is, null clears.",
  input: builder.inputType("UpdateParticipantInput", {
    fields: (t) => ({
      serviceSid: t.string({ description: "SID of the service; absent, the account's default one." }),
      conversationSid: t.string({ required: true, description: "SID or unique name of the conversation." }),
      sid: t.string({
        required: true,
        description: "SID of the participant; its identity will not do here.",
      }),
      identity: t.string({
        description: "Makes a chat participant of a projected address that has no identity.",
      }),
      messagingBinding: t.field({ type: ParticipantBindingUpdate }),
      attributes: t.field({ type: "JSON", description: `${ATTRIBUTES.valueInput} At most 4 KB.` }),
      attributesText: t.string({ description: ATTRIBUTES.textInput }),
      roleSid: t.string({ description: "SID of a role of the type `CONVERSATION`." }),
      lastReadMessageIndex: t.int({
        description:
          "The read horizon, 0 or more; lower than before is allowed. Null clears it, and the timestamp.",
      }),
      lastReadTimestamp: t.field({
        type: "DateTime",
        description: "When it was read; absent with an index, now.",
      }),
      dateCreated: t.field({ type: "DateTime", description: "For importing history." }),
      dateUpdated: t.field({ type: "DateTime", description: "For importing history; absent, now." }),
    }),
  }),
  errors: ["invalid", "notFound", "conflict"],
  resolve: async (ctx, { conversationSid, sid, ...input }) => ({
    participant: await updateParticipant(ctx, {
      ...input,
      conversation: checkText(conversationSid, "conversationSid"),
      participant: checkText(sid, "sid"),
      attributes: attributesFrom(input),
    }),
  }),
  payload: (t) => ({ participant: t.expose("participant", { type: ParticipantType }) }),
});

mutation("removeParticipant", {
  description: "Takes a participant out of a conversation, in any state.",
  input: builder.inputType("RemoveParticipantInput", {
    fields: (t) => ({
      serviceSid: t.string({ description: "SID of the service; absent, the account's default one." }),
      conversationSid: t.string({ required: true, description: "SID or unique name of the conversation." }),
      sid: t.string({
        required: true,
        description: "SID of the participant; its identity will not do here.",
      }),
    }),
  }),
  errors: ["invalid", "notFound", "conflict"],
  resolve: async (ctx, { serviceSid, conversationSid, sid }) =>
    removeParticipant(ctx, {
      serviceSid,
      conversation: checkText(conversationSid, "conversationSid"),
      participant: checkText(sid, "sid"),
    }),
  payload: (t) => ({
    deletedId: t.id({
      description: "Id that the participant had.",
      resolve: ({ sid }) => encodeNodeId("Participant", sid),
    }),
    sid: t.exposeString("sid", { description: "SID that the participant had." }),
    conversation: t.field({
      type: ConversationType,
      nullable: true,
      description: "The conversation without the participant; null where it was deleted in between.",
      resolve: async ({ conversationSid }, _, ctx) => (await findConversations(ctx, [conversationSid]))[0],
    }),
  }),
});
