import { attributesFrom } from "../../graphql/attributes.ts";
import { mutation } from "../../graphql/mutation.ts";
import { ConversationType } from "../graphql.ts";
import { newConversationFields } from "../writing/graphql.ts";
import { ensureConversation } from "./resolvers.ts";

mutation("ensureConversation", {
  description:
    "Answers the conversation that has the unique name, and makes it where there is none. The one that is there comes back as it is, whatever else the input says of it and whatever its `state`: a closed one keeps its name. However many ask at once, one conversation is made, and all are answered it.",
  input: {
    description:
      "The conversation that is to be there, as `createConversation` takes it, with the same errors.",
    fields: (t) => ({
      ...newConversationFields(t),
      uniqueName: t.string({
        required: true,
        description:
          "Name for programs, 1 to 256 characters and not of the shape of a SID, else UNIQUE_NAME_INVALID or UNIQUE_NAME_MATCHES_SID.",
      }),
    }),
  },
  errors: ["notFound"],
  resolve: (ctx, input) => ensureConversation(ctx, { ...input, attributes: attributesFrom(input) }),
  payload: (t) => ({
    conversation: t.expose("conversation", {
      type: ConversationType,
      description: "The conversation, which was there or is new.",
    }),
    created: t.exposeBoolean("created", { description: "Whether it is new." }),
  }),
});
