import type { CreateConversationInput } from "../conversations/model.ts";
import { ApiError } from "../core/errors.ts";
import type { Outcome } from "../core/items.ts";
import type { NewParticipantInput } from "../participants/joining/model.ts";

export interface CreateConversationWithParticipantsInput extends CreateConversationInput {
  readonly participants: readonly Outcome<NewParticipantInput>[];
}

const MOST_PARTICIPANTS = 10;

/** @throws ApiError TOO_MANY_PARTICIPANTS */
export function checkNumber(participants: readonly unknown[]): void {
  if (participants.length > MOST_PARTICIPANTS) {
    throw new ApiError("TOO_MANY_PARTICIPANTS", { parameter: "participants" });
  }
}

/** Here a pair that is held has a code of its own. */
export function retold(error: ApiError): ApiError {
  const { code, message, parameter, conflicting, faults, cause } = error;
  const told = new ApiError(code === "BINDING_EXISTS" ? "PAIRS_IN_USE" : code, {
    message: code === "BINDING_EXISTS" && !conflicting ? undefined : message,
    cause,
    ...(parameter !== undefined && { parameter }),
    ...(conflicting && { conflicting }),
  });
  return faults
    ? told.with({ faults: faults.map(({ index, error }) => ({ index, error: retold(error) })) })
    : told;
}
