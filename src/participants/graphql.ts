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
import { RoleNode } from "../roles/graphql.ts";
import { findRole } from "../roles/resolvers.ts";
import { serviceSidArg } from "../services/graphql.ts";
import { UserType } from "../users/graphql.ts";
import { type LightParticipant, type MessagingBinding, messagingBindingOf } from "./model.ts";
import {
  findParticipants,
  fullParticipant,
  getParticipant,
  participantsOfConversation,
  participationsOfUser,
  userOfParticipant,
} from "./resolvers.ts";

export const NotificationLevel = builder.enumType("NotificationLevel", {
  description: "Whether a participant is notified of messages.",
  values: {
    DEFAULT: { value: "default", description: "Notified; where a new participant begins." },
    MUTED: { value: "muted", description: "Not notified." },
  } as const,
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

const full = fieldsOfFull(fullParticipant);

export const ParticipantType = nodeType(builder.objectRef<LightParticipant>("Participant"), {
  description:
    "Someone in a conversation: a chat identity, a messaging address behind a proxy, or a member of a group MMS.",
  sidOf: ({ sid }) => sid,
  fields: (t) => ({
    sid: t.exposeString("sid", { description: "`MB` and 32 hex digits." }),
    accountSid: t.string({
      description: WORDING.accountSid,
      resolve: (_, __, ctx) => ctx.accountSid,
    }),
    serviceSid: t.string({
      ...full((participant) => participant.chatServiceSid),
      description: WORDING.serviceSid,
    }),
    conversationSid: t.exposeString("conversationSid", {
      description: "SID of the conversation: `CH` and 32 hex digits.",
    }),
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
    roleSid: t.string({
      ...full((participant) => participant.roleSid),
      nullable: true,
      description:
        "SID of the role in the conversation: `RL` and 32 hex digits; a member of a group MMS has none.",
    }),
    role: t.field({
      ...full((participant, ctx) => findRole(ctx, participant.roleSid)),
      type: RoleNode,
      nullable: true,
      description: "What the participant may do in the conversation; a member of a group MMS has none.",
    }),
    attributes: t.field({
      ...full((participant) => attributesValue(participant.attributes)),
      type: "JSON",
      description: ATTRIBUTES.value,
    }),
    attributesText: t.string({
      ...full((participant) => participant.attributes),
      description: ATTRIBUTES.text,
    }),
    notificationLevel: t.field({
      ...full((participant) => participant.notificationLevel),
      type: NotificationLevel,
      description: "Whether it is notified of messages.",
    }),
    lastReadMessageIndex: t.int({
      ...full((participant) => participant.lastReadMessageIndex),
      nullable: true,
      description: "The read horizon: index of the last message read; null where there is none.",
    }),
    lastReadTimestamp: t.field({
      ...full((participant) => participant.lastReadTimestamp),
      type: "DateTime",
      nullable: true,
      description: "When it was read.",
    }),
    user: t.field({
      type: UserType,
      nullable: true,
      description: "The user of the identity; null without identity.",
      resolve: (participant, _, ctx, info) => userOfParticipant(ctx, participant, columnsOf(info)),
    }),
    conversation: t.field({
      type: ConversationType,
      nullable: true,
      description: "Null only where it was deleted in between.",
      resolve: ({ conversationSid }, _, ctx, info) => findConversation(ctx, conversationSid, columnsOf(info)),
    }),
    dateCreated: t.field({
      ...full((participant) => participant.dateCreated),
      type: "DateTime",
      description: `${WORDING.dateCreated} An import may have set it.`,
    }),
    dateUpdated: t.field({
      ...full((participant) => participant.dateUpdated),
      type: "DateTime",
      description: WORDING.dateUpdated,
    }),
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
        participantsOfConversation(ctx, conversation, page, columnsOf(info)),
      ),
  }),
);

builder.objectField(UserType, "participations", (t) =>
  t.field({
    type: ParticipantConnection,
    description: "The participants that the user is, by conversation SID, oldest first.",
    args: paging(t.arg),
    resolve: (user, args, ctx, info) =>
      connect(ctx, info, user.sid, args, (page) => participationsOfUser(ctx, user, page, columnsOf(info))),
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
        description: WORDING.ofConversation,
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
