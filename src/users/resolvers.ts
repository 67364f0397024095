import type { Context } from "../context.ts";
import { NO_ATTRIBUTES } from "../core/attributes.ts";
import { type Columns, type In, isFull } from "../core/columns.ts";
import { defined } from "../core/defined.ts";
import { ApiError, foundAgain, notFound } from "../core/errors.ts";
import type { Page, PageRequest } from "../core/page.ts";
import { parseSid } from "../core/sid.ts";
import { checkText } from "../core/text.ts";
import type { Tx } from "../db/client.ts";
import { inParts } from "../db/parts.ts";
import { checkRole, givingRole } from "../roles/resolvers.ts";
import type { Service } from "../services/model.ts";
import { serviceOf } from "../services/resolvers.ts";
import {
  type CreateUserInput,
  checkIdentity,
  checkUserFields,
  type LightUser,
  type UpdateUserInput,
  type User,
} from "./model.ts";
import {
  countOneLess,
  deleteParticipantsOfUser,
  deleteUserRow,
  insertUser,
  insertUsersIfNew,
  leaveSms,
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
  const { users } = ctx.loaders;
  const sid = parseSid("US", key.user);
  const identity = checkText(key.user, "user");
  if (key.serviceSid == null) {
    const user = sid === null ? users.byDefaultIdentity.load(identity) : users.byDefaultSid.load(sid);
    return (await user) ?? raiseNotFound();
  }
  const service = await serviceOf(ctx, key.serviceSid);
  const user = await (sid === null ? users.byIdentity.load(service.sid, identity) : users.bySid.load(sid));
  return user?.chatServiceSid === service.sid ? user : raiseNotFound();
}

function raiseNotFound(): never {
  throw notFound("User");
}

export function findUsers(ctx: Context, sids: readonly string[]): Promise<(User | null)[]> {
  return Promise.all(sids.map((sid) => ctx.loaders.users.bySid.load(sid)));
}

/** All of a user of which a list has read a part. @throws ApiError NOT_FOUND where it was deleted in between */
export function fullUser(ctx: Context, row: LightUser): User | Promise<User> {
  return isFull<User>(row) ? row : foundAgain(ctx.loaders.users.bySid.load(row.sid), "User");
}

/** By SID. */
export async function listUsers<C extends Columns = "full">(
  ctx: Context,
  input: { serviceSid?: string | null },
  request: PageRequest,
  columns?: C,
): Promise<Page<In<C, LightUser, User>>> {
  return usersOfService(ctx, await serviceOf(ctx, input.serviceSid), request, columns);
}

/** One statement for all services that ask for the same page. */
export function usersOfService<C extends Columns = "full">(
  ctx: Context,
  service: Service,
  request: PageRequest,
  columns?: C,
): Promise<Page<In<C, LightUser, User>>> {
  return ctx.loaders.users.ofService.page(service.sid, request, columns);
}

/** @throws ApiError of the checks in model.ts; ROLE_NOT_FOUND, ROLE_TYPE_INVALID, USER_EXISTS */
export function createUser(ctx: Context, input: CreateUserInput): Promise<User> {
  return givingRole(ctx, () => makeUser(ctx, input));
}

async function makeUser(ctx: Context, input: CreateUserInput): Promise<User> {
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
export function updateUser(ctx: Context, input: UpdateUserInput): Promise<User> {
  return givingRole(ctx, () => changeUser(ctx, input));
}

async function changeUser(ctx: Context, input: UpdateUserInput): Promise<User> {
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
  const deleted = await inParts(ctx.db, async (tx) => {
    // The conversations first, as whoever joins locks them: in the other order the two would wait for each other.
    if (await leaveSome(tx, accountSid, sid)) return null;
    const [locked] = await lockUserToDelete(tx, { accountSid, serviceSid, sid });
    if (!locked) throw notFound("User");
    // Nobody can join under the identity any more; these joined before the lock.
    if (await leaveSome(tx, accountSid, sid)) return null;
    await deleteUserRow(tx, { accountSid, serviceSid, sid });
    return locked;
  });
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
  const reached = left.filter((participant) => participant.projectedAddress !== null);
  if (reached.length > 0) {
    await leaveSms(tx, { accountSid, sids: reached.map((participant) => participant.conversationSid) });
  }
  return locked.length === LEFT_AT_ONCE;
}

/** The users that there are of identities. */
export async function usersNamed(
  tx: Tx,
  { accountSid }: Context,
  { sid: serviceSid }: Service,
  identities: readonly string[],
): Promise<User[]> {
  return identities.length === 0 ? [] : usersByIdentity(tx, { accountSid, serviceSid, identities });
}

/**
 * The user of an identity, made when there is none: joining a conversation needs no user beforehand.
 *
 * @param known whom `usersNamed` has found
 */
export async function ensureUser(
  tx: Tx,
  ctx: Context,
  service: Service,
  identity: string,
  known?: readonly User[],
): Promise<User> {
  return (await ensureUsers(tx, ctx, service, [identity], known)).get(identity)!;
}

/** The users of identities, each made when there is none. @throws ApiError CONCURRENT_CHANGE */
export async function ensureUsers(
  tx: Tx,
  ctx: Context,
  service: Service,
  identities: readonly string[],
  known?: readonly User[],
): Promise<Map<string, User>> {
  const users = new Map<string, User>();
  const missing = () => [...new Set(identities)].filter((identity) => !users.has(identity));
  const keep = (found: readonly User[]) => {
    for (const user of found) users.set(user.identity, user);
  };
  const find = async () => keep(await usersNamed(tx, ctx, service, missing()));
  if (known) keep(known);
  else await find();
  // In one order, so that of two who make the same users neither waits for the other while it is waited for.
  const made = missing()
    .sort()
    .map((identity) => newUser(ctx, service, identity));
  if (made.length > 0) keep(await insertUsersIfNew(tx, made));
  if (missing().length > 0) await find();
  // Made by someone else and deleted again, both in between.
  if (missing().length > 0) throw new ApiError("CONCURRENT_CHANGE");
  return users;
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
