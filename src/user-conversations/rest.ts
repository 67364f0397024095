import { z } from "zod";
import type { Context } from "../context.ts";
import { inSeconds } from "../core/instant.ts";
import { unreadCountOf } from "../inbox/resolvers.ts";
import {
  attributes,
  clearableInteger,
  dateTime,
  nullable,
  sid,
  text,
  timers,
  timersToWire,
  url,
} from "../rest/format.ts";
import { list, pageOf, paging } from "../rest/list.ts";
import { type Call, type Route, route } from "../rest/route.ts";
import type { UserConversation } from "./model.ts";
import {
  getUserConversation,
  leaveConversation,
  listUserConversations,
  updateUserConversation,
} from "./resolvers.ts";

const GREATEST_UNREAD = 1000;
const LEVELS = ["default", "muted"] as const;

const userConversation = z
  .object({
    account_sid: sid("AC", "SID of the account."),
    chat_service_sid: sid("IS", "SID of the conversation service."),
    conversation_sid: sid("CH", "SID of the conversation."),
    unread_messages_count: z
      .int()
      .max(GREATEST_UNREAD)
      .nullable()
      .describe("Messages behind the last one read, counted up to 1000; null before any is read."),
    last_read_message_index: z.int().nullable().describe("Index of the last message read; null before any."),
    participant_sid: sid("MB", "SID of the user's participant in the conversation."),
    user_sid: sid("US", "SID of the user."),
    friendly_name: z.string().nullable().describe("The conversation's name for people."),
    conversation_state: z
      .enum(["active", "inactive", "closed"])
      .describe("Closed conversations are listed too."),
    timers,
    attributes: attributes("conversation"),
    date_created: dateTime("When the conversation was created."),
    date_updated: dateTime("When the conversation was last changed itself."),
    created_by: z.string().describe("Identity of who created the conversation; `system` over the API."),
    notification_level: z.enum(LEVELS).describe("Whether the user is notified."),
    unique_name: z.string().nullable().describe("The conversation's name that stands for its SID in paths."),
    url: url("URL of this."),
    links: z
      .object({ participant: url("The user's participant."), conversation: url("The conversation.") })
      .describe("URLs of what it is about."),
  })
  .meta({ id: "UserConversation", description: "A conversation as one of its users has it." });

async function toWire(
  ctx: Context,
  { participant, conversation }: UserConversation,
  base: string,
): Promise<z.output<typeof userConversation>> {
  const unread = await unreadCountOf(ctx, participant);
  const conversationUrl = `${base}/Conversations/${conversation.sid}`;
  // Who is in a conversation by identity has a user: the table says so.
  const userSid = participant.userSid!;
  return {
    account_sid: participant.accountSid,
    chat_service_sid: participant.chatServiceSid,
    conversation_sid: conversation.sid,
    unread_messages_count: unread === null ? null : Math.min(unread, GREATEST_UNREAD),
    last_read_message_index: participant.lastReadMessageIndex,
    participant_sid: participant.sid,
    user_sid: userSid,
    friendly_name: conversation.friendlyName,
    conversation_state: conversation.state,
    timers: timersToWire(conversation),
    attributes: conversation.attributes,
    date_created: inSeconds(conversation.dateCreated),
    date_updated: inSeconds(conversation.dateUpdated),
    created_by: conversation.createdBy,
    notification_level: participant.notificationLevel,
    unique_name: conversation.uniqueName,
    url: `${base}/Users/${userSid}/Conversations/${conversation.sid}`,
    links: {
      participant: `${conversationUrl}/Participants/${participant.sid}`,
      conversation: conversationUrl,
    },
  };
}

const change = z.object({
  NotificationLevel: text("Whether the user is notified.", { enum: LEVELS }),
  LastReadTimestamp: text("When it was read; now, if only the index is given.", { format: "date-time" }),
  LastReadMessageIndex: clearableInteger(
    "Index of the last message read. An empty text or `null` clears it.",
  ),
});

function fromForm(form: z.output<typeof change>) {
  return {
    notificationLevel: form.NotificationLevel,
    lastReadTimestamp: nullable(form.LastReadTimestamp),
    lastReadMessageIndex: form.LastReadMessageIndex,
  };
}

const parent = { UserSid: z.string().describe("SID or identity of the user.") };
const params = z.object({
  ...parent,
  ConversationSid: z.string().describe("SID or unique name of the conversation."),
});
const tag = "UserConversations";
const path = "/Users/{UserSid}/Conversations";

function keyOf({ serviceSid, params: { UserSid, ConversationSid } }: Call<z.output<typeof params>>) {
  return { serviceSid, user: UserSid, conversation: ConversationSid };
}

export const userConversationRoutes: readonly Route[] = [
  ...route({
    tag,
    method: "GET",
    path,
    operationId: "ListUserConversation",
    summary: "List the conversations a user takes part in",
    params: z.object(parent),
    query: z.object(paging),
    status: 200,
    response: pageOf("conversations", userConversation),
    handler: (ctx, call) => {
      const key = { serviceSid: call.serviceSid, user: call.params.UserSid };
      return list(
        ctx,
        call,
        "conversations",
        (page) => listUserConversations(ctx, key, page),
        (found) => toWire(ctx, found, call.base),
      );
    },
  }),
  ...route({
    tag,
    method: "GET",
    path: `${path}/{ConversationSid}`,
    operationId: "FetchUserConversation",
    summary: "Fetch a user's conversation",
    params,
    status: 200,
    response: userConversation,
    handler: async (ctx, call) => toWire(ctx, await getUserConversation(ctx, keyOf(call)), call.base),
  }),
  ...route({
    tag,
    method: "POST",
    path: `${path}/{ConversationSid}`,
    operationId: "UpdateUserConversation",
    summary: "Change what a user has read of a conversation, and whether it notifies",
    params,
    form: change,
    status: 200,
    response: userConversation,
    handler: async (ctx, call) =>
      toWire(ctx, await updateUserConversation(ctx, { ...keyOf(call), ...fromForm(call.form) }), call.base),
  }),
  ...route({
    tag,
    method: "DELETE",
    path: `${path}/{ConversationSid}`,
    operationId: "DeleteUserConversation",
    summary: "Leave a conversation",
    params,
    status: 204,
    handler: (ctx, call) => leaveConversation(ctx, keyOf(call)),
  }),
];
