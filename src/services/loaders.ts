import type { ConversationDefaults } from "../accounts/model.ts";
import { type RowLoader, rowLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { Service } from "./model.ts";
import { defaultService, servicesBySid } from "./queries.ts";

export interface ServiceLoaders {
  readonly bySid: RowLoader<Service>;
  /** The account's default service, and what the account gives to new conversations. */
  readonly byDefault: () => Promise<(Service & ConversationDefaults) | null>;
  clearAll(): void;
}

export function serviceLoaders({ db, accountSid, watch }: Scope): ServiceLoaders {
  const bySid = rowLoader(
    { name: "services.bySid", watch },
    (sids) => servicesBySid(db, { accountSid, sids }),
    (service: Service) => service.sid,
  );
  let found: ReturnType<ServiceLoaders["byDefault"]> | undefined;
  return {
    bySid,
    byDefault() {
      found ??= defaultService(db, { accountSid }).then(([service]) => service ?? null);
      return found;
    },
    clearAll() {
      bySid.clearAll();
      found = undefined;
    },
  };
}
