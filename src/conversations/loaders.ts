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
import type { CheckedFilter, Conversation, LightConversation } from "./model.ts";
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
  readonly bySid: RowLoader<Conversation, LightConversation>;
  /** Unique name, within a service. */
  readonly byUniqueName: KeyedLoader<Conversation>;
  /** Of a service: latest activity first; with a bound on creation, newest created first (decision 8). */
  ofService(filter: CheckedFilter): ChildLoader<Conversation, LightConversation>;
  clearAll(): void;
}

export function conversationLoaders({ db, accountSid, now, watch }: Scope): ConversationLoaders {
  const bySid = rowLoader<Conversation, LightConversation>(
    { name: "conversations.bySid", watch },
    (sids, columns) => conversationsBySid(db, { accountSid, now, sids }, columns),
    (conversation) => conversation.sid,
  );
  const byUniqueName = keyedLoader(
    { name: "conversations.byUniqueName", watch },
    (serviceSid, names) => conversationsByUniqueName(db, { accountSid, now, serviceSid, names }),
    (conversation) => conversation.uniqueName ?? "",
  );
  const lists = new Map<string, ChildLoader<Conversation, LightConversation>>();
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

function listLoader(
  { db, accountSid, now, watch }: Scope,
  filter: CheckedFilter,
): ChildLoader<Conversation, LightConversation> {
  const { state = null, createdFrom = EARLIEST, createdTo = LATEST } = filter;
  const byCreation = filter.createdFrom !== undefined || filter.createdTo !== undefined;
  const list = byCreation ? conversationsByCreation : conversationsByActivity;
  const scope = { accountSid, now, state, createdFrom, createdTo };
  const positionOf = ({ dateCreated, dateActivity, sid }: LightConversation) => [
    byCreation ? dateCreated : dateActivity,
    sid,
  ];
  return childLoader<Conversation, LightConversation>(
    { name: "conversations.ofService", watch },
    {
      async read(keys, request, columns) {
        if (state === null) return list.all(db, { ...scope, keys }, request, columns);
        // No timer makes a conversation active.
        if (state === "active") return list.settled(db, { ...scope, keys }, request, columns);
        const [settled, changed] = await Promise.all([
          list.settled(db, { ...scope, keys }, request, columns),
          list.changed(db, { ...scope, keys }, request, columns),
        ]);
        return changed.length === 0 ? settled : merge([...settled, ...changed], request);
      },
      count: (keys) => countConversations(db, { ...scope, keys }),
      parentOf: (conversation) => conversation.chatServiceSid,
      positionOf,
    },
  );

  /** Latest first, and of each service no more than were asked for. */
  function merge(rows: LightConversation[], { limit, direction }: PageRequest): LightConversation[] {
    const latestFirst = (a: LightConversation, b: LightConversation) =>
      String(positionOf(a)) < String(positionOf(b)) ? 1 : -1;
    const services = groupBy(rows.sort(latestFirst), (row) => row.chatServiceSid);
    return [...services.values()].flatMap((list) =>
      direction === "forward" ? list.slice(0, limit) : list.slice(-limit),
    );
  }
}
