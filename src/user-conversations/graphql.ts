import { ConversationType } from "../conversations/graphql.ts";
import { findConversation } from "../conversations/resolvers.ts";
import { checkText } from "../core/text.ts";
import { builder } from "../graphql/builder.ts";
import { columnsOf, FULL_ROWS, SAME_ROWS } from "../graphql/columns.ts";
import { connectionType, paging } from "../graphql/connection.ts";
import { fieldsOfFull } from "../graphql/full.ts";
import { encodeNodeId } from "../graphql/id.ts";
import { mutation } from "../graphql/mutation.ts";
import { findNodesOf, nodeType } from "../graphql/node.ts";
import { orNull } from "../graphql/nullable.ts";
import { WORDING } from "../graphql/wording.ts";
import { unreadCountOf } from "../inbox/resolvers.ts";
import { connectListing, listing } from "../participant-conversations/graphql.ts";
import { NotificationLevel, ParticipantType } from "../participants/graphql.ts";
import { fullParticipant, userOfParticipant } from "../participants/resolvers.ts";
import { serviceSidArg } from "../services/graphql.ts";
import { UserType } from "../users/graphql.ts";
import type { LightUserConversation } from "./model.ts";
import {
  getUserConversation,
  leaveConversation,
  totalsOfUser,
  updateUserConversation,
  userConversationOfParticipant,
  userConversationsOfUser,
} from "./resolvers.ts";

const full = fieldsOfFull((ctx, { participant }: LightUserConversation) => fullParticipant(ctx, participant));

export const UserConversationType = nodeType(builder.objectRef<LightUserConversation>("UserConversation"), {
  description: "A conversation as one of its users sees it: what is unread, whether it is muted.",
  sidOf: ({ participant }) => participant.sid,
  fields: (t) => ({
    unreadMessagesCount: t.int({
      extensions: FULL_ROWS,
      nullable: true,
      description: WORDING.unreadMessagesCount,
      resolve: ({ participant }, _, ctx) => unreadCountOf(ctx, participant),
    }),
    notificationLevel: t.field({
      ...full((participant) => participant.notificationLevel),
      type: NotificationLevel,
      description: "Whether the user is notified of its messages.",
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
    participant: t.expose("participant", {
      extensions: SAME_ROWS,
      type: ParticipantType,
      description: "Who the user is in it.",
    }),
    conversation: t.expose("conversation", {
      extensions: SAME_ROWS,
      type: ConversationType,
      description: "What the user takes part in.",
    }),
    user: t.field({
      type: UserType,
      nullable: true,
      description: "Null only where it was deleted in between.",
      resolve: ({ participant }, _, ctx, info) => userOfParticipant(ctx, participant, columnsOf(info)),
    }),
  }),
});

findNodesOf("UserConversation", (ctx, sids) =>
  Promise.all(sids.map((sid) => orNull(userConversationOfParticipant(ctx, sid)))),
);

const UserConversationConnection = connectionType("UserConversation", UserConversationType);

const NO_HORIZON = "Where the user has no read horizon, nothing counts.";

builder.objectFields(UserType, (t) => ({
  conversations: t.field({
    type: UserConversationConnection,
    description: "What the user takes part in now, closed conversations too.",
    args: { ...paging(t.arg), ...listing(t.arg) },
    resolve: (user, args, ctx, info) =>
      connectListing(ctx, info, user.sid, args, (page) =>
        userConversationsOfUser(ctx, user, args, page, columnsOf(info)),
      ),
  }),
  totalUnreadCount: t.int({
    description: `Messages above the user's read horizons, over all of its conversations, closed and muted ones too; exact up to 2,147,483,647. ${NO_HORIZON}`,
    resolve: async (user, _, ctx) => (await totalsOfUser(ctx, user)).unreadMessages,
  }),
  unreadConversationsCount: t.int({
    description: `Conversations with such messages, closed and muted ones too. ${NO_HORIZON}`,
    resolve: async (user, _, ctx) => (await totalsOfUser(ctx, user)).unreadConversations,
  }),
}));

builder.queryField("userConversation", (t) =>
  t.field({
    type: UserConversationType,
    nullable: true,
    description: "A conversation as a user sees it; null where the user takes no part in it.",
    args: {
      userSid: t.arg.string({ required: true, description: WORDING.ofUser }),
      conversationSid: t.arg.string({
        required: true,
        description: WORDING.ofConversation,
      }),
      serviceSid: serviceSidArg(t.arg),
    },
    resolve: (_, { userSid, conversationSid, serviceSid }, ctx) =>
      orNull(
        getUserConversation(ctx, {
          serviceSid,
          user: checkText(userSid, "userSid"),
          conversation: checkText(conversationSid, "conversationSid"),
        }),
      ),
  }),
);

mutation("updateUserConversation", {
  description:
    "Sets how far a user has read, and whether it is notified; in every state of the conversation.",
  input: {
    description:
      "The user and the conversation, NOT_FOUND where the one takes no part in the other; and what to change.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      userSid: t.string({ required: true, description: WORDING.ofUser }),
      conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
      notificationLevel: t.field({ type: NotificationLevel, description: "Absent or null leaves it." }),
      lastReadMessageIndex: t.int({
        description: WORDING.lastReadMessageIndex,
      }),
      lastReadTimestamp: t.field({
        type: "DateTime",
        description: WORDING.lastReadTimestamp,
      }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { userSid, conversationSid, ...input }) => ({
    userConversation: await updateUserConversation(ctx, {
      ...input,
      user: checkText(userSid, "userSid"),
      conversation: checkText(conversationSid, "conversationSid"),
    }),
  }),
  payload: (t) => ({
    userConversation: t.expose("userConversation", {
      type: UserConversationType,
      description: "The conversation as the user sees it now.",
    }),
  }),
});

mutation("leaveConversation", {
  description: "Takes a user out of a conversation, in every state of it.",
  input: {
    description: "The user and the conversation, NOT_FOUND where the one takes no part in the other.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      userSid: t.string({ required: true, description: WORDING.ofUser }),
      conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
    }),
  },
  errors: ["notFound"],
  resolve: (ctx, { serviceSid, userSid, conversationSid }) =>
    leaveConversation(ctx, {
      serviceSid,
      user: checkText(userSid, "userSid"),
      conversation: checkText(conversationSid, "conversationSid"),
    }),
  payload: (t) => ({
    deletedId: t.id({
      description: "Id that the UserConversation had.",
      resolve: ({ participant }) => encodeNodeId("UserConversation", participant.sid),
    }),
    deletedParticipantId: t.id({
      description: "Id that the user's participant had.",
      resolve: ({ participant }) => encodeNodeId("Participant", participant.sid),
    }),
    conversation: t.field({
      type: ConversationType,
      nullable: true,
      description: "The conversation without the user; null where it was deleted in between.",
      resolve: ({ conversation }, _, ctx, info) => findConversation(ctx, conversation.sid, columnsOf(info)),
    }),
    user: t.field({
      type: UserType,
      nullable: true,
      description: "Null only where it was deleted in between.",
      resolve: ({ participant }, _, ctx) => userOfParticipant(ctx, participant),
    }),
  }),
});
