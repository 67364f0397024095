import DataLoader from "dataloader";
import { type ChildLoader, childLoader, type RowLoader, rowLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { Message, MessageOrder } from "./model.ts";
import {
  countMessagesOfConversations,
  messagesByIndex,
  messagesBySid,
  messagesOfConversations,
} from "./queries.ts";

interface Place {
  readonly conversationSid: string;
  readonly index: number;
}

export interface MessageLoaders {
  readonly bySid: RowLoader<Message>;
  readonly byIndex: DataLoader<Place, Message | null, string>;
  /** The newest, by the SID of the conversation. */
  readonly lastOf: RowLoader<Message>;
  readonly ofConversation: Readonly<Record<MessageOrder, ChildLoader<Message>>>;
  clearAll(): void;
}

export function messageLoaders({ db, accountSid, watch }: Scope): MessageLoaders {
  const bySid = rowLoader(
    { name: "messages.bySid", watch },
    (sids) => messagesBySid(db, { accountSid, sids }),
    (message: Message) => message.sid,
  );
  const placeKey = ({ conversationSid, index }: Place) => `${conversationSid} ${index}`;
  const byIndex = new DataLoader<Place, Message | null, string>(
    async (places) => {
      watch.batched("messages.byIndex", places.length);
      const conversationSids = places.map((place) => place.conversationSid);
      const indexes = places.map((place) => place.index);
      const rows = await messagesByIndex(db, { accountSid, conversationSids, indexes });
      const found = new Map(rows.map((message) => [placeKey(message), message]));
      return places.map((place) => found.get(placeKey(place)) ?? null);
    },
    { cacheKeyFn: placeKey },
  );
  const lastOf = rowLoader(
    { name: "messages.lastOf", watch },
    (keys) => messagesOfConversations.desc(db, { accountSid, keys }, { limit: 1, direction: "forward" }),
    (message: Message) => message.conversationSid,
  );
  const list = (order: MessageOrder) =>
    childLoader<Message>(
      { name: "messages.ofConversation", watch },
      {
        read: (keys, request) => messagesOfConversations[order](db, { accountSid, keys }, request),
        count: (keys) => countMessagesOfConversations(db, { accountSid, keys }),
        parentOf: (message) => message.conversationSid,
        positionOf: (message) => [String(message.index)],
      },
    );
  const ofConversation = { asc: list("asc"), desc: list("desc") };
  return {
    bySid,
    byIndex,
    lastOf,
    ofConversation,
    clearAll() {
      for (const loader of [bySid, byIndex, lastOf, ...Object.values(ofConversation)]) loader.clearAll();
    },
  };
}
