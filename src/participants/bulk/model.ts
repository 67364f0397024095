import { attempt, type BulkMode, type Outcome } from "../../core/items.ts";
import { claimsOf, type Holder, inTheWay } from "../conflicts.ts";
import { checkHeadcount, type Headcount, type Newcomer, type NewParticipantInput } from "../joining/model.ts";

export interface AddParticipantsInput {
  readonly serviceSid?: string | null;
  /** SID or unique name. */
  readonly conversation: string;
  /** What could not even be read is an outcome already. */
  readonly participants: readonly Outcome<NewParticipantInput>[];
  readonly mode: BulkMode;
}

export interface RemoveParticipantsInput {
  readonly serviceSid?: string | null;
  readonly conversation: string;
  readonly sids: readonly string[];
  readonly mode: BulkMode;
}

/** Someone who may come, under a SID of its own. */
export interface Candidate extends Newcomer {
  readonly sid: string;
  readonly roleSid: string | null;
}

/** What a conversation is like before anyone comes. */
interface Before {
  readonly conversationSid: string;
  readonly count: Headcount;
  /** Who is in the way of a claim, by its key. */
  readonly holders: ReadonlyMap<string, Holder>;
}

/**
 * Lets in one after the other, as if each had come in a request of its own: those above a limit, and those in whose way
 * someone is or has just come, stay out.
 *
 * @param mode whether those let in stay in, and so can be named as the ones in the way
 */
export function letIn(
  candidates: readonly Outcome<Candidate>[],
  { conversationSid, count, holders }: Before,
  mode: BulkMode,
): Outcome<Candidate>[] {
  let { all, nonChat } = count;
  const held = new Map<string, Holder | null>(holders);
  return candidates.map((outcome) => {
    if ("error" in outcome) return outcome;
    const candidate = outcome.value;
    return attempt(() => {
      const next = { all: all + 1, nonChat: nonChat + (candidate.identity === null ? 1 : 0) };
      checkHeadcount(next);
      const claims = claimsOf(candidate);
      for (const claim of claims) {
        const holder = held.get(claim.key);
        if (holder !== undefined) throw inTheWay(claim, holder);
      }
      const { sid } = candidate;
      for (const { key } of claims) held.set(key, mode === "perItem" ? { sid, conversationSid } : null);
      ({ all, nonChat } = next);
      return candidate;
    });
  });
}
