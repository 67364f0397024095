import { z } from "zod";
import { inSeconds } from "../core/instant.ts";
import { attributes, dateTime, sid, text, url } from "../rest/format.ts";
import { list, pageOf, paging } from "../rest/list.ts";
import { type Route, route } from "../rest/route.ts";
import type { User } from "./model.ts";
import { createUser, deleteUser, getUser, listUsers, updateUser } from "./resolvers.ts";

const user = z
  .object({
    sid: sid("US", "SID of the user."),
    account_sid: sid("AC", "SID of the account."),
    chat_service_sid: sid("IS", "SID of the conversation service."),
    role_sid: sid("RL", "SID of the user's role."),
    identity: z.string().describe("What the application calls the user."),
    friendly_name: z.string().nullable().describe("Name for people."),
    attributes: attributes("user"),
    is_online: z
      .boolean()
      .nullable()
      .describe("Whether the user is connected. Nobody connects to this server yet: always null."),
    is_notifiable: z
      .boolean()
      .nullable()
      .describe("Whether the user can be reached by push. Nobody registers here for it yet: always null."),
    date_created: dateTime("When it was created."),
    date_updated: dateTime("When it was last changed."),
    url: url("URL of the user."),
    links: z
      .object({ user_conversations: url("The conversations the user takes part in.") })
      .describe("URLs of what belongs to the user."),
  })
  .meta({ id: "User", description: "A chat identity of a service." });

function toWire(found: User, base: string): z.output<typeof user> {
  const self = `${base}/Users/${found.sid}`;
  return {
    sid: found.sid,
    account_sid: found.accountSid,
    chat_service_sid: found.chatServiceSid,
    role_sid: found.roleSid,
    identity: found.identity,
    friendly_name: found.friendlyName,
    attributes: found.attributes,
    is_online: found.isOnline,
    is_notifiable: found.isNotifiable,
    date_created: inSeconds(found.dateCreated),
    date_updated: inSeconds(found.dateUpdated),
    url: self,
    links: { user_conversations: `${self}/Conversations` },
  };
}

const changeable = z.object({
  FriendlyName: text("Name for people, at most 256 characters. An empty text clears it."),
  Attributes: text("JSON text of the application's own data about the user, at most 16 KB."),
  RoleSid: text("SID of a role of the type `service`; absent at first, the service's default role."),
});
const fields = z
  .object({
    Identity: text("What the application calls the user, at most 256 characters, unique in the service."),
    ...changeable.shape,
  })
  .meta({ override: { required: ["Identity"] } });

function fromForm(form: z.output<typeof changeable>) {
  return { friendlyName: form.FriendlyName, attributes: form.Attributes, roleSid: form.RoleSid };
}

const params = z.object({ Sid: z.string().describe("SID or identity of the user.") });
const tag = "Users";

export const userRoutes: readonly Route[] = [
  ...route({
    tag,
    method: "POST",
    path: "/Users",
    operationId: "CreateUser",
    summary: "Create a user",
    form: fields,
    webhooks: true,
    status: 201,
    response: user,
    handler: async (ctx, { serviceSid, form, base }) =>
      toWire(await createUser(ctx, { serviceSid, identity: form.Identity, ...fromForm(form) }), base),
  }),
  ...route({
    tag,
    method: "GET",
    path: "/Users",
    operationId: "ListUser",
    summary: "List the users",
    query: z.object(paging),
    status: 200,
    response: pageOf("users", user),
    handler: (ctx, call) =>
      list(
        ctx,
        call,
        "users",
        (page) => listUsers(ctx, { serviceSid: call.serviceSid }, page),
        (found) => toWire(found, call.base),
      ),
  }),
  ...route({
    tag,
    method: "GET",
    path: "/Users/{Sid}",
    operationId: "FetchUser",
    summary: "Fetch a user",
    params,
    status: 200,
    response: user,
    handler: async (ctx, { serviceSid, params, base }) =>
      toWire(await getUser(ctx, { serviceSid, user: params.Sid }), base),
  }),
  ...route({
    tag,
    method: "POST",
    path: "/Users/{Sid}",
    operationId: "UpdateUser",
    summary: "Change a user",
    params,
    form: changeable,
    webhooks: true,
    status: 200,
    response: user,
    handler: async (ctx, { serviceSid, params, form, base }) =>
      toWire(await updateUser(ctx, { serviceSid, user: params.Sid, ...fromForm(form) }), base),
  }),
  ...route({
    tag,
    method: "DELETE",
    path: "/Users/{Sid}",
    operationId: "DeleteUser",
    summary: "Delete a user, and its place in every conversation",
    params,
    webhooks: true,
    status: 204,
    handler: (ctx, { serviceSid, params }) => deleteUser(ctx, { serviceSid, user: params.Sid }),
  }),
];
