import type { Context } from "../../context.ts";
import { ApiError } from "../../core/errors.ts";
import { serviceOf } from "../../services/resolvers.ts";
import {
  type Conversation,
  type CreateConversationInput,
  checkConversation,
  checkNewConversation,
} from "../model.ts";
import { conversationsByUniqueName } from "../queries.ts";
import { createConversation } from "../resolvers.ts";

/** How often the conversation of a name may be found there and gone again by one request. */
const ATTEMPTS = 8;

/**
 * The conversation that has the unique name, as it is and in whatever state, or else a new one.
 *
 * @throws ApiError of the checks in model.ts; UNIQUE_NAME_INVALID for an empty name; NOT_FOUND for the service
 */
export async function ensureConversation(
  ctx: Context,
  input: CreateConversationInput & { uniqueName: string },
): Promise<{ conversation: Conversation; created: boolean }> {
  checkNewConversation(checkConversation(input));
  const { accountSid, now } = ctx;
  if (input.uniqueName === "") {
    throw new ApiError("UNIQUE_NAME_INVALID", { message: "Unique Name is empty", parameter: "uniqueName" });
  }
  const names = [input.uniqueName];
  const { sid: serviceSid } = await serviceOf(ctx, input.serviceSid);
  for (let attempt = 1; ; attempt++) {
    const [found] = await conversationsByUniqueName(ctx.db, { accountSid, serviceSid, now, names });
    if (found) return { conversation: found, created: false };
    try {
      return { conversation: await createConversation(ctx, input), created: true };
    } catch (error) {
      const isTaken = error instanceof ApiError && error.code === "UNIQUE_NAME_EXISTS";
      if (attempt === ATTEMPTS || !isTaken) throw error;
    }
  }
}
