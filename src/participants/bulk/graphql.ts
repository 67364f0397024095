import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../../context.ts";
import { ConversationType } from "../../conversations/graphql.ts";
import { findConversation } from "../../conversations/resolvers.ts";
import { renaming } from "../../core/errors.ts";
import { attempt, type Fault, faultOf, type Outcome } from "../../core/items.ts";
import { checkText } from "../../core/text.ts";
import { type AttributesInput, attributesFrom, attributesName } from "../../graphql/attributes.ts";
import { builder } from "../../graphql/builder.ts";
import { columnsOf } from "../../graphql/columns.ts";
import { failureField } from "../../graphql/failure.ts";
import { encodeNodeId } from "../../graphql/id.ts";
import { mutation } from "../../graphql/mutation.ts";
import { WORDING } from "../../graphql/wording.ts";
import { ParticipantType } from "../graphql.ts";
import { newParticipantFields } from "../joining/graphql.ts";
import type { Participant } from "../model.ts";
import { addParticipants, type BulkResult, removeParticipants } from "./resolvers.ts";

const BulkMode = builder.enumType("BulkMode", {
  description: "Whether one that can't be done keeps the others from being done.",
  values: {
    ALL_OR_NOTHING: {
      value: "allOrNothing",
      description:
        "Where one can't be done, nothing is changed, and the answer is an ItemsError that tells each fault.",
    },
    PER_ITEM: {
      value: "perItem",
      description: "Each is done or not by itself, in the order of the input, and the answer tells of each.",
    },
  } as const,
});

export const NewParticipantInput = builder.inputType("NewParticipantInput", {
  description: "Who to add, by `identity` or `messagingBinding`, else IDENTITY_MISSING.",
  fields: newParticipantFields,
});

/** Attributes as text, where they can be had: a fault in one input is that one's alone. */
export function readNewcomers<T extends AttributesInput>(participants: readonly T[]) {
  return participants.map((given) => attempt(() => ({ ...given, attributes: attributesFrom(given) })));
}

/** What the attributes of each are called in the input. */
export function namesOf(participants: readonly AttributesInput[]): Record<string, string> {
  return Object.fromEntries(
    participants.map((given, index) => {
      const path = `participants[${index}]`;
      return [`${path}.attributes`, `${path}.${attributesName(given).attributes}`];
    }),
  );
}

interface Item {
  readonly participant: Participant | null;
  readonly error: Fault | null;
}

interface Payload {
  readonly conversationSid: string;
  readonly items: Item[];
}

function payloadOf({ conversationSid, outcomes }: BulkResult, names: Record<string, string> = {}): Payload {
  const items = outcomes.map((outcome: Outcome<Participant>) =>
    "error" in outcome
      ? { participant: null, error: faultOf(outcome.error.renamed(names)) }
      : { participant: outcome.value, error: null },
  );
  return { conversationSid, items };
}

const nothingSucceeded = ({ items }: Payload) => items.every(({ error }) => error !== null);

const conversationOf = ({ conversationSid }: Payload, _: unknown, ctx: Context, info: GraphQLResolveInfo) =>
  findConversation(ctx, conversationSid, columnsOf(info));

const AddedItem = builder.objectRef<Item>("AddParticipantsItem").implement({
  description: "What came of one participant that was to be added.",
  fields: (t) => ({
    participant: t.expose("participant", {
      type: ParticipantType,
      nullable: true,
      description: "The new participant; null where it could not be added.",
    }),
    error: failureField(
      t,
      "Why it could not be added, with the path of the field at fault, such as `participants[3].identity`; null where it was.",
    ),
  }),
});

mutation("addParticipants", {
  description:
    "Adds up to 1,000 participants to an open conversation in one transaction, at a cost that grows by little with each. Each is judged as `addParticipant` would judge it, after those before it: of two with the same identity the second gets PARTICIPANT_EXISTS.",
  input: {
    description:
      "Who to add, and where. CONVERSATION_CLOSED where that is closed. The whole request can have 1 MB, else BODY_TOO_LARGE.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
      participants: t.field({
        type: [NewParticipantInput],
        required: true,
        description:
          "1 to 1,000, else INVALID_PARAMETER. Those above the conversation's limits, in this order, get PARTICIPANT_LIMIT or NON_CHAT_PARTICIPANT_LIMIT.",
      }),
      mode: t.field({
        type: BulkMode,
        required: true,
        description: "What happens to the others where one can't be added.",
      }),
    }),
  },
  errors: ["notFound", "items"],
  isFailure: nothingSucceeded,
  resolve: (ctx, { conversationSid, participants, ...input }) => {
    const names = namesOf(participants);
    return renaming(names, async () => {
      const conversation = checkText(conversationSid, "conversationSid");
      const given = { ...input, conversation, participants: readNewcomers(participants) };
      return payloadOf(await addParticipants(ctx, given), names);
    });
  },
  payload: (t) => ({
    items: t.field({
      type: [AddedItem],
      description: "What came of each, in the order of the input.",
      resolve: ({ items }) => items,
    }),
    addedCount: t.int({
      description: "How many were added.",
      resolve: ({ items }) => items.filter(({ participant }) => participant !== null).length,
    }),
    conversation: t.field({
      type: ConversationType,
      nullable: true,
      description: "The conversation with its new participants; null where it was deleted in between.",
      resolve: conversationOf,
    }),
  }),
});

const RemovedItem = builder.objectRef<Item>("RemoveParticipantsItem").implement({
  description: "What came of one participant that was to be removed.",
  fields: (t) => ({
    deletedId: t.id({
      nullable: true,
      description: "Id that the participant had; null where it was not removed.",
      resolve: ({ participant }) => participant && encodeNodeId("Participant", participant.sid),
    }),
    sid: t.string({
      nullable: true,
      description: "SID that the participant had; null where it was not removed.",
      resolve: ({ participant }) => participant?.sid,
    }),
    error: failureField(t, "Why it was not removed, with its place, such as `sids[3]`; null where it was."),
  }),
});

mutation("removeParticipants", {
  description: "Takes up to 1,000 participants out of a conversation, in any state, in one transaction.",
  input: {
    description: "The participants to remove, and where from.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
      sids: t.stringList({
        required: true,
        description:
          "SIDs of 1 to 1,000 participants, else INVALID_PARAMETER; identities will not do here. NOT_FOUND for one that is not in the conversation. One that is named twice is removed for both.",
      }),
      mode: t.field({
        type: BulkMode,
        required: true,
        description: "What happens to the others where one can't be removed.",
      }),
    }),
  },
  errors: ["notFound", "items"],
  isFailure: nothingSucceeded,
  resolve: async (ctx, { conversationSid, ...input }) => {
    const conversation = checkText(conversationSid, "conversationSid");
    return payloadOf(await removeParticipants(ctx, { ...input, conversation }));
  },
  payload: (t) => ({
    items: t.field({
      type: [RemovedItem],
      description: "What came of each, in the order of the input.",
      resolve: ({ items }) => items,
    }),
    removedCount: t.int({
      description: "How many participants were removed; one that is named twice counts once.",
      resolve: ({ items }) => new Set(items.flatMap(({ participant }) => participant?.sid ?? [])).size,
    }),
    conversation: t.field({
      type: ConversationType,
      nullable: true,
      description: "The conversation without the participants; null where it was deleted in between.",
      resolve: conversationOf,
    }),
  }),
});
