import type { Tx } from "../../db/client.ts";
import {
  deleteOldestMessages,
  deleteParticipantsOfConversation,
  deleteRestOfConversation,
  deleteSomeConversations,
  deleteSomeUsers,
  emptyConversation,
  firstConversation,
} from "./queries.ts";

/** Messages that go in one statement, by themselves or with their conversations. */
export const MESSAGES_AT_ONCE = 20_000;
/** Conversations that do. */
const CONVERSATIONS_AT_ONCE = 5000;
/** Users that do: fewer, as nothing bounds the places that somebody may still take while the service empties. */
const USERS_AT_ONCE = 500;

type InService = { accountSid: string; sid: string };

/** True where nothing is left in the service; what one transaction should delete of a larger one is done. */
export async function emptyService(tx: Tx, key: InService): Promise<boolean> {
  const { accountSid } = key;
  const [first] = await firstConversation(tx, key);
  if (first) {
    if (first.size > MESSAGES_AT_ONCE) {
      await deletePartOfConversation(tx, { accountSid, conversationSid: first.sid });
    } else {
      const bounds = { limit: CONVERSATIONS_AT_ONCE, most: MESSAGES_AT_ONCE };
      await deleteSomeConversations(tx, { ...key, ...bounds });
    }
    const isMore = (await firstConversation(tx, key)).length > 0;
    if (isMore) return false;
  }
  const gone = await deleteSomeUsers(tx, { ...key, limit: USERS_AT_ONCE });
  return gone.length < USERS_AT_ONCE;
}

/**
 * Deletes what one transaction should of a conversation with many messages. Everyone in it goes first, so that it is in
 * no inbox while its messages go.
 *
 * @returns whether it was the last part, and the conversation is gone
 */
export async function deletePartOfConversation(
  tx: Tx,
  key: { accountSid: string; conversationSid: string },
): Promise<boolean> {
  await emptyConversation(tx, key);
  await deleteParticipantsOfConversation(tx, key);
  const gone = await deleteOldestMessages(tx, { ...key, limit: MESSAGES_AT_ONCE });
  if (gone.length > 0) return false;
  await deleteRestOfConversation(tx, key);
  return true;
}
