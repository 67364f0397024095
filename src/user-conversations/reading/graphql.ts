import { checkText } from "../../core/text.ts";
import type { InputFields } from "../../graphql/builder.ts";
import { mutation } from "../../graphql/mutation.ts";
import { WORDING } from "../../graphql/wording.ts";
import { markAllRead } from "../../inbox/resolvers.ts";
import { userOfParticipant } from "../../participants/resolvers.ts";
import { UserType } from "../../users/graphql.ts";
import { UserConversationType } from "../graphql.ts";
import { markRead, muteConversation } from "../resolvers.ts";

const place = (t: InputFields) => ({
  serviceSid: t.string({ description: WORDING.ofService }),
  userSid: t.string({ required: true, description: WORDING.ofUser }),
  conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
});

interface Place {
  readonly serviceSid?: string | null;
  readonly userSid: string;
  readonly conversationSid: string;
}

function keyOf({ serviceSid, userSid, conversationSid }: Place) {
  return {
    serviceSid,
    user: checkText(userSid, "userSid"),
    conversation: checkText(conversationSid, "conversationSid"),
  };
}

mutation("markRead", {
  description:
    "Moves a user's read horizon up to a message, now; in every state of the conversation. It never moves down: what comes late marks nothing unread. Where it does not move, nothing changes.",
  input: {
    description: "The user and the conversation, NOT_FOUND where the one takes no part in the other.",
    fields: (t) => ({
      ...place(t),
      upToIndex: t.int({
        description:
          "Index of the last message read, 0 or more, else LAST_READ_INDEX_INVALID; one above the newest counts what comes below it as read. Absent or null: the newest message; without messages nothing changes.",
      }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { upToIndex, ...input }) => markRead(ctx, { ...keyOf(input), upToIndex }),
  payload: (t) => ({
    userConversation: t.field({
      type: UserConversationType,
      description: "The conversation as the user sees it now, with what is still unread.",
      resolve: (found) => found,
    }),
    user: t.field({
      type: UserType,
      nullable: true,
      description: "Whose totals may be asked anew. Null only where it was deleted in between.",
      resolve: ({ participant }, _, ctx) => userOfParticipant(ctx, participant),
    }),
  }),
});

mutation("markAllRead", {
  description:
    "Moves a user's read horizon to the newest message, now, in every conversation that has one above it; closed ones too. 1,000 conversations at a time change together: where the server fails amid more, some are marked, and a repeat marks and counts the rest; with an `idempotencyKey`, too.",
  input: {
    description: "The user; NOT_FOUND where it is unknown.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      userSid: t.string({ required: true, description: WORDING.ofUser }),
    }),
  },
  errors: ["notFound"],
  resolve: (ctx, { serviceSid, userSid }) =>
    markAllRead(ctx, { serviceSid, user: checkText(userSid, "userSid") }),
  payload: (t) => ({
    user: t.expose("user", { type: UserType, description: "Whose totals may be asked anew." }),
    count: t.exposeInt("count", { description: "How many conversations were marked." }),
  }),
});

mutation("muteConversation", {
  description: "Sets whether a user is notified of a conversation's messages; in every state of it.",
  input: {
    description: "The user and the conversation, NOT_FOUND where the one takes no part in the other.",
    fields: (t) => ({
      ...place(t),
      muted: t.boolean({
        required: true,
        defaultValue: true,
        description: "False has the user notified again.",
      }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { muted, ...input }) => ({
    userConversation: await muteConversation(ctx, { ...keyOf(input), muted }),
  }),
  payload: (t) => ({
    userConversation: t.expose("userConversation", {
      type: UserConversationType,
      description: "The conversation as the user sees it now.",
    }),
  }),
});
