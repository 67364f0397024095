import { z } from "zod";
import { inSeconds } from "../core/instant.ts";
import { type LightParticipant, messagingBindingOf } from "../participants/model.ts";
import { attributes, dateTime, sid, text, timers, timersToWire, url } from "../rest/format.ts";
import { list, pageOf, paging } from "../rest/list.ts";
import { type Route, route } from "../rest/route.ts";
import type { LightParticipantConversation } from "./model.ts";
import { listParticipantConversations } from "./resolvers.ts";

const binding = z
  .object({
    address: z.string().nullable().describe("The participant's own address."),
    proxy_address: z.string().nullable().describe("Our address that speaks with it."),
    type: z.string().describe("`sms`, `whatsapp`, `messenger`, `rcs`, `gbm`, `apple` or `email`."),
    level: z.string().nullable().describe("Of an email participant."),
    name: z.string().nullable().describe("Of an email participant."),
    projected_address: z.string().nullable().describe("The number a chat participant has in a group MMS."),
  })
  .describe("How messages reach the participant; null for one who only chats.");

const participantConversation = z
  .object({
    account_sid: sid("AC", "SID of the account."),
    chat_service_sid: sid("IS", "SID of the conversation service."),
    participant_sid: sid("MB", "SID of the participant."),
    participant_user_sid: sid("US", "SID of the user who chats.").nullable(),
    participant_identity: z.string().nullable().describe("Identity of the user who chats."),
    participant_messaging_binding: binding.nullable(),
    conversation_sid: sid("CH", "SID of the conversation."),
    conversation_unique_name: z.string().nullable().describe("Name that stands for the SID in paths."),
    conversation_friendly_name: z.string().nullable().describe("Name for people."),
    conversation_attributes: attributes("conversation"),
    conversation_date_created: dateTime("When the conversation was created."),
    conversation_date_updated: dateTime("When the conversation was last changed itself."),
    conversation_created_by: z.string().describe("Identity of who created it; `system` over the API."),
    conversation_state: z
      .enum(["active", "inactive", "closed"])
      .describe("Closed conversations are listed too."),
    conversation_timers: timers,
    links: z
      .object({ participant: url("The participant."), conversation: url("The conversation.") })
      .describe("URLs of both."),
  })
  .meta({ id: "ParticipantConversation", description: "A participant and the conversation it is in." });

function toWire(
  accountSid: string,
  { participant, conversation }: LightParticipantConversation,
  base: string,
): z.output<typeof participantConversation> {
  const self = `${base}/Conversations/${conversation.sid}`;
  return {
    account_sid: accountSid,
    chat_service_sid: conversation.chatServiceSid,
    participant_sid: participant.sid,
    participant_user_sid: participant.userSid,
    participant_identity: participant.identity,
    participant_messaging_binding: bindingToWire(participant),
    conversation_sid: conversation.sid,
    conversation_unique_name: conversation.uniqueName,
    conversation_friendly_name: conversation.friendlyName,
    conversation_attributes: conversation.attributes,
    conversation_date_created: inSeconds(conversation.dateCreated),
    conversation_date_updated: inSeconds(conversation.dateUpdated),
    conversation_created_by: conversation.createdBy,
    conversation_state: conversation.state,
    conversation_timers: timersToWire(conversation),
    links: { participant: `${self}/Participants/${participant.sid}`, conversation: self },
  };
}

function bindingToWire(participant: LightParticipant): z.output<typeof binding> | null {
  const bound = messagingBindingOf(participant);
  if (bound === null) return null;
  const { address, proxyAddress, type, level, name, projectedAddress } = bound;
  return { address, proxy_address: proxyAddress, type, level, name, projected_address: projectedAddress };
}

export const participantConversationRoutes: readonly Route[] = route({
  tag: "ParticipantConversations",
  method: "GET",
  path: "/ParticipantConversations",
  operationId: "ListParticipantConversation",
  summary: "List the conversations an identity or an address takes part in",
  query: z.object({
    Identity: text("Identity to look up. Instead of an address."),
    Address: text("Address to look up, with its prefix: `+15558675310`, `whatsapp:+15558675310`."),
    ...paging,
  }),
  status: 200,
  response: pageOf("conversations", participantConversation),
  handler: (ctx, call) => {
    const { Identity: identity, Address: address } = call.query;
    const input = { serviceSid: call.serviceSid, identity, address };
    return list(
      ctx,
      call,
      "conversations",
      (page) => listParticipantConversations(ctx, input, page, "light"),
      (found) => toWire(ctx.accountSid, found, call.base),
    );
  },
});
