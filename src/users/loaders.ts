import { type KeyedLoader, keyedLoader, type RowLoader, rowLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { User } from "./model.ts";
import { usersByIdentity, usersBySid } from "./queries.ts";

export interface UserLoaders {
  readonly bySid: RowLoader<User>;
  /** Identity, within a service. */
  readonly byIdentity: KeyedLoader<User>;
  clearAll(): void;
}

export function userLoaders({ db, accountSid }: Scope): UserLoaders {
  const bySid = rowLoader(
    (sids) => usersBySid(db, { accountSid, sids }),
    (user: User) => user.sid,
  );
  const byIdentity = keyedLoader(
    (serviceSid, identities) => usersByIdentity(db, { accountSid, serviceSid, identities }),
    (user) => user.identity,
  );
  return {
    bySid,
    byIdentity,
    clearAll() {
      bySid.clearAll();
      byIdentity.clearAll();
    },
  };
}
