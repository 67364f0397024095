import { ConversationType } from "../conversations/graphql.ts";
import { builder } from "../graphql/builder.ts";
import { connect, connectionType, paging } from "../graphql/connection.ts";
import { findNodesOf } from "../graphql/node.ts";
import { ParticipantType } from "../participants/graphql.ts";
import { serviceSidArg } from "../services/graphql.ts";
import type { ParticipantConversation } from "./model.ts";
import { findParticipantConversations, listParticipantConversations } from "./resolvers.ts";

const ParticipantConversationType = builder.node(
  builder.objectRef<ParticipantConversation>("ParticipantConversation"),
  {
    description: "A conversation that someone takes part in, with the participant that they are there.",
    id: { resolve: ({ participant }) => participant.sid },
    fields: (t) => ({
      participant: t.expose("participant", { type: ParticipantType, description: "Who they are in it." }),
      conversation: t.expose("conversation", {
        type: ConversationType,
        description: "What they take part in.",
      }),
    }),
  },
);

findNodesOf("ParticipantConversation", findParticipantConversations);

const ParticipantConversationConnection = connectionType(
  "ParticipantConversation",
  ParticipantConversationType,
);

builder.queryField("participantConversations", (t) =>
  t.field({
    type: ParticipantConversationConnection,
    nullable: true,
    description:
      "Which conversations an identity or an address belongs to, closed ones too, by conversation SID, oldest first. Exactly one of `identity` and `address`, else INVALID_PARAMETER or IDENTITY_AND_ADDRESS. Null only with an error.",
    args: {
      ...paging(t.arg),
      identity: t.arg.string({ description: "Chat identity, as it was when the participant joined." }),
      address: t.arg.string({ description: "Messaging address: `+15558675310`, `whatsapp:+15558675310`, …" }),
      serviceSid: serviceSidArg(t.arg),
    },
    resolve: (_, args, ctx, info) =>
      connect(ctx, info, null, args, (page) => listParticipantConversations(ctx, args, page)),
  }),
);
