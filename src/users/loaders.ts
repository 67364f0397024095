import {
  type ChildLoader,
  childLoader,
  type KeyedLoader,
  keyedLoader,
  type RowLoader,
  rowLoader,
} from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { User } from "./model.ts";
import { countUsers, usersByIdentity, usersBySid, usersOfServices } from "./queries.ts";

export interface UserLoaders {
  readonly bySid: RowLoader<User>;
  /** Identity, within a service. */
  readonly byIdentity: KeyedLoader<User>;
  readonly ofService: ChildLoader<User>;
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
  const ofService = childLoader<User>({
    read: (keys, request) => usersOfServices(db, { accountSid, keys }, request),
    count: (keys) => countUsers(db, { accountSid, keys }),
    parentOf: (user) => user.chatServiceSid,
    positionOf: (user) => [user.chatServiceSid, user.sid],
  });
  return {
    bySid,
    byIdentity,
    ofService,
    clearAll() {
      bySid.clearAll();
      byIdentity.clearAll();
      ofService.clearAll();
    },
  };
}
