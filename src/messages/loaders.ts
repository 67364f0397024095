import DataLoader from "dataloader";
import { type ChildLoader, childLoader, type RowLoader, rowLoader } from "../core/loader.ts";
import type { PageRequest } from "../core/page.ts";
import type { Scope } from "../db/scope.ts";
import type { LightMessage, Message, MessageOrder } from "./model.ts";
import {
  countMessagesOfConversations,
  messagesByIndex,
  messagesBySid,
  messagesOfConversations,
} from "./queries.ts";

const LAST: PageRequest = { limit: 1, direction: "forward" };

interface Place {
  readonly conversationSid: string;
  readonly index: number;
}

export interface MessageLoaders {
  readonly bySid: RowLoader<Message>;
  readonly byIndex: DataLoader<Place, Message | null, string>;
  /** The newest, by the SID of the conversation. */
  readonly lastOf: RowLoader<Message, LightMessage>;
  readonly ofConversation: Readonly<Record<MessageOrder, ChildLoader<Message, LightMessage>>>;
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
  const lastOf = rowLoader<Message, LightMessage>(
    { name: "messages.lastOf", watch },
    (keys, columns) => messagesOfConversations.desc(db, { accountSid, keys }, LAST, columns),
    (message) => message.conversationSid,
  );
  const list = (order: MessageOrder) =>
    childLoader<Message, LightMessage>(
      { name: "messages.ofConversation", watch },
      {
        read: (keys, request, columns) =>
          messagesOfConversations[order](db, { accountSid, keys }, request, columns),
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
