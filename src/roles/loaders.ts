import { type ChildLoader, childLoader, type RowLoader, rowLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { Role } from "./model.ts";
import { countRoles, rolesBySid, rolesOfServices } from "./queries.ts";

export interface RoleLoaders {
  readonly bySid: RowLoader<Role>;
  readonly ofService: ChildLoader<Role>;
  clearAll(): void;
}

export function roleLoaders({ db, accountSid, watch }: Scope): RoleLoaders {
  const bySid = rowLoader(
    { name: "roles.bySid", watch },
    (sids) => rolesBySid(db, { accountSid, sids }),
    (role: Role) => role.sid,
  );
  const ofService = childLoader<Role>(
    { name: "roles.ofService", watch },
    {
      read: (keys, request, columns) => rolesOfServices(db, { accountSid, keys }, request, columns),
      count: (keys) => countRoles(db, { accountSid, keys }),
      parentOf: (role) => role.chatServiceSid,
      positionOf: (role) => [role.chatServiceSid, role.sid],
    },
  );
  return {
    bySid,
    ofService,
    clearAll() {
      bySid.clearAll();
      ofService.clearAll();
    },
  };
}
