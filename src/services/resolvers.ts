import type { ConversationDefaults } from "../accounts/model.ts";
import { addAccount, getAccount, lockedAccount } from "../accounts/resolvers.ts";
import type { Context } from "../context.ts";
import { ApiError, notFound } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import { type Page, type PageRequest, readPage } from "../core/page.ts";
import { parseSid, type SidSource } from "../core/sid.ts";
import { checkFriendlyName } from "../core/text.ts";
import type { Db, Tx } from "../db/client.ts";
import { inParts } from "../db/parts.ts";
import { addDefaultRoles, checkDefaultRoles } from "../roles/resolvers.ts";
import { emptyService } from "./deleting/resolvers.ts";
import type { CreateServiceInput, Service, UpdateServiceConfigurationInput } from "./model.ts";
import {
  countServices,
  deleteServiceRow,
  insertService,
  lockService,
  servicesOfAccount,
  updateServiceRow,
} from "./queries.ts";

/**
 * The service of that SID, or the account's default one.
 *
 * @throws ApiError NOT_FOUND
 */
export async function serviceOf(ctx: Context, serviceSid?: string | null): Promise<Service> {
  if (serviceSid != null) return getService(ctx, serviceSid);
  const service = await ctx.loaders.services.byDefault();
  if (!service) throw notFound("Service");
  return service;
}

/**
 * The service of that SID, or the account's default one, with what the account gives to new conversations.
 *
 * @throws ApiError NOT_FOUND
 */
export async function serviceForNew(
  ctx: Context,
  serviceSid?: string | null,
): Promise<{ service: Service; defaults: ConversationDefaults }> {
  if (serviceSid != null) {
    const [service, defaults] = await Promise.all([getService(ctx, serviceSid), getAccount(ctx)]);
    return { service, defaults };
  }
  const both = await ctx.loaders.services.byDefault();
  if (!both) throw notFound("Service");
  return { service: both, defaults: both };
}

/** @throws ApiError NOT_FOUND */
export async function getService(ctx: Context, serviceSid: string): Promise<Service> {
  const sid = parseSid("IS", serviceSid);
  const service = sid && (await ctx.loaders.services.bySid.load(sid));
  if (!service) throw notFound("Service");
  return service;
}

/**
 * The service, locked: whoever replaces or deletes a role that may be one of its defaults takes this lock first.
 *
 * @throws ApiError NOT_FOUND
 */
export async function lockedService(tx: Tx, key: { accountSid: string; sid: string }): Promise<Service> {
  const [service] = await lockService(tx, key);
  if (!service) throw notFound("Service");
  return service;
}

export function findServices(ctx: Context, sids: readonly string[]): Promise<(Service | null)[]> {
  return Promise.all(sids.map((sid) => ctx.loaders.services.bySid.load(sid)));
}

/** By SID. */
export function listServices(ctx: Context, request: PageRequest): Promise<Page<Service>> {
  const { db, accountSid } = ctx;
  return readPage(
    {
      read: (wanted) => servicesOfAccount(db, { accountSid }, wanted, "full"),
      positionOf: (service) => [service.sid],
      count: async () => (await countServices(db, { accountSid }))[0]!.count,
    },
    request,
  );
}

/** With the four roles that every new service has. @throws ApiError FRIENDLY_NAME_MISSING, FRIENDLY_NAME_TOO_LONG */
export async function createService(ctx: Context, input: CreateServiceInput): Promise<Service> {
  const friendlyName = checkFriendlyName(input.friendlyName);
  const { accountSid, newSid, now } = ctx;
  const service = await ctx.db.transaction((tx) =>
    addService(tx, newSid, now, { accountSid, sid: newSid("IS"), friendlyName }),
  );
  ctx.loaders.clearAll();
  return service;
}

/**
 * What the service gives to new users and participants, from now on.
 *
 * @throws ApiError NOT_FOUND; CONVERSATION_ROLE_NOT_FOUND, CREATOR_ROLE_NOT_FOUND, SERVICE_ROLE_NOT_FOUND
 */
export async function updateServiceConfiguration(
  ctx: Context,
  input: UpdateServiceConfigurationInput,
): Promise<Service> {
  const { accountSid, now: dateUpdated } = ctx;
  const { sid } = await serviceOf(ctx, input.serviceSid);
  const updated = await ctx.db.transaction(async (tx) => {
    const current = await lockedService(tx, { accountSid, sid });
    const roles = await checkDefaultRoles(tx, current, input);
    const reachabilityEnabled = input.reachabilityEnabled ?? current.reachabilityEnabled;
    const [service] = await updateServiceRow(tx, { ...current, ...roles, reachabilityEnabled, dateUpdated });
    return service!;
  });
  ctx.loaders.clearAll();
  return updated;
}

/**
 * Deletes the service and everything in it (decision 39).
 *
 * @throws ApiError NOT_FOUND, DEFAULT_SERVICE
 */
export async function deleteService(ctx: Context, serviceSid: string): Promise<Service> {
  const { accountSid } = ctx;
  const { sid } = await getService(ctx, serviceSid);
  const deleted = await inParts(ctx.db, async (tx) => {
    const { defaultServiceSid } = await lockedAccount(tx, accountSid);
    if (sid === defaultServiceSid) throw new ApiError("DEFAULT_SERVICE");
    return deleteOrShrink(tx, { accountSid, sid });
  });
  ctx.loaders.clearAll();
  return deleted;
}

/** Deletes the service; or, of one that holds more than one transaction should delete, a part, and returns null. */
async function deleteOrShrink(tx: Tx, key: { accountSid: string; sid: string }): Promise<Service | null> {
  if (!(await emptyService(tx, key))) return null;
  const [deleted] = await deleteServiceRow(tx, key);
  if (!deleted) throw notFound("Service");
  return deleted;
}

interface NewAccount {
  readonly sid: string;
  readonly friendlyName: string;
  /** Sealed with the secret key. */
  readonly authTokenCipher: string;
}

/** An account with its default service, in one transaction. */
export async function createAccount(
  db: Db,
  newSid: SidSource,
  now: Instant,
  account: NewAccount,
): Promise<void> {
  const defaultServiceSid = newSid("IS");
  await db.transaction(async (tx) => {
    await addAccount(tx, now, { ...account, defaultServiceSid });
    await addService(tx, newSid, now, {
      accountSid: account.sid,
      sid: defaultServiceSid,
      friendlyName: "Default Conversations Service",
    });
  });
}

async function addService(
  tx: Tx,
  newSid: SidSource,
  now: Instant,
  service: Pick<Service, "accountSid" | "sid" | "friendlyName">,
): Promise<Service> {
  const roles = {
    conversationUser: newSid("RL"),
    conversationAdmin: newSid("RL"),
    serviceUser: newSid("RL"),
    serviceAdmin: newSid("RL"),
  };
  const [added] = await insertService(tx, {
    ...service,
    defaultConversationRoleSid: roles.conversationUser,
    defaultConversationCreatorRoleSid: roles.conversationAdmin,
    defaultChatServiceRoleSid: roles.serviceUser,
    reachabilityEnabled: false,
    dateCreated: now,
    dateUpdated: now,
  });
  await addDefaultRoles(tx, now, service.accountSid, service.sid, roles);
  return added!;
}
