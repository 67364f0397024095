import { z } from "zod";
import { inSeconds } from "../core/instant.ts";
import { dateTime, sid, text, url } from "../rest/format.ts";
import { list, pageOf, paging } from "../rest/list.ts";
import { type Route, route } from "../rest/route.ts";
import type { Role } from "./model.ts";
import { createRole, deleteRole, getRole, listRoles, updateRole } from "./resolvers.ts";

const TYPES = ["conversation", "service"] as const;

const role = z
  .object({
    sid: sid("RL", "SID of the role."),
    account_sid: sid("AC", "SID of the account."),
    chat_service_sid: sid("IS", "SID of the conversation service."),
    friendly_name: z.string().describe("Name for people."),
    type: z.enum(TYPES).describe("Who it is for: participants of conversations, or users of the service."),
    permissions: z.array(z.string()).describe("What it permits."),
    date_created: dateTime("When it was created."),
    date_updated: dateTime("When it was last changed."),
    url: url("URL of the role."),
  })
  .meta({ id: "Role", description: "A named set of permissions, given to users or to participants." });

function toWire(found: Role, base: string): z.output<typeof role> {
  return {
    sid: found.sid,
    account_sid: found.accountSid,
    chat_service_sid: found.chatServiceSid,
    friendly_name: found.friendlyName,
    type: found.type,
    permissions: [...found.permissions],
    date_created: inSeconds(found.dateCreated),
    date_updated: inSeconds(found.dateUpdated),
    url: `${base}/Roles/${found.sid}`,
  };
}

const changeable = z
  .object({
    Permission: z
      .array(z.string())
      .optional()
      .describe("What the role permits, once for each permission; which there are depends on its type."),
  })
  .meta({ override: { required: ["Permission"] } });
const fields = z
  .object({
    FriendlyName: text("Name for people, at most 256 characters."),
    Type: text("Who the role is for.", { enum: TYPES }),
    ...changeable.shape,
  })
  .meta({ override: { required: ["FriendlyName", "Type", "Permission"] } });

const params = z.object({ Sid: z.string().describe("SID of the role.") });
const common = { tag: "Roles", names: { permissions: "Permission" } } as const;

export const roleRoutes: readonly Route[] = [
  ...route({
    ...common,
    method: "POST",
    path: "/Roles",
    operationId: "CreateRole",
    summary: "Create a role",
    form: fields,
    status: 201,
    response: role,
    handler: async (ctx, { serviceSid, form, base }) => {
      const { FriendlyName: friendlyName, Type: type, Permission: permissions } = form;
      return toWire(await createRole(ctx, { serviceSid, friendlyName, type, permissions }), base);
    },
  }),
  ...route({
    ...common,
    method: "GET",
    path: "/Roles",
    operationId: "ListRole",
    summary: "List the roles",
    query: z.object(paging),
    status: 200,
    response: pageOf("roles", role),
    handler: (ctx, call) =>
      list(
        ctx,
        call,
        "roles",
        (page) => listRoles(ctx, { serviceSid: call.serviceSid }, page),
        (found) => toWire(found, call.base),
      ),
  }),
  ...route({
    ...common,
    method: "GET",
    path: "/Roles/{Sid}",
    operationId: "FetchRole",
    summary: "Fetch a role",
    params,
    status: 200,
    response: role,
    handler: async (ctx, { serviceSid, params, base }) =>
      toWire(await getRole(ctx, { serviceSid, role: params.Sid }), base),
  }),
  ...route({
    ...common,
    method: "POST",
    path: "/Roles/{Sid}",
    operationId: "UpdateRole",
    summary: "Replace what a role permits",
    params,
    form: changeable,
    status: 200,
    response: role,
    handler: async (ctx, { serviceSid, params, form, base }) => {
      const key = { serviceSid, role: params.Sid };
      return toWire(await updateRole(ctx, { ...key, permissions: form.Permission }), base);
    },
  }),
  ...route({
    ...common,
    method: "DELETE",
    path: "/Roles/{Sid}",
    operationId: "DeleteRole",
    summary: "Delete a role that nobody has",
    params,
    status: 204,
    handler: (ctx, { serviceSid, params }) => deleteRole(ctx, { serviceSid, role: params.Sid }),
  }),
];
