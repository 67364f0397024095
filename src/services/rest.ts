import { z } from "zod";
import { inSeconds } from "../core/instant.ts";
import { boolean, dateTime, sid, text, url } from "../rest/format.ts";
import { list, pageOf, paging } from "../rest/list.ts";
import { type Route, route } from "../rest/route.ts";
import type { CreateServiceInput, Service } from "./model.ts";
import {
  createService,
  deleteService,
  getService,
  listServices,
  updateServiceConfiguration,
} from "./resolvers.ts";

const service = z
  .object({
    sid: sid("IS", "SID of the service."),
    account_sid: sid("AC", "SID of the account."),
    friendly_name: z.string().describe("Name for people."),
    date_created: dateTime("When it was created."),
    date_updated: dateTime("When it was last changed."),
    url: url("URL of the service."),
    links: z
      .object({
        conversations: url("Its conversations."),
        users: url("Its users."),
        roles: url("Its roles."),
        bindings: url("Its push bindings."),
        configuration: url("Its configuration."),
        participant_conversations: url("Looks up the conversations of an identity or address."),
        conversation_with_participants: url("Creates a conversation together with its participants."),
      })
      .describe("URLs of what belongs to the service."),
  })
  .meta({
    id: "Service",
    description: "A conversation service: conversations, users and roles live in exactly one.",
  });

function toWire(found: Service, base: string): z.output<typeof service> {
  const self = `${base}/Services/${found.sid}`;
  return {
    sid: found.sid,
    account_sid: found.accountSid,
    friendly_name: found.friendlyName,
    date_created: inSeconds(found.dateCreated),
    date_updated: inSeconds(found.dateUpdated),
    url: self,
    links: {
      conversations: `${self}/Conversations`,
      users: `${self}/Users`,
      roles: `${self}/Roles`,
      bindings: `${self}/Bindings`,
      configuration: `${self}/Configuration`,
      participant_conversations: `${self}/ParticipantConversations`,
      conversation_with_participants: `${self}/ConversationWithParticipants`,
    },
  };
}

const configuration = z
  .object({
    chat_service_sid: sid("IS", "SID of the service."),
    default_conversation_creator_role_sid: sid("RL", "SID of the role of a conversation's creator."),
    default_conversation_role_sid: sid("RL", "SID of the role of participants who join."),
    default_chat_service_role_sid: sid("RL", "SID of the role of new users."),
    reachability_enabled: z.boolean().describe("Whether users are to be told who is online."),
    url: url("URL of the configuration."),
    links: z
      .object({
        notifications: url("Its configuration of push notifications."),
        webhooks: url("Its configuration of webhooks."),
      })
      .describe("URLs of what belongs to the configuration."),
  })
  .meta({ id: "ServiceConfiguration", description: "What a service gives to new users and participants." });

function configurationToWire(found: Service, base: string): z.output<typeof configuration> {
  const self = `${base}/Services/${found.sid}/Configuration`;
  return {
    chat_service_sid: found.sid,
    default_conversation_creator_role_sid: found.defaultConversationCreatorRoleSid,
    default_conversation_role_sid: found.defaultConversationRoleSid,
    default_chat_service_role_sid: found.defaultChatServiceRoleSid,
    reachability_enabled: found.reachabilityEnabled,
    url: self,
    links: { notifications: `${self}/Notifications`, webhooks: `${self}/Webhooks` },
  };
}

const configurable = z.object({
  DefaultConversationCreatorRoleSid: text("SID of a role of the service, of the type `conversation`."),
  DefaultConversationRoleSid: text("SID of a role of the service, of the type `conversation`."),
  DefaultChatServiceRoleSid: text("SID of a role of the service, of the type `service`."),
  ReachabilityEnabled: boolean("reachabilityEnabled", "Whether users are to be told who is online."),
});

const fields = z
  .object({ FriendlyName: text("Name for people, at most 256 characters.") })
  .meta({ override: { required: ["FriendlyName"] } });

function fromForm(form: z.output<typeof fields>): CreateServiceInput {
  return { friendlyName: form.FriendlyName };
}

const params = z.object({ Sid: z.string().describe("SID of the service.") });
const query = z.object(paging);
const own = { tag: "Services", unscoped: true } as const;
const configured = {
  ...own,
  path: "/Services/{ChatServiceSid}/Configuration",
  params: z.object({ ChatServiceSid: z.string().describe("SID of the service.") }),
  status: 200,
  response: configuration,
} as const;

export const serviceRoutes: readonly Route[] = [
  ...route({
    ...own,
    method: "POST",
    path: "/Services",
    operationId: "CreateService",
    summary: "Create a service",
    form: fields,
    status: 201,
    response: service,
    handler: async (ctx, { form, base }) => toWire(await createService(ctx, fromForm(form)), base),
  }),
  ...route({
    ...own,
    method: "GET",
    path: "/Services",
    operationId: "ListService",
    summary: "List the account's services",
    query,
    status: 200,
    response: pageOf("services", service),
    handler: (ctx, call) =>
      list(
        ctx,
        call,
        "services",
        (page) => listServices(ctx, page),
        (found) => toWire(found, call.base),
      ),
  }),
  ...route({
    ...own,
    method: "GET",
    path: "/Services/{Sid}",
    operationId: "FetchService",
    summary: "Fetch a service",
    params,
    status: 200,
    response: service,
    handler: async (ctx, { params, base }) => toWire(await getService(ctx, params.Sid), base),
  }),
  ...route({
    ...own,
    method: "DELETE",
    path: "/Services/{Sid}",
    operationId: "DeleteService",
    summary: "Delete a service with everything in it",
    params,
    status: 204,
    handler: (ctx, { params }) => deleteService(ctx, params.Sid),
  }),
  ...route({
    ...configured,
    method: "GET",
    operationId: "FetchServiceConfiguration",
    summary: "Fetch the configuration of a service",
    handler: async (ctx, { params, base }) =>
      configurationToWire(await getService(ctx, params.ChatServiceSid), base),
  }),
  ...route({
    ...configured,
    method: "POST",
    operationId: "UpdateServiceConfiguration",
    summary: "Change the configuration of a service",
    form: configurable,
    handler: async (ctx, { params, form, base }) => {
      const updated = await updateServiceConfiguration(ctx, {
        serviceSid: params.ChatServiceSid,
        defaultConversationCreatorRoleSid: form.DefaultConversationCreatorRoleSid,
        defaultConversationRoleSid: form.DefaultConversationRoleSid,
        defaultChatServiceRoleSid: form.DefaultChatServiceRoleSid,
        reachabilityEnabled: form.ReachabilityEnabled,
      });
      return configurationToWire(updated, base);
    },
  }),
];
