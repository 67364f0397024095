import { type ChildLoader, childLoader, type RowLoader, rowLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { InboxLoaders } from "../inbox/loaders.ts";
import {
  type CheckedFilter,
  type ConversationOrder,
  positionIn,
} from "../participant-conversations/model.ts";
import type { LightUserConversation, UserConversation, UserTotals } from "./model.ts";
import { countFilteredUserConversations, totalsOfUsers, userConversationsOfUsers } from "./queries.ts";

export interface UserConversationLoaders {
  ofUser(
    order: ConversationOrder,
    filter: CheckedFilter | null,
  ): ChildLoader<UserConversation, LightUserConversation>;
  /** All that is counted of a user; null for one who is nowhere. */
  readonly totals: RowLoader<UserTotals>;
  clearAll(): void;
}

export function userConversationLoaders(
  { db, accountSid, now, watch }: Scope,
  inbox: InboxLoaders,
): UserConversationLoaders {
  const totals = rowLoader<UserTotals>(
    { name: "userConversations.totals", watch },
    (keys) => totalsOfUsers(db, { accountSid, keys }),
    (row) => row.parent,
  );
  const count = async (keys: readonly string[]) =>
    (await Promise.all(keys.map((key) => totals.load(key)))).filter((row) => row !== null);
  const listOf = (order: ConversationOrder, filter: CheckedFilter | null) =>
    childLoader<UserConversation, LightUserConversation>(
      { name: "userConversations.ofUser", watch },
      {
        read: async (keys, request, columns) => {
          const of = { accountSid, keys, now };
          const rows = await userConversationsOfUsers[order](db, of, filter, request, columns);
          inbox.prime(rows.flatMap((row) => ("inbox" in row ? row.inbox : [])));
          return rows;
        },
        count: (keys) =>
          filter === null
            ? count(keys)
            : countFilteredUserConversations(db, { accountSid, keys, now, ...filter }),
        parentOf: ({ participant }) => participant.userSid ?? "",
        positionOf: (row) => positionIn(order, row),
      },
    );
  const lists = new Map<string, ChildLoader<UserConversation>>();
  return {
    totals,
    ofUser(order, filter) {
      const key = JSON.stringify([order, filter]);
      const list = lists.get(key) ?? listOf(order, filter);
      lists.set(key, list);
      return list;
    },
    clearAll() {
      totals.clearAll();
      lists.clear();
    },
  };
}
