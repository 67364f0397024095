import type { ArgBuilder } from "@pothos/core";
import { AccountType } from "../accounts/graphql.ts";
import { builder, type SchemaTypes } from "../graphql/builder.ts";
import { connect, connectionType, paging } from "../graphql/connection.ts";
import { encodeNodeId } from "../graphql/id.ts";
import { mutation } from "../graphql/mutation.ts";
import { findNodesOf, nodeType } from "../graphql/node.ts";
import { orNull } from "../graphql/nullable.ts";
import { WORDING } from "../graphql/wording.ts";
import type { Service } from "./model.ts";
import {
  createService,
  deleteService,
  findServices,
  getService,
  listServices,
  serviceOf,
  updateServiceConfiguration,
} from "./resolvers.ts";

export const ServiceType = nodeType(builder.objectRef<Service>("Service"), {
  description: "A conversation service: conversations, users and roles live in exactly one.",
  sidOf: ({ sid }) => sid,
  fields: (t) => ({
    sid: t.exposeString("sid", { description: "`IS` and 32 hex digits." }),
    accountSid: t.exposeString("accountSid", { description: WORDING.accountSid }),
    friendlyName: t.exposeString("friendlyName", { description: "Name for people." }),
    isDefault: t.boolean({
      description: "Whether it is the service of requests that name none.",
      resolve: async ({ sid }, _, ctx) => (await serviceOf(ctx)).sid === sid,
    }),
    reachabilityEnabled: t.exposeBoolean("reachabilityEnabled", {
      description:
        "Whether users are to be told who is online. Nobody connects to this server yet: a user's `isOnline` and `isNotifiable` stay null either way.",
    }),
    dateCreated: t.expose("dateCreated", { type: "DateTime", description: WORDING.dateCreated }),
    dateUpdated: t.expose("dateUpdated", { type: "DateTime", description: WORDING.dateUpdated }),
  }),
});

findNodesOf("Service", findServices);

export const ServiceConnection = connectionType("Service", ServiceType);

/** The argument that all but `node` and `viewer` take. */
export function serviceSidArg(arg: ArgBuilder<SchemaTypes>) {
  return arg.string({ description: WORDING.ofService });
}

builder.objectField(AccountType, "defaultService", (t) =>
  t.field({
    type: ServiceType,
    nullable: true,
    description: "The service of requests that name none. Null only with an error.",
    resolve: (_, __, ctx) => serviceOf(ctx),
  }),
);

builder.queryFields((t) => ({
  service: t.field({
    type: ServiceType,
    nullable: true,
    description: "A service; null where there is none of that SID.",
    args: {
      sid: t.arg.string({ required: true, description: "SID of the service: `IS` and 32 hex digits." }),
    },
    resolve: (_, { sid }, ctx) => orNull(getService(ctx, sid)),
  }),
  services: t.field({
    type: ServiceConnection,
    nullable: true,
    description: "The account's services by SID, oldest first. Null only with an error.",
    args: paging(t.arg),
    resolve: (_, args, ctx, info) => connect(ctx, info, null, args, (page) => listServices(ctx, page)),
  }),
}));

mutation("createService", {
  description: "Makes a service, with the four roles that every new one has.",
  input: {
    description: "The service to make.",
    fields: (t) => ({
      friendlyName: t.string({
        required: true,
        description:
          "Name for people, 1 to 256 characters, else FRIENDLY_NAME_MISSING or FRIENDLY_NAME_TOO_LONG.",
      }),
    }),
  },
  errors: [],
  resolve: async (ctx, input) => ({ service: await createService(ctx, input) }),
  payload: (t) => ({
    service: t.expose("service", { type: ServiceType, description: "The new service." }),
  }),
});

mutation("updateServiceConfiguration", {
  description:
    "Changes what a service gives to new users and participants. What is absent or null stays as it is.",
  input: {
    description: "The service, and what to change of it.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      defaultConversationRoleSid: t.string({
        description:
          "SID of a role of the service, of the type `CONVERSATION`, for participants who join; else CONVERSATION_ROLE_NOT_FOUND.",
      }),
      defaultConversationCreatorRoleSid: t.string({
        description:
          "SID of a role of the service, of the type `CONVERSATION`, for a user in a conversation it creates; else CREATOR_ROLE_NOT_FOUND.",
      }),
      defaultChatServiceRoleSid: t.string({
        description:
          "SID of a role of the service, of the type `SERVICE`, for new users; else SERVICE_ROLE_NOT_FOUND.",
      }),
      reachabilityEnabled: t.boolean({ description: "Whether users are to be told who is online." }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, input) => ({ service: await updateServiceConfiguration(ctx, input) }),
  payload: (t) => ({
    service: t.expose("service", { type: ServiceType, description: "The service as it is now." }),
  }),
});

mutation("deleteService", {
  description:
    "Deletes a service and everything in it. The account's default service can't be deleted, before another is that. What is large goes in parts: where the request is interrupted, the service remains with what is left in it, and a repeat goes on from there.",
  input: {
    description: "The service to delete.",
    fields: (t) => ({
      sid: t.string({
        required: true,
        description: "SID of the service; DEFAULT_SERVICE for the account's default one.",
      }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { sid }) => ({ sid: (await deleteService(ctx, sid)).sid }),
  payload: (t) => ({
    deletedId: t.id({
      description: "Id that the service had.",
      resolve: ({ sid }) => encodeNodeId("Service", sid),
    }),
    sid: t.exposeString("sid", { description: "SID that the service had." }),
  }),
});
