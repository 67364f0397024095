import { createSecret } from "./accounts/model.ts";
import {
  type Credential,
  findAccount,
  findCredential,
  type Keeper,
  oldestCredential,
  setAuthToken,
} from "./accounts/resolvers.ts";
import type { AccountSettings } from "./config.ts";
import { createAccount } from "./services/resolvers.ts";

export interface FirstAccount extends Credential {
  /** The account was made by this call. */
  readonly made: boolean;
}

/** The account that the environment names, with the token that it names. @throws SealedSecretError */
export async function bootstrapAccount(keeper: Keeper, settings: AccountSettings): Promise<FirstAccount> {
  await oldestCredential(keeper);
  const { sid, authToken } = settings;
  const account = await findAccount(keeper.db, sid);
  if (account === null) await makeAccount(keeper, settings);
  else if ((await tokenOf(keeper, sid)) !== authToken) await setAuthToken(keeper, sid, authToken);
  return { accountSid: sid, secret: authToken, made: account === null };
}

/** The oldest account, made where there is none. @throws SealedSecretError */
export async function oldestAccount(keeper: Keeper): Promise<FirstAccount> {
  const oldest = await oldestCredential(keeper);
  if (oldest) return { ...oldest, made: false };
  const fresh = { sid: keeper.newSid("AC"), authToken: createSecret() };
  await makeAccount(keeper, fresh);
  return { accountSid: fresh.sid, secret: fresh.authToken, made: true };
}

function makeAccount(
  { db, newSid, now, secrets }: Keeper,
  { sid, authToken }: AccountSettings,
): Promise<unknown> {
  const authTokenCipher = secrets.seal(sid, authToken);
  return createAccount(db, newSid, now(), { sid, friendlyName: "Parley", authTokenCipher });
}

async function tokenOf({ db, secrets }: Keeper, sid: string): Promise<string> {
  return (await findCredential(db, secrets, sid))?.secret ?? "";
}
