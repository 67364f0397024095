import type { Context } from "../../context.ts";
import { closeWhereDue, conversationSidOf, lockedConversation } from "../../conversations/resolvers.ts";
import { ApiError, notFound } from "../../core/errors.ts";
import { checkItems, failed, located, type Outcome, valuesOf } from "../../core/items.ts";
import { parseSid } from "../../core/sid.ts";
import type { Tx } from "../../db/client.ts";
import { checkRole, givingRole } from "../../roles/resolvers.ts";
import type { Service } from "../../services/model.ts";
import { serviceOf } from "../../services/resolvers.ts";
import { ensureUsers } from "../../users/resolvers.ts";
import { claimsOf, type Holder } from "../conflicts.ts";
import {
  checkNewcomer,
  defaultRoleOf,
  headcountOf,
  inboxRow,
  type NewParticipantInput,
  type Place,
  participantRow,
} from "../joining/model.ts";
import { admit } from "../joining/resolvers.ts";
import { channelsOf, type Participant } from "../model.ts";
import { countParticipants, refreshChannels } from "../queries.ts";
import { type AddParticipantsInput, type Candidate, letIn, type RemoveParticipantsInput } from "./model.ts";
import {
  deleteParticipants,
  insertAllInInbox,
  insertParticipants,
  occupants,
  pairHolders,
} from "./queries.ts";

/** What came of each, in the order of the input. */
export interface BulkResult {
  readonly conversationSid: string;
  readonly outcomes: readonly Outcome<Participant>[];
}

/**
 * Adds up to 1,000 participants to an open conversation, each judged as `addParticipant` judges it after those before
 * it. All or nothing: the first error is thrown, with all others behind it.
 *
 * @throws ApiError NOT_FOUND, CONVERSATION_CLOSED, INVALID_PARAMETER for the conversation or the number; of the items
 */
export function addParticipants(ctx: Context, input: AddParticipantsInput): Promise<BulkResult> {
  checkItems(input.participants, "participants");
  return givingRole(ctx, () => makeParticipants(ctx, input));
}

/** How often a pair may be taken, or be found held by a conversation whose time has run out, while one request comes. */
const ATTEMPTS = 8;

/** Ends a transaction that is to be begun again with these closed first. */
class HeldByDue extends Error {
  readonly sids: readonly string[];

  constructor(sids: readonly string[]) {
    super("held by conversations whose time has run out");
    this.sids = sids;
  }
}

async function makeParticipants(ctx: Context, input: AddParticipantsInput): Promise<BulkResult> {
  const { accountSid } = ctx;
  const service = await serviceOf(ctx, input.serviceSid);
  const conversationSid = await conversationSidOf(ctx, service.sid, input.conversation);
  const candidates = await Promise.all(input.participants.map((given) => candidateOf(ctx, service, given)));
  let due: readonly string[] = [];
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        const outcomes = await ctx.db.transaction(async (tx) => {
          if (due.length > 0) await closeWhereDue(tx, { accountSid, sids: due, now: ctx.clock() });
          return addAll(tx, ctx, service, conversationSid, candidates, input);
        });
        return { conversationSid, outcomes };
      } catch (error) {
        if (error instanceof HeldByDue) due = error.sids;
        else if (!isLostRace(error)) throw error;
        if (attempt === ATTEMPTS) throw new ApiError("CONCURRENT_CHANGE", { cause: error });
      }
    }
  } finally {
    ctx.loaders.clearAll();
  }
}

/** Someone took a pair after it was seen to be free. What was judged has a parameter. */
function isLostRace(error: unknown): boolean {
  return error instanceof ApiError && error.code === "BINDING_EXISTS" && error.parameter === undefined;
}

async function candidateOf(
  ctx: Context,
  service: Service,
  given: Outcome<NewParticipantInput>,
): Promise<Outcome<Candidate>> {
  if ("error" in given) return given;
  const sid = ctx.newSid("MB");
  try {
    const newcomer = checkNewcomer(given.value);
    const role = await checkRole(ctx, service.sid, given.value.roleSid, "conversation");
    return { value: { ...newcomer, sid, roleSid: role ?? defaultRoleOf(service, newcomer) } };
  } catch (error) {
    return failed(error);
  }
}

async function addAll(
  tx: Tx,
  ctx: Context,
  service: Service,
  conversationSid: string,
  candidates: readonly Outcome<Candidate>[],
  { mode }: AddParticipantsInput,
): Promise<Outcome<Participant>[]> {
  const { accountSid } = ctx;
  const count = await admit(tx, ctx, service, conversationSid, { all: 0, nonChat: 0, channels: [] });
  const holders = await holdersOf(tx, ctx, conversationSid, candidates);
  const judged = letIn(candidates, { conversationSid, count, holders }, mode).map((outcome, index) =>
    located(outcome, `participants[${index}]`),
  );
  if (mode === "allOrNothing") valuesOf(judged);
  const comers = judged.flatMap((outcome) => ("error" in outcome ? [] : [outcome.value]));
  const place = { ...count, accountSid, chatServiceSid: service.sid, conversationSid };
  const added = await insertAll(tx, ctx, service, place, comers);
  return judged.map((outcome) => ("error" in outcome ? outcome : { value: added.get(outcome.value.sid)! }));
}

/** Who is in the way of the candidates. @throws HeldByDue */
async function holdersOf(
  tx: Tx,
  ctx: Context,
  conversationSid: string,
  candidates: readonly Outcome<Candidate>[],
): Promise<Map<string, Holder>> {
  const { accountSid } = ctx;
  const who = candidates.flatMap((outcome) => ("error" in outcome ? [] : [outcome.value]));
  const given = (field: "identity" | "address" | "projectedAddress") =>
    who.flatMap((one) => one[field] ?? []);
  const inside = await occupants(tx, {
    accountSid,
    conversationSid,
    identities: given("identity"),
    addresses: given("address"),
    projectedAddresses: given("projectedAddress"),
  });
  const pairs = who.filter((one) => one.address !== null && one.proxyAddress !== null);
  const elsewhere = await pairHolders(tx, {
    accountSid,
    addresses: pairs.map((one) => one.address!),
    proxyAddresses: pairs.map((one) => one.proxyAddress!),
    now: ctx.clock(),
  });
  const due = elsewhere.filter(({ state }) => state === "closed").map((holder) => holder.conversationSid);
  if (due.length > 0) throw new HeldByDue(due);
  const held = [...inside, ...elsewhere];
  return new Map(held.flatMap((holder) => claimsOf(holder).map(({ key }) => [key, holder] as const)));
}

/** Inserts those who may come, with users for new identities; by SID. */
async function insertAll(
  tx: Tx,
  ctx: Context,
  service: Service,
  place: Place,
  comers: readonly Candidate[],
): Promise<Map<string, Participant>> {
  if (comers.length === 0) return new Map();
  const { accountSid, now } = ctx;
  const identities = comers.flatMap((one) => one.identity ?? []);
  const users = await ensureUsers(tx, ctx, service, identities);
  const joining = comers.toSorted(byPair).map((one) => {
    const user = one.identity === null ? null : users.get(one.identity)!;
    return { who: one, with: { sid: one.sid, userSid: user?.sid ?? null, roleSid: one.roleSid, now } };
  });
  const added = await insertParticipants(
    tx,
    joining.map((one) => participantRow(place, one.who, one.with)),
  );
  await insertAllInInbox(
    tx,
    joining.map((one) => inboxRow(place, one.who, one.with)),
  );
  await countParticipants(tx, {
    accountSid,
    serviceSid: service.sid,
    conversationSid: place.conversationSid,
    now,
    ...headcountOf(comers),
    channels: channelsOf(comers),
  });
  return new Map(added.map((participant) => [participant.sid, participant]));
}

/** In one order, so that of two requests for the same pairs neither waits for the other while it is waited for. */
function byPair(a: Candidate, b: Candidate): number {
  const [left, right] = [`${a.address} ${a.proxyAddress}`, `${b.address} ${b.proxyAddress}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Takes up to 1,000 participants out of a conversation, whatever its state. Only their SIDs name them here; one that is
 * named twice is removed for both. All or nothing: the first error is thrown, with all others behind it.
 *
 * @throws ApiError NOT_FOUND, INVALID_PARAMETER for the number
 */
export async function removeParticipants(ctx: Context, input: RemoveParticipantsInput): Promise<BulkResult> {
  checkItems(input.sids, "sids");
  const { accountSid, now } = ctx;
  const { sid: serviceSid } = await serviceOf(ctx, input.serviceSid);
  const conversationSid = await conversationSidOf(ctx, serviceSid, input.conversation);
  const named = input.sids.map((sid) => parseSid("MB", sid));
  const outcomes = await ctx.db.transaction(async (tx) => {
    await lockedConversation(tx, { accountSid, serviceSid, sid: conversationSid, now });
    const sids = [...new Set(named)].filter((sid) => sid !== null);
    const gone = await deleteParticipants(tx, { accountSid, conversationSid, sids });
    const bySid = new Map(gone.map((participant) => [participant.sid, participant]));
    const outcomes = named.map((sid, index): Outcome<Participant> => {
      const participant = sid === null ? undefined : bySid.get(sid);
      return participant
        ? { value: participant }
        : located({ error: notFound("Participant") }, `sids[${index}]`);
    });
    if (input.mode === "allOrNothing") valuesOf(outcomes);
    const { all, nonChat } = headcountOf(gone);
    const going = { all: -all, nonChat: -nonChat, channels: [] };
    await countParticipants(tx, { accountSid, serviceSid, conversationSid, now, ...going });
    if (channelsOf(gone).length > 0) await refreshChannels(tx, { accountSid, conversationSid });
    return outcomes;
  });
  ctx.loaders.clearAll();
  return { conversationSid, outcomes };
}
