import { addAccount } from "../accounts/resolvers.ts";
import type { Context } from "../context.ts";
import { ApiError, notFound } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import { type Page, type PageRequest, readPage } from "../core/page.ts";
import { parseSid, type SidSource } from "../core/sid.ts";
import type { Db, Tx } from "../db/client.ts";
import { addDefaultRoles } from "../roles/resolvers.ts";
import { type CreateServiceInput, checkServiceName, type Service } from "./model.ts";
import {
  countServices,
  deleteServiceRow,
  deleteSomeConversations,
  deleteSomeUsers,
  insertService,
  servicesOfAccount,
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

/** @throws ApiError NOT_FOUND */
export async function getService(ctx: Context, serviceSid: string): Promise<Service> {
  const sid = parseSid("IS", serviceSid);
  const service = sid && (await ctx.loaders.services.bySid.load(sid));
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
      read: (wanted) => servicesOfAccount(db, { accountSid }, wanted),
      positionOf: (service) => [service.sid],
      count: async () => (await countServices(db, { accountSid }))[0]!.count,
    },
    request,
  );
}

/** With the four roles that every new service has. */
export async function createService(ctx: Context, input: CreateServiceInput): Promise<Service> {
  const friendlyName = checkServiceName(input);
  const { accountSid, newSid, now } = ctx;
  const service = await ctx.db.transaction((tx) =>
    addService(tx, newSid, now, { accountSid, sid: newSid("IS"), friendlyName }),
  );
  ctx.loaders.clearAll();
  return service;
}

/**
 * Deletes the service and everything in it (decision 39).
 *
 * @throws ApiError NOT_FOUND, DEFAULT_SERVICE
 */
export async function deleteService(ctx: Context, serviceSid: string): Promise<Service> {
  const { accountSid } = ctx;
  const [service, byDefault] = await Promise.all([
    getService(ctx, serviceSid),
    ctx.loaders.services.byDefault(),
  ]);
  if (service.sid === byDefault?.sid) throw new ApiError("DEFAULT_SERVICE");
  let deleted: Service | null = null;
  while (deleted === null) deleted = await deleteOrShrink(ctx.db, { accountSid, sid: service.sid });
  ctx.loaders.clearAll();
  return deleted;
}

/** Conversations, or users, that go with a service in one transaction. */
const DELETED_AT_ONCE = 5000;

/** Deletes the service; or, of one that holds more than one transaction should delete, a part, and returns null. */
function deleteOrShrink(db: Db, key: { accountSid: string; sid: string }): Promise<Service | null> {
  return db.transaction(async (tx) => {
    for (const deleteSome of [deleteSomeConversations, deleteSomeUsers]) {
      const some = await deleteSome(tx, { ...key, limit: DELETED_AT_ONCE });
      if (some.length === DELETED_AT_ONCE) return null;
    }
    const [deleted] = await deleteServiceRow(tx, key);
    if (!deleted) throw notFound("Service");
    return deleted;
  });
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
    dateCreated: now,
    dateUpdated: now,
  });
  await addDefaultRoles(tx, now, service.accountSid, service.sid, roles);
  return added!;
}
