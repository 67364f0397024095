import {
  type ChildLoader,
  childLoader,
  type KeyedLoader,
  keyedLoader,
  type RowLoader,
  rowLoader,
} from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { CheckedFilter, Conversation } from "./model.ts";
import {
  conversationsByActivity,
  conversationsByCreation,
  conversationsBySid,
  conversationsByUniqueName,
  countConversations,
} from "./queries.ts";

const EARLIEST = "0001-01-01T00:00:00.000Z";
const LATEST = "9999-12-31T23:59:59.999Z";

export interface ConversationLoaders {
  readonly bySid: RowLoader<Conversation>;
  /** Unique name, within a service. */
  readonly byUniqueName: KeyedLoader<Conversation>;
  /** Of a service: latest activity first; with a bound on creation, newest created first (decision 8). */
  ofService(filter: CheckedFilter): ChildLoader<Conversation>;
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
  const lists = new Map<string, ChildLoader<Conversation>>();
  return {
    bySid,
    byUniqueName,
    ofService(filter) {
      const key = JSON.stringify([filter.state, filter.createdFrom, filter.createdTo]);
      const list = lists.get(key) ?? listLoader({ db, accountSid, now }, filter);
      lists.set(key, list);
      return list;
    },
    clearAll() {
      bySid.clearAll();
      byUniqueName.clearAll();
      lists.clear();
    },
  };
}

function listLoader({ db, accountSid, now }: Scope, filter: CheckedFilter): ChildLoader<Conversation> {
  const { state = null, createdFrom = EARLIEST, createdTo = LATEST } = filter;
  const byCreation = filter.createdFrom !== undefined || filter.createdTo !== undefined;
  const scope = { accountSid, now, state };
  const created = { createdFrom, createdTo };
  return childLoader<Conversation>({
    read: (keys, request) =>
      byCreation
        ? conversationsByCreation(db, { ...scope, ...created, keys }, request)
        : conversationsByActivity(db, { ...scope, keys }, request),
    count: (keys) => countConversations(db, { ...scope, ...created, keys }),
    parentOf: (conversation) => conversation.chatServiceSid,
    positionOf: ({ dateCreated, dateActivity, sid }) => [byCreation ? dateCreated : dateActivity, sid],
  });
}
