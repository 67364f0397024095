import {
  type ChildLoader,
  childLoader,
  type KeyedLoader,
  keyedLoader,
  type RowLoader,
  rowLoader,
} from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { LightUser, ListedUser, User } from "./model.ts";
import {
  countUsers,
  defaultUsersByIdentity,
  defaultUsersBySid,
  usersByIdentity,
  usersBySid,
  usersOfServices,
} from "./queries.ts";

export interface UserLoaders {
  readonly bySid: RowLoader<User, LightUser>;
  /** Identity, within a service. */
  readonly byIdentity: KeyedLoader<User>;
  /** In the account's default service. */
  readonly byDefaultSid: RowLoader<User>;
  readonly byDefaultIdentity: RowLoader<User>;
  readonly ofService: ChildLoader<User, LightUser>;
  clearAll(): void;
}

export function userLoaders({ db, accountSid, watch }: Scope): UserLoaders {
  const bySid = rowLoader<User, LightUser>(
    { name: "users.bySid", watch },
    (sids, columns) => usersBySid(db, { accountSid, sids }, columns),
    (user) => user.sid,
  );
  const known = (users: User[]) => {
    for (const user of users) bySid.prime(user.sid, user);
    return users;
  };
  const byIdentity = keyedLoader(
    { name: "users.byIdentity", watch },
    async (serviceSid, identities) =>
      known(await usersByIdentity(db, { accountSid, serviceSid, identities })),
    (user) => user.identity,
  );
  const byDefaultSid = rowLoader(
    { name: "users.byDefaultSid", watch },
    async (keys) => known(await defaultUsersBySid(db, { accountSid, keys })),
    (user) => user.sid,
  );
  const byDefaultIdentity = rowLoader(
    { name: "users.byDefaultIdentity", watch },
    async (keys) => known(await defaultUsersByIdentity(db, { accountSid, keys })),
    (user) => user.identity,
  );
  const ofService = childLoader<User, ListedUser>(
    { name: "users.ofService", watch },
    {
      read: (keys, request, columns) => usersOfServices(db, { accountSid, keys }, request, columns),
      count: (keys) => countUsers(db, { accountSid, keys }),
      parentOf: (user) => user.chatServiceSid,
      positionOf: (user) => [user.chatServiceSid, user.sid],
    },
  );
  return {
    bySid,
    byIdentity,
    byDefaultSid,
    byDefaultIdentity,
    ofService,
    clearAll() {
      bySid.clearAll();
      byIdentity.clearAll();
      byDefaultSid.clearAll();
      byDefaultIdentity.clearAll();
      ofService.clearAll();
    },
  };
}
