import { builder } from "../graphql/builder.ts";
import { connect, connectionType, paging } from "../graphql/connection.ts";
import { encodeNodeId } from "../graphql/id.ts";
import { mutation } from "../graphql/mutation.ts";
import { findNodesOf, nodeType } from "../graphql/node.ts";
import { orNull } from "../graphql/nullable.ts";
import { WORDING } from "../graphql/wording.ts";
import { ServiceType, serviceSidArg } from "../services/graphql.ts";
import { findServices } from "../services/resolvers.ts";
import type { Role } from "./model.ts";
import { PERMISSIONS } from "./permissions.ts";
import {
  createRole,
  deleteRole,
  findRole,
  findRoles,
  getRole,
  listRoles,
  rolesOfService,
  updateRole,
} from "./resolvers.ts";

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

export const RoleNode = nodeType(builder.objectRef<Role>("Role"), {
  description: "A named set of permissions, given to users or to participants of a service.",
  sidOf: ({ sid }) => sid,
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

const RoleConnection = connectionType("Role", RoleNode);

const ROLE_SID = "SID of the role: `RL` and 32 hex digits.";

builder.queryFields((t) => ({
  role: t.field({
    type: RoleNode,
    nullable: true,
    description: "A role; null where there is none.",
    args: {
      sid: t.arg.string({ required: true, description: ROLE_SID }),
      serviceSid: serviceSidArg(t.arg),
    },
    resolve: (_, { sid, serviceSid }, ctx) => orNull(getRole(ctx, { serviceSid, role: sid })),
  }),
  roles: t.field({
    type: RoleConnection,
    nullable: true,
    description: "The roles of a service by SID, oldest first. Null only with an error.",
    args: { ...paging(t.arg), serviceSid: serviceSidArg(t.arg) },
    resolve: (_, args, ctx, info) =>
      connect(ctx, info, null, args, (page) => listRoles(ctx, { serviceSid: args.serviceSid }, page)),
  }),
}));

builder.objectField(ServiceType, "roles", (t) =>
  t.field({
    type: RoleConnection,
    description: "Its roles by SID, oldest first.",
    args: paging(t.arg),
    resolve: (service, args, ctx, info) =>
      connect(ctx, info, service.sid, args, (page) => rolesOfService(ctx, service, page)),
  }),
);

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

const listed = (permissions: readonly string[]) => permissions.map((name) => `\`${name}\``).join(", ");
const PERMITTED = `What it permits, at least one, else PERMISSION_NOT_FOUND, as for one that roles of its type have not. \`CONVERSATION\`: ${listed(PERMISSIONS.conversation)}. \`SERVICE\`: ${listed(PERMISSIONS.service)}.`;

mutation("createRole", {
  description: "Makes a role.",
  input: {
    description: "The role to make.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      friendlyName: t.string({
        required: true,
        description:
          "Name for people, 1 to 256 characters, else FRIENDLY_NAME_MISSING or FRIENDLY_NAME_TOO_LONG.",
      }),
      type: t.field({ type: RoleType, required: true, description: "Who it is for; it stays so." }),
      permissions: t.stringList({ required: true, description: PERMITTED }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, input) => ({ role: await createRole(ctx, input) }),
  payload: (t) => ({ role: t.expose("role", { type: RoleNode, description: "The new role." }) }),
});

mutation("updateRole", {
  description: "Replaces what a role permits, for all who have it.",
  input: {
    description: "The role to change, and what it permits from now on.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      sid: t.string({ required: true, description: ROLE_SID }),
      permissions: t.stringList({ required: true, description: PERMITTED }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { sid, ...input }) => ({ role: await updateRole(ctx, { ...input, role: sid }) }),
  payload: (t) => ({ role: t.expose("role", { type: RoleNode, description: "The role as it is now." }) }),
});

mutation("deleteRole", {
  description: "Deletes a role that nobody has and that is no default of its service.",
  input: {
    description:
      "The role to delete. ROLE_IN_USE where a user or participant has it, DEFAULT_ROLE where the service gives it to new ones.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      sid: t.string({ required: true, description: ROLE_SID }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { serviceSid, sid }) => ({
    sid: (await deleteRole(ctx, { serviceSid, role: sid })).sid,
  }),
  payload: (t) => ({
    deletedId: t.id({
      description: "Id that the role had.",
      resolve: ({ sid }) => encodeNodeId("Role", sid),
    }),
    sid: t.exposeString("sid", { description: "SID that the role had." }),
  }),
});
