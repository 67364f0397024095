import { z } from "zod";
import { inSeconds } from "../core/instant.ts";
import { attributes, dateTime, sid, text, url } from "../rest/format.ts";
import { list, pageOf, paging } from "../rest/list.ts";
import { type Call, type Route, route } from "../rest/route.ts";
import { checkNothingElse, type Message } from "./model.ts";
import { createMessage, deleteMessage, getMessage, listMessages, updateMessage } from "./resolvers.ts";

const ORDERS = ["asc", "desc"] as const;

const links = z.object({
  delivery_receipts: url("Its receipts."),
  channel_metadata: url("What the channel that it came by says of it."),
});

const message = z
  .object({
    account_sid: sid("AC", "SID of the account."),
    conversation_sid: sid("CH", "SID of the conversation."),
    sid: sid("IM", "SID of the message."),
    index: z.int().min(0).describe("Place in the conversation, from 0; never given twice."),
    author: z.string().describe("Identity or address of who said it, or `system`."),
    body: z.string().nullable().describe("What it says."),
    media: z.null().describe("Always null: there are no media."),
    attributes: attributes("message"),
    participant_sid: sid("MB", "SID of the participant that its author was when it came.").nullable(),
    date_created: dateTime("When it was created."),
    date_updated: dateTime("When it was last changed."),
    url: url("URL of the message."),
    delivery: z.null().describe("Always null: nothing is sent on, and so there is nothing to receive."),
    links: links.describe("URLs of what belongs to the message."),
    content_sid: z.null().describe("Always null: there are no content templates."),
  })
  .meta({ id: "Message", description: "Something said in a conversation." });

const scopedMessage = message
  .extend({ chat_service_sid: sid("IS", "SID of the conversation service.") })
  .meta({
    id: "ServiceMessage",
    description: "Something said in a conversation, as the paths below a service show it.",
  });

type Wire = z.output<typeof message> | z.output<typeof scopedMessage>;

function toWire(found: Message, { base, serviceSid }: Call): Wire {
  const self = `${base}/Conversations/${found.conversationSid}/Messages/${found.sid}`;
  return {
    account_sid: found.accountSid,
    ...(serviceSid === undefined ? {} : { chat_service_sid: found.chatServiceSid }),
    conversation_sid: found.conversationSid,
    sid: found.sid,
    index: found.index,
    author: found.author,
    body: found.body,
    media: null,
    attributes: found.attributes,
    participant_sid: found.participantSid,
    date_created: inSeconds(found.dateCreated),
    date_updated: inSeconds(found.dateUpdated),
    url: self,
    delivery: null,
    links: { delivery_receipts: `${self}/Receipts`, channel_metadata: `${self}/ChannelMetadata` },
    content_sid: null,
  };
}

const fields = {
  Author: text(
    "Identity or address of who says it, at most 256 characters; `system` if absent or empty at first.",
  ),
  Body: text("What it says, at most 32 KB; required at first, but may be empty."),
  DateCreated: text("When it was created, for importing history.", { format: "date-time" }),
  DateUpdated: text("When it was last changed, for importing history.", { format: "date-time" }),
  Attributes: text("JSON text of the application's own data about the message, at most 4 KB."),
};
const unsupported = { Subject: text("Refused unless empty: there are no emails.") };
const change = z.object({ ...fields, ...unsupported });
const creation = change.extend({
  MediaSid: text("Refused unless empty: there are no media."),
  ContentSid: text("Refused unless empty: there are no content templates."),
  ContentVariables: text("Refused unless empty: there are no content templates."),
});

/** @throws ApiError MESSAGE_CONTENT_UNSUPPORTED */
function fromForm(form: z.output<typeof change> & Partial<z.output<typeof creation>>) {
  checkNothingElse({
    mediaSid: form.MediaSid,
    contentSid: form.ContentSid,
    contentVariables: form.ContentVariables,
    subject: form.Subject,
  });
  return {
    author: form.Author,
    body: form.Body,
    attributes: form.Attributes,
    dateCreated: form.DateCreated,
    dateUpdated: form.DateUpdated,
  };
}

const parent = { ConversationSid: z.string().describe("SID or unique name of the conversation.") };
const within = z.object(parent);
const named = z.object({ ...parent, Sid: z.string().describe("SID of the message.") });
const tag = "Messages";
const path = "/Conversations/{ConversationSid}/Messages";
const one = { response: message, scopedResponse: scopedMessage };

interface Path {
  readonly ConversationSid: string;
  readonly Sid: string;
}

function keyOf({ serviceSid, params }: Call<Path>) {
  return { serviceSid, conversation: params.ConversationSid, message: params.Sid };
}

export const messageRoutes: readonly Route[] = [
  ...route({
    tag,
    method: "POST",
    path,
    operationId: "CreateConversationMessage",
    summary: "Add a message to a conversation",
    params: within,
    form: creation,
    webhooks: true,
    status: 201,
    ...one,
    handler: async (ctx, call) => {
      const where = { serviceSid: call.serviceSid, conversation: call.params.ConversationSid };
      return toWire(await createMessage(ctx, { ...where, ...fromForm(call.form) }), call);
    },
  }),
  ...route({
    tag,
    method: "GET",
    path,
    operationId: "ListConversationMessage",
    summary: "List a conversation's messages",
    params: within,
    query: z.object({
      Order: text("By index: `asc` if absent, or `desc`, the newest first.", { enum: ORDERS }),
      ...paging,
    }),
    status: 200,
    response: pageOf("messages", message),
    scopedResponse: pageOf("messages", scopedMessage),
    handler: (ctx, call) => {
      const { serviceSid, params, query } = call;
      const input = { serviceSid, conversation: params.ConversationSid, order: query.Order };
      return list(
        ctx,
        call,
        "messages",
        (page) => listMessages(ctx, input, page),
        (found) => toWire(found, call),
      );
    },
  }),
  ...route({
    tag,
    method: "GET",
    path: `${path}/{Sid}`,
    operationId: "FetchConversationMessage",
    summary: "Fetch a message",
    params: named,
    status: 200,
    ...one,
    handler: async (ctx, call) => toWire(await getMessage(ctx, keyOf(call)), call),
  }),
  ...route({
    tag,
    method: "POST",
    path: `${path}/{Sid}`,
    operationId: "UpdateConversationMessage",
    summary: "Change a message",
    params: named,
    form: change,
    webhooks: true,
    status: 200,
    ...one,
    handler: async (ctx, call) =>
      toWire(await updateMessage(ctx, { ...keyOf(call), ...fromForm(call.form) }), call),
  }),
  ...route({
    tag,
    method: "DELETE",
    path: `${path}/{Sid}`,
    operationId: "DeleteConversationMessage",
    summary: "Delete a message",
    params: named,
    webhooks: true,
    status: 204,
    handler: (ctx, call) => deleteMessage(ctx, keyOf(call)),
  }),
];
