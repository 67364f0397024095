import { checkText } from "../core/text.ts";
import { ATTRIBUTES, attributesFields, attributesFrom, attributesValue } from "../graphql/attributes.ts";
import { builder } from "../graphql/builder.ts";
import { columnsOf } from "../graphql/columns.ts";
import { connect, connectionType, paging } from "../graphql/connection.ts";
import { fieldsOfFull } from "../graphql/full.ts";
import { encodeNodeId } from "../graphql/id.ts";
import { mutation } from "../graphql/mutation.ts";
import { findNodesOf, nodeType } from "../graphql/node.ts";
import { orNull } from "../graphql/nullable.ts";
import { WORDING } from "../graphql/wording.ts";
import { RoleNode } from "../roles/graphql.ts";
import { findRole } from "../roles/resolvers.ts";
import { ServiceType, serviceSidArg } from "../services/graphql.ts";
import { findServices } from "../services/resolvers.ts";
import { ATTRIBUTES_LIMIT, type LightUser } from "./model.ts";
import {
  createUser,
  deleteUser,
  findUsers,
  fullUser,
  getUser,
  listUsers,
  updateUser,
  usersOfService,
} from "./resolvers.ts";

const full = fieldsOfFull(fullUser);

export const UserType = nodeType(builder.objectRef<LightUser>("User"), {
  description: "A chat identity of a service, whether or not it takes part in anything.",
  sidOf: ({ sid }) => sid,
  fields: (t) => ({
    sid: t.exposeString("sid", { description: "`US` and 32 hex digits." }),
    accountSid: t.string({
      description: WORDING.accountSid,
      resolve: (_, __, ctx) => ctx.accountSid,
    }),
    serviceSid: t.string({ ...full((user) => user.chatServiceSid), description: WORDING.serviceSid }),
    identity: t.exposeString("identity", {
      description: "What the application calls the user; unique in the service, case-sensitive.",
    }),
    friendlyName: t.exposeString("friendlyName", { nullable: true, description: "Name for people." }),
    roleSid: t.string({
      ...full((user) => user.roleSid),
      description: "SID of the user's role in the service: `RL` and 32 hex digits.",
    }),
    role: t.field({
      ...full((user, ctx) => findRole(ctx, user.roleSid)),
      type: RoleNode,
      nullable: true,
      description: "What the user may do in the service. Null where it was deleted in between.",
    }),
    attributes: t.field({
      ...full((user) => attributesValue(user.attributes)),
      type: "JSON",
      description: ATTRIBUTES.value,
    }),
    attributesText: t.string({ ...full((user) => user.attributes), description: ATTRIBUTES.text }),
    isOnline: t.boolean({
      ...full((user) => user.isOnline),
      nullable: true,
      description: "Whether the user is connected. Nobody connects to this server yet: always null.",
    }),
    isNotifiable: t.boolean({
      ...full((user) => user.isNotifiable),
      nullable: true,
      description: "Whether the user can be reached by push. Nobody registers here for it yet: always null.",
    }),
    service: t.field({
      type: ServiceType,
      nullable: true,
      description: "Null where it was deleted in between.",
      ...full(async ({ chatServiceSid }, ctx) => (await findServices(ctx, [chatServiceSid]))[0]),
    }),
    dateCreated: t.field({
      ...full((user) => user.dateCreated),
      type: "DateTime",
      description: WORDING.dateCreated,
    }),
    dateUpdated: t.field({
      ...full((user) => user.dateUpdated),
      type: "DateTime",
      description: WORDING.dateUpdated,
    }),
  }),
});

findNodesOf("User", findUsers);

const UserConnection = connectionType("User", UserType);

builder.queryFields((t) => ({
  user: t.field({
    type: UserType,
    nullable: true,
    description: "A user; null where there is none.",
    args: {
      sid: t.arg.string({ required: true, description: WORDING.ofUser }),
      serviceSid: serviceSidArg(t.arg),
    },
    resolve: (_, { sid, serviceSid }, ctx) =>
      orNull(getUser(ctx, { serviceSid, user: checkText(sid, "sid") })),
  }),
  users: t.field({
    type: UserConnection,
    nullable: true,
    description: "The users of a service by SID, oldest first. Null only with an error.",
    args: { ...paging(t.arg), serviceSid: serviceSidArg(t.arg) },
    resolve: (_, args, ctx, info) =>
      connect(ctx, info, null, args, (page) =>
        listUsers(ctx, { serviceSid: args.serviceSid }, page, columnsOf(info)),
      ),
  }),
}));

builder.objectField(ServiceType, "users", (t) =>
  t.field({
    type: UserConnection,
    description: "Its users by SID, oldest first.",
    args: paging(t.arg),
    resolve: (service, args, ctx, info) =>
      connect(ctx, info, service.sid, args, (page) => usersOfService(ctx, service, page, columnsOf(info))),
  }),
);

mutation("createUser", {
  description: "Makes a user. Adding a participant with a new identity makes its user as well.",
  input: {
    description: "The user to make.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      identity: t.string({
        required: true,
        description:
          "1 to 256 characters and not of the shape of a SID, else IDENTITY_MISSING, IDENTITY_TOO_LONG or IDENTITY_MATCHES_SID; USER_EXISTS where the service has it.",
      }),
      friendlyName: t.string({ description: WORDING.friendlyName }),
      ...attributesFields(t, ATTRIBUTES_LIMIT),
      roleSid: t.string({
        description:
          "SID of a role of the type `SERVICE`; absent or null, the service's default for users. ROLE_NOT_FOUND or ROLE_TYPE_INVALID.",
      }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, input) => ({
    user: await createUser(ctx, { ...input, attributes: attributesFrom(input) }),
  }),
  payload: (t) => ({ user: t.expose("user", { type: UserType, description: "The new user." }) }),
});

mutation("updateUser", {
  description: "Changes a user. What is absent stays as it is, null clears.",
  input: {
    description: "The user to change, and what to change of it.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      sid: t.string({ required: true, description: WORDING.ofUser }),
      friendlyName: t.string({ description: WORDING.friendlyName }),
      ...attributesFields(t, ATTRIBUTES_LIMIT),
      roleSid: t.string({
        description:
          "SID of a role of the type `SERVICE`; absent or null leaves it. ROLE_NOT_FOUND or ROLE_TYPE_INVALID.",
      }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { sid, ...input }) => ({
    user: await updateUser(ctx, { ...input, user: checkText(sid, "sid"), attributes: attributesFrom(input) }),
  }),
  payload: (t) => ({ user: t.expose("user", { type: UserType, description: "The user as it is now." }) }),
});

mutation("deleteUser", {
  description: "Deletes a user and its participants in every conversation.",
  input: {
    description: "The user to delete.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      sid: t.string({ required: true, description: WORDING.ofUser }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { serviceSid, sid }) => ({
    sid: (await deleteUser(ctx, { serviceSid, user: checkText(sid, "sid") })).sid,
  }),
  payload: (t) => ({
    deletedId: t.id({
      description: "Id that the user had.",
      resolve: ({ sid }) => encodeNodeId("User", sid),
    }),
    sid: t.exposeString("sid", { description: "SID that the user had." }),
  }),
});
