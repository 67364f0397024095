import { type KeyedLoader, keyedLoader, type RowLoader, rowLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { Conversation } from "./model.ts";
import { conversationsBySid, conversationsByUniqueName } from "./queries.ts";

export interface ConversationLoaders {
  readonly bySid: RowLoader<Conversation>;
  /** Unique name, within a service. */
  readonly byUniqueName: KeyedLoader<Conversation>;
  clearAll(): void;
}

export function conversationLoaders({ db, accountSid, now }: Scope): ConversationLoaders {
  const bySid = rowLoader(
    (sids) => conversationsBySid(db, { accountSid, now, sids }),
    (conversation: Conversation) => conversation.sid,
  );
  const byUniqueName = keyedLoader(
    (serviceSid, names) => conversationsByUniqueName(db, { accountSid, now, serviceSid, names }),
    (conversation) => conversation.uniqueName ?? "",
  );
  return {
    bySid,
    byUniqueName,
    clearAll() {
      bySid.clearAll();
      byUniqueName.clearAll();
    },
  };
}
