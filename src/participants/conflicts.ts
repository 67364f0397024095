import type { Context } from "../context.ts";
import { closeWhereDue } from "../conversations/resolvers.ts";
import { ApiError } from "../core/errors.ts";
import type { Tx } from "../db/client.ts";
import type { Who } from "./joining/model.ts";
import { bindingHolder, groupMember, participantByIdentity } from "./queries.ts";

/** Who a participant is to be, where. */
interface Place extends Who {
  readonly accountSid: string;
  readonly conversationSid: string;
}

/**
 * Runs `work` in a transaction. Where the (address, proxy address) is taken, the holder may be a conversation whose
 * timer has run out but which nobody has closed yet: the second try closes it first, in the same transaction.
 * The first try spares everyone else the look-up.
 *
 * @param first where the first try is another than the second
 */
export async function freeingDueBinding<T>(
  ctx: Context,
  place: Place,
  work: (tx: Tx) => Promise<T>,
  first: () => Promise<T> = () => ctx.db.transaction(work),
): Promise<T> {
  const { accountSid } = ctx;
  const { address, proxyAddress } = place;
  try {
    return await first();
  } catch (error) {
    if (!isApiError(error, "BINDING_EXISTS") || address === null || proxyAddress === null) throw error;
  }
  return ctx.db.transaction(async (tx) => {
    const [holder] = await bindingHolder(tx, { accountSid, address, proxyAddress });
    if (holder) await closeWhereDue(tx, { accountSid, sids: [holder.conversationSid], now: ctx.clock() });
    return work(tx);
  });
}

/** A participant where it stands in another's way. */
export interface Holder {
  readonly sid: string;
  readonly conversationSid: string;
}

/** What of a participant no other may have, and how it is told where another has it. */
interface Claim {
  readonly code: "PARTICIPANT_EXISTS" | "BINDING_EXISTS" | "GROUP_PARTICIPANT_EXISTS";
  readonly parameter: string;
  /** Equal for those who claim the same. */
  readonly key: string;
}

/** All that a participant claims: a pair among the open conversations of the account, the rest within its own. */
export function claimsOf({ identity, address, proxyAddress, projectedAddress }: Who): Claim[] {
  const claims: Claim[] = [];
  const add = (code: Claim["code"], parameter: string, ...key: string[]) =>
    claims.push({ code, parameter, key: JSON.stringify([parameter, ...key]) });
  if (identity !== null) add("PARTICIPANT_EXISTS", "identity", identity);
  if (address !== null && proxyAddress !== null)
    add("BINDING_EXISTS", "messagingBinding.proxyAddress", address, proxyAddress);
  if (address !== null && proxyAddress === null)
    add("GROUP_PARTICIPANT_EXISTS", "messagingBinding.address", address);
  if (projectedAddress !== null)
    add("GROUP_PARTICIPANT_EXISTS", "messagingBinding.projectedAddress", projectedAddress);
  return claims;
}

/** What it was that someone else has, where that is what the error is about. */
export function claimMissed(who: Who, error: unknown): Claim | undefined {
  return error instanceof ApiError ? claimsOf(who).find(({ code }) => code === error.code) : undefined;
}

/** That someone else has what is claimed; null where that one is gone, or never came. */
export function inTheWay({ code, parameter }: Claim, holder: Holder | null, cause?: unknown): ApiError {
  const error = new ApiError(code, { parameter, cause });
  if (holder === null) return error;
  const { sid, conversationSid } = holder;
  const message =
    code === "BINDING_EXISTS" ? `${error.message} in Conversation ${conversationSid}` : error.message;
  return error.with({ message, conflicting: { type: "Participant", sid } });
}

/** The error with the participant that stands in the way, where that is what it is about and it is still there. */
export async function withHolder(
  ctx: Context,
  serviceSid: string,
  place: Place,
  error: unknown,
): Promise<unknown> {
  const claim = claimMissed(place, error);
  if (!claim) return error;
  const [holder] = await holderOf(ctx, serviceSid, place, claim);
  return inTheWay(claim, holder ?? null, error);
}

async function holderOf(
  { db }: Context,
  serviceSid: string,
  place: Place,
  { code }: Claim,
): Promise<Holder[]> {
  const { accountSid, conversationSid, identity, address, proxyAddress } = place;
  if (code === "GROUP_PARTICIPANT_EXISTS") return groupMember(db, place);
  if (code === "PARTICIPANT_EXISTS") {
    return participantByIdentity(db, { accountSid, serviceSid, conversationSid, identity: identity! });
  }
  return bindingHolder(db, { accountSid, address: address!, proxyAddress: proxyAddress! });
}

function isApiError(error: unknown, code: ApiError["code"]): error is ApiError {
  return error instanceof ApiError && error.code === code;
}
