import type { Context } from "../context.ts";
import { NO_ATTRIBUTES } from "../core/attributes.ts";
import { defined } from "../core/defined.ts";
import { ApiError, notFound } from "../core/errors.ts";
import type { Page, PageRequest } from "../core/page.ts";
import { parseSid } from "../core/sid.ts";
import { checkText } from "../core/text.ts";
import type { Tx } from "../db/client.ts";
import { checkRole } from "../roles/resolvers.ts";
import type { Service } from "../services/model.ts";
import { serviceOf } from "../services/resolvers.ts";
import {
  type CreateUserInput,
  checkIdentity,
  checkUserFields,
  type UpdateUserInput,
  type User,
} from "./model.ts";
import {
  countOneLess,
  deleteParticipantsOfUser,
  deleteUserRow,
  insertUser,
  insertUserIfNew,
  lockConversationsOfUser,
  lockUser,
  lockUserToDelete,
  updateUserRow,
  usersByIdentity,
} from "./queries.ts";

interface UserKey {
  readonly serviceSid?: string | null;
  /** SID or identity. */
  readonly user: string;
}

/** @throws ApiError NOT_FOUND */
export async function getUser(ctx: Context, key: UserKey): Promise<User> {
  const service = await serviceOf(ctx, key.serviceSid);
  const sid = parseSid("US", key.user);
  const user =
    sid === null
      ? await ctx.loaders.users.byIdentity.load(service.sid, checkText(key.user, "user"))
      : await ctx.loaders.users.bySid.load(sid);
  if (user?.chatServiceSid !== service.sid) throw notFound("User");
  return user;
}

export function findUsers(ctx: Context, sids: readonly string[]): Promise<(User | null)[]> {
  return Promise.all(sids.map((sid) => ctx.loaders.users.bySid.load(sid)));
}

/** By SID. */
export async function listUsers(
  ctx: Context,
  input: { serviceSid?: string | null },
  request: PageRequest,
): Promise<Page<User>> {
  return usersOfService(ctx, await serviceOf(ctx, input.serviceSid), request);
}

/** One statement for all services that ask for the same page. */
export function usersOfService(ctx: Context, service: Service, request: PageRequest): Promise<Page<User>> {
  return ctx.loaders.users.ofService.page(service.sid, request);
}

/** @throws ApiError of the checks in model.ts; ROLE_NOT_FOUND, ROLE_TYPE_INVALID, USER_EXISTS */
export async function createUser(ctx: Context, input: CreateUserInput): Promise<User> {
  const identity = checkIdentity(input.identity);
  const fields = checkUserFields(input);
  const service = await serviceOf(ctx, input.serviceSid);
  const roleSid = await checkRole(ctx, service.sid, input.roleSid, "service");
  try {
    const [user] = await insertUser(ctx.db, {
      ...newUser(ctx, service, identity),
      ...defined({ ...fields, roleSid }),
    });
    return user!;
  } catch (error) {
    throw await withHolder(ctx, service, identity, error);
  } finally {
    ctx.loaders.clearAll();
  }
}

/** @throws ApiError NOT_FOUND; of the checks in model.ts; ROLE_NOT_FOUND, ROLE_TYPE_INVALID */
export async function updateUser(ctx: Context, input: UpdateUserInput): Promise<User> {
  const fields = checkUserFields(input);
  const { accountSid, now } = ctx;
  const { sid, chatServiceSid: serviceSid } = await getUser(ctx, input);
  const roleSid = await checkRole(ctx, serviceSid, input.roleSid, "service");
  const updated = await ctx.db.transaction(async (tx) => {
    const key = { accountSid, serviceSid, sid };
    const [current] = await lockUser(tx, key);
    if (!current) throw notFound("User");
    const [user] = await updateUserRow(tx, {
      ...current,
      ...defined({ ...fields, roleSid }),
      ...key,
      dateUpdated: now,
    });
    return user!;
  });
  ctx.loaders.clearAll();
  return updated;
}

/** Conversations left in one transaction; few users are in more, and those leave in several. */
const LEFT_AT_ONCE = 1000;

/** Deletes the user and its participants everywhere; messages stay (decision 39). */
export async function deleteUser(ctx: Context, key: UserKey): Promise<User> {
  const { accountSid } = ctx;
  const { sid, chatServiceSid: serviceSid } = await getUser(ctx, key);
  const leaveAndDelete = () =>
    ctx.db.transaction(async (tx) => {
      // The conversations first, as whoever joins locks them: in the other order the two would wait for each other.
      if (await leaveSome(tx, accountSid, sid)) return null;
      const [locked] = await lockUserToDelete(tx, { accountSid, serviceSid, sid });
      if (!locked) throw notFound("User");
      // Nobody can join under the identity any more; these joined before the lock.
      if (await leaveSome(tx, accountSid, sid)) return null;
      await deleteUserRow(tx, { accountSid, serviceSid, sid });
      return locked;
    });
  let deleted: User | null = null;
  while (deleted === null) deleted = await leaveAndDelete();
  ctx.loaders.clearAll();
  return deleted;
}

/** Takes the user out of some conversations, and says whether there may be more. */
async function leaveSome(tx: Tx, accountSid: string, userSid: string): Promise<boolean> {
  const locked = await lockConversationsOfUser(tx, { accountSid, userSid, limit: LEFT_AT_ONCE });
  if (locked.length === 0) return false;
  const sids = locked.map((conversation) => conversation.sid);
  const left = await deleteParticipantsOfUser(tx, { accountSid, userSid, sids });
  await countOneLess(tx, { accountSid, sids: left.map((participant) => participant.conversationSid) });
  return locked.length === LEFT_AT_ONCE;
}

/** The user of an identity, made when there is none: joining a conversation needs no user beforehand. */
export async function ensureUser(tx: Tx, ctx: Context, service: Service, identity: string): Promise<User> {
  const { accountSid } = ctx;
  const find = async () =>
    (await usersByIdentity(tx, { accountSid, serviceSid: service.sid, identities: [identity] }))[0];
  const found =
    (await find()) ?? (await insertUserIfNew(tx, newUser(ctx, service, identity)))[0] ?? (await find());
  // Made by someone else and deleted again, both in between.
  if (!found) throw new ApiError("CONCURRENT_CHANGE");
  return found;
}

function newUser(ctx: Context, service: Service, identity: string): User {
  return {
    accountSid: ctx.accountSid,
    chatServiceSid: service.sid,
    sid: ctx.newSid("US"),
    identity,
    friendlyName: null,
    roleSid: service.defaultChatServiceRoleSid,
    attributes: NO_ATTRIBUTES,
    isOnline: null,
    isNotifiable: null,
    dateCreated: ctx.now,
    dateUpdated: ctx.now,
  };
}

async function withHolder(
  ctx: Context,
  service: Service,
  identity: string,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof ApiError) || error.code !== "USER_EXISTS") return error;
  const { accountSid } = ctx;
  const [holder] = await usersByIdentity(ctx.db, {
    accountSid,
    serviceSid: service.sid,
    identities: [identity],
  });
  return new ApiError("USER_EXISTS", {
    parameter: "identity",
    conflicting: holder && { type: "User", sid: holder.sid },
    cause: error,
  });
}
