import type { Context } from "../context.ts";
import { ApiError, notFound } from "../core/errors.ts";
import type { Instant } from "../core/instant.ts";
import type { SecretBox } from "../core/secret.ts";
import { parseSid, type SidSource } from "../core/sid.ts";
import type { Database, Db, Tx } from "../db/client.ts";
import {
  type Account,
  type ApiKey,
  checkDefaults,
  createSecret,
  type UpdateConfigurationInput,
} from "./model.ts";
import {
  accountBySid,
  accountSecret,
  allAccounts,
  apiKeySecret,
  apiKeysOfAccount,
  deleteApiKey,
  insertAccount,
  insertApiKey,
  lockAccount,
  oldestAccountSecret,
  serviceToBeDefault,
  updateAccountSecret,
  updateConfigurationRow,
} from "./queries.ts";

/** What those who run the server work with; a caller's context has no secrets in it. */
export interface Keeper {
  readonly db: Database;
  readonly secrets: SecretBox;
  readonly newSid: SidSource;
  readonly now: () => Instant;
}

export interface Credential {
  readonly accountSid: string;
  readonly secret: string;
}

interface NewAccount {
  readonly sid: string;
  readonly friendlyName: string;
  /** Sealed with the secret key. */
  readonly authTokenCipher: string;
  readonly defaultServiceSid: string;
}

/** The account of the caller. */
export async function getAccount(ctx: { readonly db: Db; readonly accountSid: string }): Promise<Account> {
  return (await findAccount(ctx.db, ctx.accountSid)) ?? raiseNotFound("Account");
}

/** The caller's account, locked: its default service stays the same, and stays, until the transaction ends. */
export async function lockedAccount(tx: Tx, accountSid: string): Promise<Account> {
  const [account] = await lockAccount(tx, { accountSid });
  return account ?? raiseNotFound("Account");
}

/** @throws ApiError SERVICE_NOT_FOUND; of checkDefaults */
export async function updateConfiguration(ctx: Context, input: UpdateConfigurationInput): Promise<Account> {
  const fields = checkDefaults(input);
  const { accountSid, now: dateUpdated } = ctx;
  const updated = await ctx.db.transaction(async (tx) => {
    const current = await lockedAccount(tx, accountSid);
    const defaultServiceSid = await checkService(tx, accountSid, input.defaultServiceSid);
    const [account] = await updateConfigurationRow(tx, {
      ...current,
      ...fields,
      ...(defaultServiceSid && { defaultServiceSid }),
      accountSid,
      dateUpdated,
    });
    return account!;
  });
  ctx.loaders.clearAll();
  return updated;
}

/** After the account is locked: a service that is there then is not deleted any more. */
async function checkService(tx: Tx, accountSid: string, given: string | null | undefined) {
  if (!given) return undefined;
  const sid = parseSid("IS", given);
  const [service] = sid === null ? [] : await serviceToBeDefault(tx, { accountSid, sid });
  if (!service) throw new ApiError("SERVICE_NOT_FOUND", { parameter: "defaultServiceSid" });
  return service.sid;
}

export async function findAccount(db: Db, sid: string): Promise<Account | null> {
  const [account] = await accountBySid(db, { sid });
  return account ?? null;
}

export function listAccounts(db: Db): Promise<Account[]> {
  return allAccounts(db, {});
}

/** What the owner of an account's SID, or of an API key's, has to present. */
export async function findCredential(db: Db, secrets: SecretBox, sid: string): Promise<Credential | null> {
  const [row] = await (sid.startsWith("SK") ? apiKeySecret : accountSecret)(db, { sid });
  return row ? { accountSid: row.accountSid, secret: secrets.open(sid, row.cipher) } : null;
}

/**
 * Of the oldest account, and so the first thing to ask for with a secret key that may be the wrong one.
 *
 * @throws SealedSecretError
 */
export async function oldestCredential({ db, secrets }: Keeper): Promise<Credential | null> {
  const [row] = await oldestAccountSecret(db, {});
  return row ? { accountSid: row.accountSid, secret: secrets.open(row.accountSid, row.cipher) } : null;
}

/** The account's own row; `createAccount` of the services makes what belongs with it. */
export async function addAccount(tx: Tx, now: Instant, account: NewAccount): Promise<void> {
  const { sid: accountSid, ...fields } = account;
  await insertAccount(tx, {
    ...fields,
    accountSid,
    defaultMessagingServiceSid: null,
    defaultInactiveTimer: null,
    defaultClosedTimer: null,
    dateCreated: now,
    dateUpdated: now,
  });
}

/** @throws ApiError NOT_FOUND */
export async function setAuthToken(keeper: Keeper, sid: string, authToken: string): Promise<Account> {
  const cipher = keeper.secrets.seal(sid, authToken);
  const [account] = await updateAccountSecret(keeper.db, { sid, cipher, now: keeper.now() });
  return account ?? raiseNotFound("Account");
}

/** @throws ApiError NOT_FOUND where the account is unknown */
export async function createApiKey(
  keeper: Keeper,
  input: { accountSid: string; friendlyName: string },
): Promise<{ apiKey: ApiKey; secret: string }> {
  await getAccount({ db: keeper.db, accountSid: input.accountSid });
  const sid = keeper.newSid("SK");
  const secret = createSecret();
  const secretCipher = keeper.secrets.seal(sid, secret);
  const [apiKey] = await insertApiKey(keeper.db, { ...input, sid, secretCipher, dateCreated: keeper.now() });
  return { apiKey: apiKey!, secret };
}

/** @throws ApiError NOT_FOUND where the account is unknown */
export async function listApiKeys(db: Db, accountSid: string): Promise<ApiKey[]> {
  await getAccount({ db, accountSid });
  return apiKeysOfAccount(db, { accountSid });
}

/** Within half a minute no server accepts the key any more. @throws ApiError NOT_FOUND */
export async function revokeApiKey(db: Db, key: { accountSid: string; sid: string }): Promise<ApiKey> {
  const [apiKey] = await deleteApiKey(db, key);
  return apiKey ?? raiseNotFound("API key");
}

function raiseNotFound(type: string): never {
  throw notFound(type);
}
