import DataLoader from "dataloader";
import type { Scope } from "../db/scope.ts";
import type { InboxEntry } from "./model.ts";
import { inboxEntries } from "./queries.ts";

/** Whose inbox row it is. */
interface Owner {
  readonly conversationSid: string;
  readonly sid: string;
}

export interface InboxLoaders {
  /** The participant's row; null where the participant was removed in between. One statement for all of a turn. */
  of(participant: Owner): Promise<InboxEntry | null>;
  /** Remembers rows that another statement has read. */
  prime(entries: readonly InboxEntry[]): void;
  clearAll(): void;
}

export function inboxLoaders({ db, accountSid, watch }: Scope): InboxLoaders {
  const byParticipant = new DataLoader<Owner, InboxEntry | null, string>(
    async (owners) => {
      watch.batched("inbox.byParticipant", owners.length);
      const conversationSids = owners.map((owner) => owner.conversationSid);
      const participantSids = owners.map((owner) => owner.sid);
      const entries = await inboxEntries(db, { accountSid, conversationSids, participantSids });
      const found = new Map(entries.map((entry) => [entry.participantSid, entry]));
      return participantSids.map((sid) => found.get(sid) ?? null);
    },
    { cacheKeyFn: (owner) => owner.sid },
  );
  return {
    of: (participant) => byParticipant.load(participant),
    prime(entries) {
      for (const entry of entries) {
        const owner = { conversationSid: entry.conversationSid, sid: entry.participantSid };
        byParticipant.clear(owner).prime(owner, entry);
      }
    },
    clearAll: () => byParticipant.clearAll(),
  };
}
