import type { Context } from "../context.ts";
import { closeWhereDue } from "../conversations/resolvers.ts";
import { ApiError } from "../core/errors.ts";
import type { Tx } from "../db/client.ts";
import { bindingHolder, groupMember, participantByIdentity } from "./queries.ts";

/** Who a participant is to be, where. */
interface Claim {
  readonly accountSid: string;
  readonly conversationSid: string;
  readonly identity: string | null;
  readonly address: string | null;
  readonly proxyAddress: string | null;
  readonly projectedAddress: string | null;
}

/**
 * Runs `work` in a transaction. Where the (address, proxy address) is taken, the holder may be a conversation whose
 * timer has run out but which nobody has closed yet: the second try closes it first, in the same transaction.
 * The first try spares everyone else the look-up.
 */
export async function freeingDueBinding<T>(
  ctx: Context,
  claim: Claim,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { accountSid } = ctx;
  const { address, proxyAddress } = claim;
  try {
    return await ctx.db.transaction(work);
  } catch (error) {
    if (!isApiError(error, "BINDING_EXISTS") || address === null || proxyAddress === null) throw error;
  }
  return ctx.db.transaction(async (tx) => {
    const [holder] = await bindingHolder(tx, { accountSid, address, proxyAddress });
    if (holder) await closeWhereDue(tx, { accountSid, sid: holder.conversationSid, now: ctx.clock() });
    return work(tx);
  });
}

/** The error with the participant that stands in the way, where that is what it is about and it is still there. */
export async function withHolder(
  ctx: Context,
  serviceSid: string,
  claim: Claim,
  error: unknown,
): Promise<unknown> {
  const { db } = ctx;
  const { accountSid, conversationSid, identity, address, proxyAddress } = claim;
  const conflict = (holder: { sid: string } | undefined, parameter: string, message?: string) => {
    const conflicting = holder && ({ type: "Participant", sid: holder.sid } as const);
    return new ApiError((error as ApiError).code, {
      parameter,
      conflicting,
      cause: error,
      ...(message && { message }),
    });
  };
  if (isApiError(error, "PARTICIPANT_EXISTS") && identity !== null) {
    const [holder] = await participantByIdentity(db, { accountSid, serviceSid, conversationSid, identity });
    return conflict(holder, "identity");
  }
  if (isApiError(error, "GROUP_PARTICIPANT_EXISTS")) {
    const [holder] = await groupMember(db, claim);
    return conflict(
      holder,
      address === null ? "messagingBinding.projectedAddress" : "messagingBinding.address",
    );
  }
  if (isApiError(error, "BINDING_EXISTS") && address !== null && proxyAddress !== null) {
    const [holder] = await bindingHolder(db, { accountSid, address, proxyAddress });
    const where = holder && `${error.message} in Conversation ${holder.conversationSid}`;
    return conflict(holder, "messagingBinding.proxyAddress", where);
  }
  return error;
}

function isApiError(error: unknown, code: ApiError["code"]): error is ApiError {
  return error instanceof ApiError && error.code === code;
}
