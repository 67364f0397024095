import { type Context, inTransaction } from "../context.ts";
import type { Conversation } from "../conversations/model.ts";
import { createConversation } from "../conversations/resolvers.ts";
import { ApiError } from "../core/errors.ts";
import { valuesOf } from "../core/items.ts";
import { addParticipants } from "../participants/bulk/resolvers.ts";
import type { Participant } from "../participants/model.ts";
import { type CreateConversationWithParticipantsInput, checkNumber, retold } from "./model.ts";

/**
 * Makes a conversation with up to 10 participants, all or nothing (decision 33).
 *
 * @throws ApiError as `createConversation` and `addParticipants`, with PAIRS_IN_USE for BINDING_EXISTS;
 * TOO_MANY_PARTICIPANTS
 */
export async function createConversationWithParticipants(
  ctx: Context,
  { participants, ...input }: CreateConversationWithParticipantsInput,
): Promise<{ conversation: Conversation; participants: Participant[] }> {
  checkNumber(participants);
  try {
    return await inTransaction(ctx, async (inner) => {
      const conversation = await createConversation(inner, input);
      if (participants.length === 0) return { conversation, participants: [] };
      const { outcomes } = await addParticipants(inner, {
        serviceSid: conversation.chatServiceSid,
        conversation: conversation.sid,
        participants,
        mode: "allOrNothing",
      });
      return { conversation, participants: valuesOf(outcomes) };
    });
  } catch (error) {
    throw error instanceof ApiError && error.faults ? retold(error) : error;
  }
}
