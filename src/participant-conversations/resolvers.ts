import type { Context } from "../context.ts";
import { type Page, type PageRequest, readPage } from "../core/page.ts";
import { checkText } from "../core/text.ts";
import { findParticipants } from "../participants/resolvers.ts";
import { serviceOf } from "../services/resolvers.ts";
import { checkLookup, type ParticipantConversation, type ParticipantConversationsInput } from "./model.ts";
import {
  conversationsOfAddress,
  conversationsOfIdentity,
  countConversationsOfAddress,
  countConversationsOfIdentity,
} from "./queries.ts";

/**
 * The conversations of a chat identity, or of an address, by conversation SID; closed ones too. An identity is looked
 * up as it was when the participant joined (decision 38).
 *
 * @throws ApiError NOT_FOUND for the service; INVALID_PARAMETER, IDENTITY_AND_ADDRESS
 */
export async function listParticipantConversations(
  ctx: Context,
  input: ParticipantConversationsInput,
  request: PageRequest,
): Promise<Page<ParticipantConversation>> {
  const lookup = checkLookup(input);
  const { db, accountSid, now } = ctx;
  const { sid: serviceSid } = await serviceOf(ctx, input.serviceSid);
  const [read, count, key] =
    "identity" in lookup
      ? ([
          conversationsOfIdentity,
          countConversationsOfIdentity,
          checkText(lookup.identity, "identity"),
        ] as const)
      : ([
          conversationsOfAddress,
          countConversationsOfAddress,
          checkText(lookup.address, "address"),
        ] as const);
  return readPage(
    {
      read: (wanted) => read(db, { accountSid, serviceSid, key, now }, wanted),
      positionOf: ({ participant }) => [participant.conversationSid, participant.sid],
      count: async () => (await count(db, { accountSid, serviceSid, key }))[0]!.count,
    },
    request,
  );
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
