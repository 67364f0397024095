import { builder } from "../graphql/builder.ts";
import { WORDING } from "../graphql/wording.ts";
import { ParticipantType } from "../participants/graphql.ts";
import { unreadCountOf } from "./resolvers.ts";

builder.objectField(ParticipantType, "unreadMessagesCount", (t) =>
  t.int({
    nullable: true,
    description: WORDING.unreadMessagesCount,
    resolve: (participant, _, ctx) => unreadCountOf(ctx, participant),
  }),
);
