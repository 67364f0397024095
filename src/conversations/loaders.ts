import {
  type ChildLoader,
  childLoader,
  groupBy,
  type KeyedLoader,
  keyedLoader,
  type RowLoader,
  rowLoader,
} from "../core/loader.ts";
import type { PageRequest } from "../core/page.ts";
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

export function conversationLoaders({ db, accountSid, now, watch }: Scope): ConversationLoaders {
  const bySid = rowLoader(
    { name: "conversations.bySid", watch },
    (sids) => conversationsBySid(db, { accountSid, now, sids }),
    (conversation: Conversation) => conversation.sid,
  );
  const byUniqueName = keyedLoader(
    { name: "conversations.byUniqueName", watch },
    (serviceSid, names) => conversationsByUniqueName(db, { accountSid, now, serviceSid, names }),
    (conversation) => conversation.uniqueName ?? "",
  );
  const lists = new Map<string, ChildLoader<Conversation>>();
  return {
    bySid,
    byUniqueName,
    ofService(filter) {
      const key = JSON.stringify([filter.state, filter.createdFrom, filter.createdTo]);
      const list = lists.get(key) ?? listLoader({ db, accountSid, now, watch }, filter);
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

function listLoader({ db, accountSid, now, watch }: Scope, filter: CheckedFilter): ChildLoader<Conversation> {
  const { state = null, createdFrom = EARLIEST, createdTo = LATEST } = filter;
  const byCreation = filter.createdFrom !== undefined || filter.createdTo !== undefined;
  const list = byCreation ? conversationsByCreation : conversationsByActivity;
  const scope = { accountSid, now, state, createdFrom, createdTo };
  const positionOf = ({ dateCreated, dateActivity, sid }: Conversation) => [
    byCreation ? dateCreated : dateActivity,
    sid,
  ];
  return childLoader<Conversation>(
    { name: "conversations.ofService", watch },
    {
      async read(keys, request) {
        if (state === null) return list.all(db, { ...scope, keys }, request);
        // No timer makes a conversation active.
        if (state === "active") return list.settled(db, { ...scope, keys }, request);
        const [settled, changed] = await Promise.all([
          list.settled(db, { ...scope, keys }, request),
          list.changed(db, { ...scope, keys }, request),
        ]);
        return changed.length === 0 ? settled : merge([...settled, ...changed], request);
      },
      count: (keys) => countConversations(db, { ...scope, keys }),
      parentOf: (conversation) => conversation.chatServiceSid,
      positionOf,
    },
  );

  /** Latest first, and of each service no more than were asked for. */
  function merge(rows: Conversation[], { limit, direction }: PageRequest): Conversation[] {
    const latestFirst = (a: Conversation, b: Conversation) =>
      String(positionOf(a)) < String(positionOf(b)) ? 1 : -1;
    const services = groupBy(rows.sort(latestFirst), (row) => row.chatServiceSid);
    return [...services.values()].flatMap((list) =>
      direction === "forward" ? list.slice(0, limit) : list.slice(-limit),
    );
  }
}
