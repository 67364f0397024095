import { ConversationType } from "../conversations/graphql.ts";
import { newConversationFields } from "../conversations/writing/graphql.ts";
import { renaming } from "../core/errors.ts";
import { attributesFrom } from "../graphql/attributes.ts";
import { mutation } from "../graphql/mutation.ts";
import { NewParticipantInput, namesOf, readNewcomers } from "../participants/bulk/graphql.ts";
import { ParticipantType } from "../participants/graphql.ts";
import { createConversationWithParticipants } from "./resolvers.ts";

mutation("createConversationWithParticipants", {
  description:
    "Makes a conversation and adds up to 10 participants to it, all or nothing: where one can't be added, the answer is an ItemsError that tells each fault, and there is no conversation.",
  input: {
    description: "The conversation to make, as `createConversation` takes it, and who takes part in it.",
    fields: (t) => ({
      ...newConversationFields(t),
      participants: t.field({
        type: [NewParticipantInput],
        required: true,
        description:
          "At most 10, else TOO_MANY_PARTICIPANTS. PAIRS_IN_USE for one whose pair of addresses another open conversation of the account has, or another of these.",
      }),
    }),
  },
  errors: ["notFound", "items"],
  resolve: (ctx, { participants, ...input }) =>
    renaming(namesOf(participants), () =>
      createConversationWithParticipants(ctx, {
        ...input,
        attributes: attributesFrom(input),
        participants: readNewcomers(participants),
      }),
    ),
  payload: (t) => ({
    conversation: t.expose("conversation", { type: ConversationType, description: "The new conversation." }),
    participants: t.expose("participants", {
      type: [ParticipantType],
      description: "Its participants, in the order of the input.",
    }),
  }),
});
