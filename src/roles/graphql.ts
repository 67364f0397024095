import { builder } from "../graphql/builder.ts";
import { findNodesOf } from "../graphql/node.ts";
import { WORDING } from "../graphql/wording.ts";
import { ServiceType } from "../services/graphql.ts";
import { findServices } from "../services/resolvers.ts";
import type { Role } from "./model.ts";
import { findRole, findRoles } from "./resolvers.ts";

const RoleType = builder.enumType("RoleType", {
  description: "Who a role is for.",
  values: {
    CONVERSATION: {
      value: "conversation",
      description: "For participants: what they may do in one conversation.",
    },
    SERVICE: { value: "service", description: "For users: what they may do in the service." },
  } as const,
});

export const RoleNode = builder.node(builder.objectRef<Role>("Role"), {
  description: "A named set of permissions, given to users or to participants of a service.",
  id: { resolve: ({ sid }) => sid },
  fields: (t) => ({
    sid: t.exposeString("sid", { description: "`RL` and 32 hex digits." }),
    accountSid: t.exposeString("accountSid", { description: WORDING.accountSid }),
    serviceSid: t.exposeString("chatServiceSid", { description: WORDING.serviceSid }),
    friendlyName: t.exposeString("friendlyName", { description: "Name for people." }),
    type: t.expose("type", { type: RoleType, description: "Who it is for." }),
    permissions: t.stringList({
      description: "What it permits, such as `sendMessage`.",
      resolve: ({ permissions }) => [...permissions],
    }),
    service: t.field({
      type: ServiceType,
      nullable: true,
      description: "Null where it was deleted in between.",
      resolve: async ({ chatServiceSid }, _, ctx) => (await findServices(ctx, [chatServiceSid]))[0],
    }),
    dateCreated: t.expose("dateCreated", { type: "DateTime", description: WORDING.dateCreated }),
    dateUpdated: t.expose("dateUpdated", { type: "DateTime", description: WORDING.dateUpdated }),
  }),
});

findNodesOf("Role", findRoles);

builder.objectFields(ServiceType, (t) => ({
  defaultConversationRole: t.field({
    type: RoleNode,
    nullable: true,
    description: "Role of participants who join.",
    resolve: (service, _, ctx) => findRole(ctx, service.defaultConversationRoleSid),
  }),
  defaultConversationCreatorRole: t.field({
    type: RoleNode,
    nullable: true,
    description: "Role of a user in a conversation it creates.",
    resolve: (service, _, ctx) => findRole(ctx, service.defaultConversationCreatorRoleSid),
  }),
  defaultChatServiceRole: t.field({
    type: RoleNode,
    nullable: true,
    description: "Role of new users.",
    resolve: (service, _, ctx) => findRole(ctx, service.defaultChatServiceRoleSid),
  }),
}));
