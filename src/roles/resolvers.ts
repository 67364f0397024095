import type { Context } from "../context.ts";
import { ApiError, type Conflicting, type ErrorCode, notFound } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import type { Page, PageRequest } from "../core/page.ts";
import { parseSid } from "../core/sid.ts";
import { checkFriendlyName } from "../core/text.ts";
import type { Tx } from "../db/client.ts";
import type { DefaultRoles, Service } from "../services/model.ts";
import { lockedService, serviceOf } from "../services/resolvers.ts";
import {
  type CreateRoleInput,
  checkPermissions,
  checkRoleType,
  DEFAULT_ROLES,
  type Role,
  type RoleType,
  type UpdateRoleInput,
} from "./model.ts";
import {
  deleteRoleRow,
  insertRole,
  lockRoleToDelete,
  participantWithRole,
  rolesBySid,
  updatePermissions,
  userWithRole,
} from "./queries.ts";

interface RoleKey {
  readonly serviceSid?: string | null;
  readonly role: string;
}

/** @throws ApiError NOT_FOUND */
export async function getRole(ctx: Context, key: RoleKey): Promise<Role> {
  const { sid: serviceSid } = await serviceOf(ctx, key.serviceSid);
  const role = await findRole(ctx, parseSid("RL", key.role));
  if (role?.chatServiceSid !== serviceSid) throw notFound("Role");
  return role;
}

/** Null where there is no such role, or where `sid` is null. */
export function findRole(ctx: Context, sid: string | null): Promise<Role | null> {
  return sid === null ? Promise.resolve(null) : ctx.loaders.roles.bySid.load(sid);
}

export function findRoles(ctx: Context, sids: readonly string[]): Promise<(Role | null)[]> {
  return Promise.all(sids.map((sid) => findRole(ctx, sid)));
}

/** By SID. @throws ApiError NOT_FOUND */
export async function listRoles(
  ctx: Context,
  input: { serviceSid?: string | null },
  request: PageRequest,
): Promise<Page<Role>> {
  return rolesOfService(ctx, await serviceOf(ctx, input.serviceSid), request);
}

/** One statement for all services that ask for the same page. */
export function rolesOfService(ctx: Context, service: Service, request: PageRequest): Promise<Page<Role>> {
  return ctx.loaders.roles.ofService.page(service.sid, request);
}

/** @throws ApiError FRIENDLY_NAME_MISSING, FRIENDLY_NAME_TOO_LONG, ROLE_TYPE_INVALID, PERMISSION_NOT_FOUND; NOT_FOUND */
export async function createRole(ctx: Context, input: CreateRoleInput): Promise<Role> {
  const friendlyName = checkFriendlyName(input.friendlyName);
  const type = checkRoleType(input.type);
  const permissions = checkPermissions(type, input.permissions);
  const { accountSid, now } = ctx;
  const { sid: chatServiceSid } = await serviceOf(ctx, input.serviceSid);
  const [role] = await insertRole(ctx.db, {
    accountSid,
    chatServiceSid,
    sid: ctx.newSid("RL"),
    friendlyName,
    type,
    permissions,
    dateCreated: now,
    dateUpdated: now,
  });
  ctx.loaders.clearAll();
  return role!;
}

/** Replaces what the role permits, for all who have it. @throws ApiError NOT_FOUND, PERMISSION_NOT_FOUND */
export async function updateRole(ctx: Context, input: UpdateRoleInput): Promise<Role> {
  const { accountSid, now: dateUpdated } = ctx;
  const { type, sid, chatServiceSid: serviceSid } = await getRole(ctx, input);
  const permissions = checkPermissions(type, input.permissions);
  const [role] = await updatePermissions(ctx.db, { accountSid, serviceSid, sid, permissions, dateUpdated });
  ctx.loaders.clearAll();
  if (!role) throw notFound("Role");
  return role;
}

/** The roles that a service gives by default, and what it means that one can't be such. */
const DEFAULTS = [
  { field: "defaultConversationRoleSid", type: "conversation", code: "CONVERSATION_ROLE_NOT_FOUND" },
  { field: "defaultConversationCreatorRoleSid", type: "conversation", code: "CREATOR_ROLE_NOT_FOUND" },
  { field: "defaultChatServiceRoleSid", type: "service", code: "SERVICE_ROLE_NOT_FOUND" },
] as const satisfies { field: keyof DefaultRoles; type: RoleType; code: ErrorCode }[];

/**
 * The SIDs of those default roles that a request names. The service has been locked: what is found is not deleted.
 *
 * @throws ApiError CONVERSATION_ROLE_NOT_FOUND, CREATOR_ROLE_NOT_FOUND, SERVICE_ROLE_NOT_FOUND
 */
export async function checkDefaultRoles(
  tx: Tx,
  { accountSid, sid: serviceSid }: Service,
  given: Partial<Record<keyof DefaultRoles, string | null | undefined>>,
): Promise<Partial<DefaultRoles>> {
  const named = DEFAULTS.flatMap((one) => {
    const text = given[one.field];
    return text ? [{ ...one, sid: parseSid("RL", text) }] : [];
  });
  const sids = named.flatMap(({ sid }) => sid ?? []);
  const found = sids.length === 0 ? [] : await rolesBySid(tx, { accountSid, sids });
  const checked = named.map(({ field, type, code, sid }) => {
    const role = found.find((role) => role.sid === sid);
    if (role?.chatServiceSid !== serviceSid || role.type !== type) {
      throw new ApiError(code, { parameter: field });
    }
    return [field, role.sid];
  });
  return Object.fromEntries(checked);
}

/** Only a role that nobody has, and that is no default (decision 39). @throws ApiError NOT_FOUND, DEFAULT_ROLE, ROLE_IN_USE */
export async function deleteRole(ctx: Context, key: RoleKey): Promise<Role> {
  const { accountSid } = ctx;
  const { sid, type, chatServiceSid: serviceSid } = await getRole(ctx, key);
  const deleted = await ctx.db.transaction(async (tx) => {
    const service = await lockedService(tx, { accountSid, sid: serviceSid });
    if (DEFAULTS.some(({ field }) => service[field] === sid))
      throw undeletable("DEFAULT_ROLE", { type: "Service", sid: serviceSid });
    const [locked] = await lockRoleToDelete(tx, { accountSid, serviceSid, sid });
    if (!locked) throw notFound("Role");
    // A statement of its own, after the lock: so it sees everyone who was given the role.
    const holderType = type === "service" ? "User" : "Participant";
    const holderOf = type === "service" ? userWithRole : participantWithRole;
    const [holder] = await holderOf(tx, { accountSid, roleSid: sid });
    if (holder) throw undeletable("ROLE_IN_USE", { type: holderType, sid: holder.sid });
    await deleteRoleRow(tx, { accountSid, serviceSid, sid });
    return locked;
  });
  ctx.loaders.clearAll();
  return deleted;
}

function undeletable(code: "DEFAULT_ROLE" | "ROLE_IN_USE", conflicting: Conflicting): ApiError {
  const why = code === "DEFAULT_ROLE" ? "is a default of" : "is in use by";
  const message = `The role ${why} ${conflicting.type} ${conflicting.sid}`;
  return new ApiError(code, { message, conflicting });
}

/**
 * The SID of a role that a request names, or undefined where it names none. A parameter, unlike a path, that names
 * nothing is the request's fault (decision 34).
 *
 * @throws ApiError ROLE_NOT_FOUND, also for a role of another service; ROLE_TYPE_INVALID
 */
export async function checkRole(
  ctx: Context,
  serviceSid: string,
  roleSid: string | null | undefined,
  type: RoleType,
): Promise<string | undefined> {
  if (!roleSid) return undefined;
  const parameter = "roleSid";
  const role = await findRole(ctx, parseSid("RL", roleSid));
  if (role?.chatServiceSid !== serviceSid) throw new ApiError("ROLE_NOT_FOUND", { parameter });
  if (role.type !== type) throw new ApiError("ROLE_TYPE_INVALID", { parameter });
  return role.sid;
}

/** How often the default role of a service may change and go while one request is about to give it. */
const ATTEMPTS = 8;

/**
 * Runs `work`, which gives someone a role, again where the role was deleted meanwhile: then what the request named is
 * found to be gone, and what it did not name is the default role of now.
 *
 * @throws ApiError of `work`; CONCURRENT_CHANGE
 */
export async function givingRole<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      // With a parameter it is the request's fault, as `checkRole` found; without one the database has found it.
      if (!(error instanceof ApiError) || error.code !== "ROLE_NOT_FOUND" || error.parameter) throw error;
      if (attempt === ATTEMPTS) throw new ApiError("CONCURRENT_CHANGE", { cause: error });
      ctx.loaders.clearAll();
    }
  }
}

/** The four roles of a new service, under the SIDs given. */
export async function addDefaultRoles(
  tx: Tx,
  now: Instant,
  accountSid: string,
  chatServiceSid: string,
  sids: Record<keyof typeof DEFAULT_ROLES, string>,
): Promise<void> {
  for (const [name, role] of Object.entries(DEFAULT_ROLES)) {
    const sid = sids[name as keyof typeof DEFAULT_ROLES];
    const permissions = [...role.permissions];
    await insertRole(tx, {
      ...role,
      permissions,
      accountSid,
      chatServiceSid,
      sid,
      dateCreated: now,
      dateUpdated: now,
    });
  }
}
