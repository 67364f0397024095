import { z } from "zod";
import { inSeconds } from "../core/instant.ts";
import { attributes, dateTime, sid, text, timers, timersToWire, url } from "../rest/format.ts";
import { list, pageOf, paging } from "../rest/list.ts";
import { type Call, type Route, route } from "../rest/route.ts";
import type { Conversation, ConversationFilter } from "./model.ts";
import {
  createConversation,
  deleteConversation,
  getConversation,
  listConversations,
  updateConversation,
} from "./resolvers.ts";

const STATES = ["active", "inactive", "closed"] as const;

const links = z.object({
  participants: url("Its participants."),
  messages: url("Its messages."),
  webhooks: url("Its webhooks."),
  export: url("Its export."),
});

export const conversation = z
  .object({
    sid: sid("CH", "SID of the conversation."),
    account_sid: sid("AC", "SID of the account."),
    chat_service_sid: sid("IS", "SID of the conversation service."),
    messaging_service_sid: sid("MG", "SID of the messaging service.").nullable(),
    friendly_name: z.string().nullable().describe("Name for people."),
    unique_name: z.string().nullable().describe("Name that stands for the SID in paths."),
    attributes: attributes("conversation"),
    state: z.enum(STATES).describe("A closed conversation stays closed."),
    date_created: dateTime("When it was created."),
    date_updated: dateTime("When it was last changed itself; messages and participants don't count."),
    timers,
    bindings: z
      .object({
        email: z
          .object({ address: z.string().nullable(), name: z.string().nullable() })
          .optional()
          .describe("Email address and name the conversation speaks with."),
      })
      .describe("Addresses of the conversation itself; empty without any."),
    url: url("URL of the conversation."),
    links: links.describe("URLs of what belongs to the conversation."),
  })
  .meta({ id: "Conversation", description: "A conversation." });

export function toWire(found: Conversation, { base }: Call): z.output<typeof conversation> {
  const self = `${base}/Conversations/${found.sid}`;
  const { emailAddress: address, emailName: name } = found;
  return {
    sid: found.sid,
    account_sid: found.accountSid,
    chat_service_sid: found.chatServiceSid,
    messaging_service_sid: found.messagingServiceSid,
    friendly_name: found.friendlyName,
    unique_name: found.uniqueName,
    attributes: found.attributes,
    date_created: inSeconds(found.dateCreated),
    date_updated: inSeconds(found.dateUpdated),
    state: found.state,
    timers: timersToWire(found),
    bindings: address === null && name === null ? {} : { email: { address, name } },
    url: self,
    links: {
      participants: `${self}/Participants`,
      messages: `${self}/Messages`,
      webhooks: `${self}/Webhooks`,
      export: `${self}/Export`,
    },
  };
}

export const conversationFields = z.object({
  FriendlyName: text("Name for people, at most 256 characters. An empty text clears it."),
  UniqueName: text("Name that stands for the SID in paths, unique in the service. An empty text clears it."),
  DateCreated: text("When it was created, for importing history.", { format: "date-time" }),
  DateUpdated: text("When it was last changed, for importing history.", { format: "date-time" }),
  MessagingServiceSid: text("SID of the messaging service; if absent at first, the account's default one."),
  Attributes: text("JSON text of the application's own data about the conversation, at most 16 KB."),
  State: text("`active` if absent at first. Closed is final.", { enum: STATES }),
  "Timers.Inactive": text(
    "ISO 8601 duration until it becomes inactive, at least `PT1M`; `PT0S` removes the timer. If absent at first, the account's default.",
  ),
  "Timers.Closed": text(
    "ISO 8601 duration until it becomes closed, at least `PT10M`; `PT0S` removes the timer. If absent at first, the account's default.",
  ),
  "Bindings.Email.Address": text("Email address the conversation speaks with."),
  "Bindings.Email.Name": text("Name the conversation's emails are from."),
});

export const conversationNames = {
  "email.address": "Bindings.Email.Address",
  "email.name": "Bindings.Email.Name",
};

export function fromForm(form: z.output<typeof conversationFields>) {
  return {
    friendlyName: form.FriendlyName,
    uniqueName: form.UniqueName,
    attributes: form.Attributes,
    messagingServiceSid: form.MessagingServiceSid,
    state: form.State,
    timers: { inactive: form["Timers.Inactive"], closed: form["Timers.Closed"] },
    email: { address: form["Bindings.Email.Address"], name: form["Bindings.Email.Name"] },
    dateCreated: form.DateCreated,
    dateUpdated: form.DateUpdated,
  };
}

const filters = z.object({
  StartDate: text("Created on or after this moment.", { format: "date-time" }),
  EndDate: text("Created on or before this moment.", { format: "date-time" }),
  State: text("In this state.", { enum: STATES }),
});

function fromQuery(query: z.output<typeof filters>): ConversationFilter {
  return { createdFrom: query.StartDate, createdTo: query.EndDate, state: query.State };
}

const params = z.object({ Sid: z.string().describe("SID or unique name of the conversation.") });
const tag = "Conversations";

export const conversationRoutes: readonly Route[] = [
  ...route({
    tag,
    method: "POST",
    path: "/Conversations",
    operationId: "CreateConversation",
    names: conversationNames,
    summary: "Create a conversation",
    form: conversationFields,
    webhooks: true,
    status: 201,
    response: conversation,
    handler: async (ctx, call) =>
      toWire(await createConversation(ctx, { serviceSid: call.serviceSid, ...fromForm(call.form) }), call),
  }),
  ...route({
    tag,
    method: "GET",
    path: "/Conversations",
    operationId: "ListConversation",
    names: { createdFrom: "StartDate", createdTo: "EndDate" },
    summary: "List the conversations: latest activity first, or with a date filter newest first",
    query: z.object({ ...filters.shape, ...paging }),
    status: 200,
    response: pageOf("conversations", conversation),
    handler: (ctx, call) => {
      const input = { serviceSid: call.serviceSid, ...fromQuery(call.query) };
      return list(
        ctx,
        call,
        "conversations",
        (page) => listConversations(ctx, input, page),
        (found) => toWire(found, call),
      );
    },
  }),
  ...route({
    tag,
    method: "GET",
    path: "/Conversations/{Sid}",
    operationId: "FetchConversation",
    summary: "Fetch a conversation",
    params,
    status: 200,
    response: conversation,
    handler: async (ctx, call) =>
      toWire(
        await getConversation(ctx, { serviceSid: call.serviceSid, conversation: call.params.Sid }),
        call,
      ),
  }),
  ...route({
    tag,
    method: "POST",
    path: "/Conversations/{Sid}",
    operationId: "UpdateConversation",
    names: conversationNames,
    summary: "Change a conversation",
    params,
    form: conversationFields,
    webhooks: true,
    status: 200,
    response: conversation,
    handler: async (ctx, call) => {
      const key = { serviceSid: call.serviceSid, conversation: call.params.Sid };
      return toWire(await updateConversation(ctx, { ...key, ...fromForm(call.form) }), call);
    },
  }),
  ...route({
    tag,
    method: "DELETE",
    path: "/Conversations/{Sid}",
    operationId: "DeleteConversation",
    summary: "Delete a conversation with everything in it",
    params,
    webhooks: true,
    status: 204,
    handler: (ctx, { serviceSid, params }) =>
      deleteConversation(ctx, { serviceSid, conversation: params.Sid }),
  }),
];
