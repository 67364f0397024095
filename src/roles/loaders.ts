import { type RowLoader, rowLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { Role } from "./model.ts";
import { rolesBySid } from "./queries.ts";

export interface RoleLoaders {
  readonly bySid: RowLoader<Role>;
  clearAll(): void;
}

export function roleLoaders({ db, accountSid }: Scope): RoleLoaders {
  const bySid = rowLoader(
    (sids) => rolesBySid(db, { accountSid, sids }),
    (role: Role) => role.sid,
  );
  return { bySid, clearAll: () => void bySid.clearAll() };
}
