import type { Context } from "../context.ts";
import { ApiError } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import { parseSid } from "../core/sid.ts";
import type { Tx } from "../db/client.ts";
import { DEFAULT_ROLES, type Role, type RoleType } from "./model.ts";
import { insertRole } from "./queries.ts";

/** Null where there is no such role, or where `sid` is null. */
export function findRole(ctx: Context, sid: string | null): Promise<Role | null> {
  return sid === null ? Promise.resolve(null) : ctx.loaders.roles.bySid.load(sid);
}

export function findRoles(ctx: Context, sids: readonly string[]): Promise<(Role | null)[]> {
  return Promise.all(sids.map((sid) => findRole(ctx, sid)));
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
