import type { ArgBuilder } from "@pothos/core";
import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../context.ts";
import { ConversationState, ConversationType } from "../conversations/graphql.ts";
import { renaming } from "../core/errors.ts";
import type { Page, PageRequest } from "../core/page.ts";
import { builder, type SchemaTypes } from "../graphql/builder.ts";
import { columnsOf, FULL_ROWS, SAME_ROWS } from "../graphql/columns.ts";
import { type Connection, connect, connectionType, type PagingArgs, paging } from "../graphql/connection.ts";
import { findNodesOf, nodeType } from "../graphql/node.ts";
import { WORDING } from "../graphql/wording.ts";
import { unreadCountOf } from "../inbox/resolvers.ts";
import { ParticipantType } from "../participants/graphql.ts";
import { serviceSidArg } from "../services/graphql.ts";
import type { LightParticipantConversation, ListInput } from "./model.ts";
import { findParticipantConversations, listParticipantConversations } from "./resolvers.ts";

const ParticipantConversationType = nodeType(
  builder.objectRef<LightParticipantConversation>("ParticipantConversation"),
  {
    description: "A conversation that someone takes part in, with the participant that they are there.",
    sidOf: ({ participant }) => participant.sid,
    fields: (t) => ({
      participant: t.expose("participant", {
        extensions: SAME_ROWS,
        type: ParticipantType,
        description: "Who they are in it.",
      }),
      conversation: t.expose("conversation", {
        extensions: SAME_ROWS,
        type: ConversationType,
        description: "What they take part in.",
      }),
      unreadMessagesCount: t.int({
        extensions: FULL_ROWS,
        nullable: true,
        description: WORDING.unreadMessagesCount,
        resolve: ({ participant }, _, ctx) => unreadCountOf(ctx, participant),
      }),
    }),
  },
);

findNodesOf("ParticipantConversation", findParticipantConversations);

const ParticipantConversationConnection = connectionType(
  "ParticipantConversation",
  ParticipantConversationType,
);

const ConversationOrder = builder.enumType("ConversationOrder", {
  description: "The order of a list of conversations.",
  values: {
    SID: { value: "sid", description: "By conversation SID, oldest first." },
    LAST_ACTIVITY: {
      value: "lastActivity",
      description:
        "Latest activity first: the newest message, or the creation. A message moves its conversation to the front.",
    },
    DATE_CREATED: { value: "dateCreated", description: "Newest conversation first." },
  } as const,
});

const ChannelType = builder.enumType("ChannelType", {
  description: "How someone takes part in a conversation.",
  values: {
    CHAT: { value: "chat", description: "With an identity." },
    SMS: { value: "sms", description: "With a phone number, a member of a group MMS too." },
    WHATSAPP: { value: "whatsapp", description: "With an address that begins with `whatsapp:`." },
    MESSENGER: { value: "messenger", description: "With an address that begins with `messenger:`." },
    RCS: { value: "rcs", description: "With an address that begins with `rcs:`." },
    GBM: { value: "gbm", description: "With an address that begins with `gbm:`." },
    APPLE: { value: "apple", description: "With an address that begins with `apple:`." },
    EMAIL: { value: "email", description: "With an address that begins with `email:`." },
  } as const,
});

const ParticipantConversationFilter = builder.inputType("ParticipantConversationFilter", {
  description:
    "Conversations that meet all that is given; what is absent or null filters nothing. A page of a filtered list reads on in that list until it is full, and nothing beside it.",
  fields: (t) => ({
    state: t.field({
      type: ConversationState,
      description: "In this state now, timers that have run out included.",
    }),
    unreadOnly: t.boolean({
      description:
        "True: only with messages above the participant's read horizon; without a horizon nothing is unread. False filters nothing.",
    }),
    muted: t.boolean({
      description: "Whether the participant's notification level is `MUTED`; false: only those that are not.",
    }),
    channelType: t.field({
      type: ChannelType,
      description: "Someone takes part over this channel, whoever it is.",
    }),
    activeSince: t.field({
      type: "DateTime",
      description: "Last activity at this moment or later; INVALID_PARAMETER where it is no moment.",
    }),
    friendlyNamePrefix: t.string({
      description:
        "The friendly name begins with this text, in upper or lower case; no character of it is a wildcard. At most 256 characters, else FRIENDLY_NAME_TOO_LONG. An empty text filters nothing.",
    }),
  }),
});

/** The arguments by which lists of what someone takes part in are sorted and filtered. */
export function listing(arg: ArgBuilder<SchemaTypes>) {
  return {
    orderBy: arg({
      type: ConversationOrder,
      defaultValue: "sid",
      description:
        "How the list is sorted; null means `SID`. In each order a page costs the same at any depth.",
    }),
    filter: arg({ type: ParticipantConversationFilter, description: "Which of them; absent or null, all." }),
  };
}

/** `connect`, with the list's parameters named as in GraphQL, and the default order the same list as none. */
export function connectListing<T>(
  ctx: Context,
  info: GraphQLResolveInfo,
  parent: string | null,
  args: PagingArgs & ListInput,
  read: (request: PageRequest) => Promise<Page<T>>,
): Promise<Connection<T>> {
  const listed = { ...args, orderBy: args.orderBy === "sid" ? null : args.orderBy };
  return renaming(FILTER_NAMES, () => connect(ctx, info, parent, listed, read));
}

const FILTER_NAMES = {
  activeSince: "filter.activeSince",
  friendlyNamePrefix: "filter.friendlyNamePrefix",
};

builder.queryField("participantConversations", (t) =>
  t.field({
    type: ParticipantConversationConnection,
    nullable: true,
    description:
      "Which conversations an identity or an address belongs to, closed ones too. Exactly one of `identity` and `address`, else INVALID_PARAMETER or IDENTITY_AND_ADDRESS. Null only with an error.",
    args: {
      ...paging(t.arg),
      identity: t.arg.string({ description: "Chat identity, as it was when the participant joined." }),
      address: t.arg.string({ description: "Messaging address: `+15558675310`, `whatsapp:+15558675310`, …" }),
      ...listing(t.arg),
      serviceSid: serviceSidArg(t.arg),
    },
    resolve: (_, args, ctx, info) =>
      connectListing(ctx, info, null, args, (page) =>
        listParticipantConversations(ctx, args, page, columnsOf(info)),
      ),
  }),
);
