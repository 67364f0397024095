import { z } from "zod";
import { inSeconds } from "../core/instant.ts";
import { attributes, clearableInteger, dateTime, nullable, sid, text, url } from "../rest/format.ts";
import { list, pageOf, paging } from "../rest/list.ts";
import { type Call, type Route, route } from "../rest/route.ts";
import { addParticipant } from "./joining/resolvers.ts";
import { messagingBindingOf, type Participant } from "./model.ts";
import { getParticipant, listParticipants, removeParticipant, updateParticipant } from "./resolvers.ts";

const binding = z
  .object({
    type: z.string().describe("`sms`, `whatsapp`, `messenger`, `rcs`, `gbm`, `apple` or `email`."),
    address: z.string().optional().describe("The participant's own address."),
    proxy_address: z.string().optional().describe("Our address that speaks with it."),
    projected_address: z.string().optional().describe("The number a chat participant has in a group MMS."),
  })
  .describe("How messages reach a participant; only what is set. Null for one who only chats.");

const participant = z
  .object({
    account_sid: sid("AC", "SID of the account."),
    conversation_sid: sid("CH", "SID of the conversation."),
    sid: sid("MB", "SID of the participant."),
    identity: z.string().nullable().describe("Identity of the user who chats; null without one."),
    attributes: attributes("participant"),
    messaging_binding: binding.nullable(),
    role_sid: sid("RL", "SID of the participant's role.").nullable(),
    date_created: dateTime("When it was created."),
    date_updated: dateTime("When it was last changed."),
    url: url("URL of the participant."),
    last_read_message_index: z.int().nullable().describe("Index of the last message read; null before any."),
    last_read_timestamp: dateTime("When it was read.").nullable(),
  })
  .meta({ id: "Participant", description: "Someone in a conversation." });

const scopedParticipant = participant
  .extend({ chat_service_sid: sid("IS", "SID of the conversation service.") })
  .meta({
    id: "ServiceParticipant",
    description: "Someone in a conversation, as the paths below a service show it.",
  });

type Wire = z.output<typeof participant> | z.output<typeof scopedParticipant>;

function toWire(found: Participant, { base, serviceSid }: Call): Wire {
  return {
    account_sid: found.accountSid,
    ...(serviceSid === undefined ? {} : { chat_service_sid: found.chatServiceSid }),
    conversation_sid: found.conversationSid,
    sid: found.sid,
    identity: found.identity,
    attributes: found.attributes,
    messaging_binding: bindingToWire(found),
    role_sid: found.roleSid,
    date_created: inSeconds(found.dateCreated),
    date_updated: inSeconds(found.dateUpdated),
    url: `${base}/Conversations/${found.conversationSid}/Participants/${found.sid}`,
    last_read_message_index: found.lastReadMessageIndex,
    last_read_timestamp: found.lastReadTimestamp === null ? null : inSeconds(found.lastReadTimestamp),
  };
}

function bindingToWire(found: Participant): z.output<typeof binding> | null {
  const bound = messagingBindingOf(found);
  if (bound === null) return null;
  return {
    type: bound.type,
    ...(bound.address === null ? {} : { address: bound.address }),
    ...(bound.proxyAddress === null ? {} : { proxy_address: bound.proxyAddress }),
    ...(bound.projectedAddress === null ? {} : { projected_address: bound.projectedAddress }),
  };
}

const common = {
  DateCreated: text("When it was created, for importing history.", { format: "date-time" }),
  DateUpdated: text("When it was last changed, for importing history.", { format: "date-time" }),
  Attributes: text("JSON text of the application's own data about the participant, at most 4 KB."),
  RoleSid: text("SID of a role of the type `conversation`."),
};
const creation = z.object({
  Identity: text("Identity of a user who chats. Instead of an address."),
  "MessagingBinding.Address": text("The participant's own address: `+15558675310`, `whatsapp:+15558675310`."),
  "MessagingBinding.ProxyAddress": text("Our address that speaks with it, of the same type."),
  "MessagingBinding.ProjectedAddress": text("The number a chat participant has in a group MMS."),
  ...common,
});
const change = z.object({
  Identity: text("Identity for a participant who has only a projected address."),
  "MessagingBinding.ProxyAddress": text("An address to add, or the text `null` to remove the one there is."),
  "MessagingBinding.ProjectedAddress": text(
    "A number to add, or the text `null` to remove the one there is.",
  ),
  LastReadMessageIndex: clearableInteger(
    "Index of the last message read. An empty text or `null` clears it.",
  ),
  LastReadTimestamp: text("When it was read; now, if only the index is given.", { format: "date-time" }),
  ...common,
});

function shared(form: { [K in keyof typeof common]?: string | undefined }) {
  return {
    attributes: form.Attributes,
    roleSid: form.RoleSid,
    dateCreated: form.DateCreated,
    dateUpdated: form.DateUpdated,
  };
}

function creationFromForm(form: z.output<typeof creation>) {
  return {
    identity: form.Identity,
    messagingBinding: {
      address: form["MessagingBinding.Address"],
      proxyAddress: form["MessagingBinding.ProxyAddress"],
      projectedAddress: form["MessagingBinding.ProjectedAddress"],
    },
    ...shared(form),
  };
}

function changeFromForm(form: z.output<typeof change>) {
  return {
    identity: form.Identity,
    messagingBinding: {
      proxyAddress: nullable(form["MessagingBinding.ProxyAddress"]),
      projectedAddress: nullable(form["MessagingBinding.ProjectedAddress"]),
    },
    lastReadMessageIndex: form.LastReadMessageIndex,
    lastReadTimestamp: nullable(form.LastReadTimestamp),
    ...shared(form),
  };
}

const parent = { ConversationSid: z.string().describe("SID or unique name of the conversation.") };
const within = z.object(parent);
const written = z.object({ ...parent, Sid: z.string().describe("SID of the participant.") });
const read = z.object({ ...parent, Sid: z.string().describe("SID or identity of the participant.") });
const tag = "Participants";
const path = "/Conversations/{ConversationSid}/Participants";
const one = { response: participant, scopedResponse: scopedParticipant };

interface Path {
  readonly ConversationSid: string;
  readonly Sid: string;
}

function keyOf({ serviceSid, params }: Call<Path>) {
  return { serviceSid, conversation: params.ConversationSid, participant: params.Sid };
}

export const participantRoutes: readonly Route[] = [
  ...route({
    tag,
    method: "POST",
    path,
    operationId: "CreateConversationParticipant",
    summary: "Add a participant to a conversation",
    params: within,
    form: creation,
    webhooks: true,
    status: 201,
    ...one,
    handler: async (ctx, call) => {
      const where = { serviceSid: call.serviceSid, conversation: call.params.ConversationSid };
      return toWire(await addParticipant(ctx, { ...where, ...creationFromForm(call.form) }), call);
    },
  }),
  ...route({
    tag,
    method: "GET",
    path,
    operationId: "ListConversationParticipant",
    summary: "List a conversation's participants",
    params: within,
    query: z.object(paging),
    status: 200,
    response: pageOf("participants", participant),
    scopedResponse: pageOf("participants", scopedParticipant),
    handler: (ctx, call) => {
      const where = { serviceSid: call.serviceSid, conversation: call.params.ConversationSid };
      return list(
        ctx,
        call,
        "participants",
        (page) => listParticipants(ctx, where, page),
        (found) => toWire(found, call),
      );
    },
  }),
  ...route({
    tag,
    method: "GET",
    path: `${path}/{Sid}`,
    operationId: "FetchConversationParticipant",
    summary: "Fetch a participant",
    params: read,
    status: 200,
    ...one,
    handler: async (ctx, call) => toWire(await getParticipant(ctx, keyOf(call)), call),
  }),
  ...route({
    tag,
    method: "POST",
    path: `${path}/{Sid}`,
    operationId: "UpdateConversationParticipant",
    summary: "Change a participant",
    params: written,
    form: change,
    webhooks: true,
    status: 200,
    ...one,
    handler: async (ctx, call) =>
      toWire(await updateParticipant(ctx, { ...keyOf(call), ...changeFromForm(call.form) }), call),
  }),
  ...route({
    tag,
    method: "DELETE",
    path: `${path}/{Sid}`,
    operationId: "DeleteConversationParticipant",
    summary: "Remove a participant from its conversation",
    params: written,
    webhooks: true,
    status: 204,
    handler: (ctx, call) => removeParticipant(ctx, keyOf(call)),
  }),
];
