import type { Context } from "../context.ts";
import type { Columns, In } from "../core/columns.ts";
import { type Page, type PageRequest, readPage } from "../core/page.ts";
import { findParticipants } from "../participants/resolvers.ts";
import { getService } from "../services/resolvers.ts";
import {
  checkListFilter,
  checkLookup,
  type LightParticipantConversation,
  type ParticipantConversation,
  type ParticipantConversationsInput,
  positionIn,
} from "./model.ts";
import {
  conversationsOfAddress,
  conversationsOfIdentity,
  countConversationsOfAddress,
  countConversationsOfIdentity,
} from "./queries.ts";

/**
 * The conversations of a chat identity, or of an address; closed ones too. An identity is looked up as it was when the
 * participant joined (decision 38).
 *
 * @throws ApiError NOT_FOUND for the service; INVALID_PARAMETER, IDENTITY_AND_ADDRESS, FRIENDLY_NAME_TOO_LONG
 */
export async function listParticipantConversations<C extends Columns = "full">(
  ctx: Context,
  input: ParticipantConversationsInput,
  request: PageRequest,
  columns = "full" as C,
): Promise<Page<In<C, LightParticipantConversation, ParticipantConversation>>> {
  const lookup = checkLookup(input);
  const order = input.orderBy ?? "sid";
  const filter = checkListFilter(input.filter ?? {});
  const { db, accountSid, now } = ctx;
  // The default service is found by the statement itself.
  const serviceSid = input.serviceSid == null ? null : (await getService(ctx, input.serviceSid)).sid;
  const [list, count, key] =
    "identity" in lookup
      ? ([conversationsOfIdentity, countConversationsOfIdentity, lookup.identity] as const)
      : ([conversationsOfAddress, countConversationsOfAddress, lookup.address] as const);
  const own = { accountSid, serviceSid, key, now };
  const page = readPage<LightParticipantConversation>(
    {
      read: async (wanted) => {
        const rows = await list[order](db, own, filter, wanted, columns as Columns);
        ctx.loaders.inbox.prime(rows.flatMap((row) => ("inbox" in row ? row.inbox : [])));
        return rows;
      },
      positionOf: (row) => positionIn(order, row),
      count: async () => (await count(db, own, filter))[0]!.count,
    },
    request,
  );
  // What is read with all columns is full.
  return page as unknown as Promise<Page<In<C, LightParticipantConversation, ParticipantConversation>>>;
}

/** By the SIDs of the participants. */
export async function findParticipantConversations(
  ctx: Context,
  participantSids: readonly string[],
): Promise<(ParticipantConversation | null)[]> {
  const found = await findParticipants(ctx, participantSids);
  return Promise.all(
    found.map(async (participant) => {
      const conversation =
        participant && (await ctx.loaders.conversations.bySid.load(participant.conversationSid));
      return participant && conversation ? { participant, conversation } : null;
    }),
  );
}
