import { renaming } from "../core/errors.ts";
import { checkText } from "../core/text.ts";
import { ATTRIBUTES, attributesValue } from "../graphql/attributes.ts";
import { builder } from "../graphql/builder.ts";
import { columnsOf } from "../graphql/columns.ts";
import { connect, connectionType, paging } from "../graphql/connection.ts";
import { fieldsOfFull } from "../graphql/full.ts";
import { findNodesOf, nodeType } from "../graphql/node.ts";
import { orNull } from "../graphql/nullable.ts";
import { WORDING } from "../graphql/wording.ts";
import { ServiceType, serviceSidArg } from "../services/graphql.ts";
import { findServices } from "../services/resolvers.ts";
import type { Conversation, LightConversation } from "./model.ts";
import {
  conversationsOfService,
  findConversations,
  fullConversation,
  getConversation,
  listConversations,
} from "./resolvers.ts";

export const ConversationState = builder.enumType("ConversationState", {
  description: "How far a conversation has come.",
  values: {
    ACTIVE: { value: "active", description: "Open, and where a new one begins." },
    INACTIVE: { value: "inactive", description: "Nothing happened for the time of its timer; still open." },
    CLOSED: {
      value: "closed",
      description: "Final: it can be read and deleted, and its addresses are free.",
    },
  } as const,
});

const Timers = builder.objectRef<Conversation>("Timers").implement({
  description:
    "When a conversation changes its state by itself. Both start anew with each change of state or timers.",
  fields: (t) => ({
    dateInactive: t.expose("dateInactive", {
      type: "DateTime",
      nullable: true,
      description: "When it becomes, or became, inactive; null without that timer.",
    }),
    dateClosed: t.expose("dateClosed", {
      type: "DateTime",
      nullable: true,
      description: "When it is, or was, closed; null without that timer.",
    }),
  }),
});

const EmailBinding = builder.objectRef<Conversation>("EmailBinding").implement({
  description: "What emails of a conversation carry as their sender.",
  fields: (t) => ({
    address: t.exposeString("emailAddress", { nullable: true, description: "Email address of the sender." }),
    name: t.exposeString("emailName", { nullable: true, description: "Name shown with the address." }),
  }),
});

const full = fieldsOfFull(fullConversation);

export const ConversationType = nodeType(builder.objectRef<LightConversation>("Conversation"), {
  description: "A thread that participants take part in, by chat or by messaging.",
  sidOf: ({ sid }) => sid,
  fields: (t) => ({
    sid: t.exposeString("sid", { description: "`CH` and 32 hex digits." }),
    accountSid: t.string({
      description: WORDING.accountSid,
      resolve: (_, __, ctx) => ctx.accountSid,
    }),
    serviceSid: t.exposeString("chatServiceSid", { description: WORDING.serviceSid }),
    messagingServiceSid: t.string({
      ...full((conversation) => conversation.messagingServiceSid),
      nullable: true,
      description:
        "SID of the messaging service that its messages go out by: `MG` and 32 hex digits; null where none was given, nor configured.",
    }),
    friendlyName: t.exposeString("friendlyName", { nullable: true, description: "Name for people." }),
    uniqueName: t.exposeString("uniqueName", {
      nullable: true,
      description: "Name for programs, unique in the service; good wherever a conversation's SID is.",
    }),
    attributes: t.field({
      ...full((conversation) => attributesValue(conversation.attributes)),
      type: "JSON",
      description: ATTRIBUTES.value,
    }),
    attributesText: t.string({
      ...full((conversation) => conversation.attributes),
      description: ATTRIBUTES.text,
    }),
    state: t.expose("state", {
      type: ConversationState,
      description: "As of this moment: a timer that has run out has taken effect.",
    }),
    timers: t.field({
      ...full((conversation) => conversation),
      type: Timers,
      description: "When it changes its state by itself.",
    }),
    email: t.field({
      ...full((conversation) =>
        conversation.emailAddress === null && conversation.emailName === null ? null : conversation,
      ),
      type: EmailBinding,
      nullable: true,
      description: "Null where neither address nor name is set.",
    }),
    createdBy: t.string({
      ...full((conversation) => conversation.createdBy),
      description: "Identity of its creator, or `system`.",
    }),
    service: t.field({
      type: ServiceType,
      nullable: true,
      description: "Null where it was deleted in between.",
      resolve: async ({ chatServiceSid }, _, ctx) => (await findServices(ctx, [chatServiceSid]))[0],
    }),
    dateActivity: t.expose("dateActivity", {
      type: "DateTime",
      description: "The later of its creation and its newest message.",
    }),
    dateCreated: t.expose("dateCreated", {
      type: "DateTime",
      description: `${WORDING.dateCreated} An import may have set it.`,
    }),
    dateUpdated: t.expose("dateUpdated", {
      type: "DateTime",
      description: "When its own fields last changed; participants and messages do not move it.",
    }),
  }),
});

findNodesOf("Conversation", findConversations);

export const ConversationConnection = connectionType("Conversation", ConversationType);

const ConversationFilter = builder.inputType("ConversationFilter", {
  description: "Conversations that meet all that is given.",
  fields: (t) => ({
    state: t.field({
      type: ConversationState,
      description: "In this state now, timers that have run out included.",
    }),
    createdFrom: t.field({
      type: "DateTime",
      description: "Created at this moment or later; INVALID_PARAMETER where it is no moment.",
    }),
    createdTo: t.field({
      type: "DateTime",
      description:
        "Created at this moment or earlier: a whole second means all of it. DATE_RANGE_INVALID unless after `createdFrom`.",
    }),
  }),
});

const FILTERED = "Which of them; absent or null, all.";
const ORDER = "Latest activity first; with `createdFrom` or `createdTo`, newest created first.";

/** Parameters of a list as its errors name them. */
const FILTER_NAMES = {
  createdFrom: "filter.createdFrom",
  createdTo: "filter.createdTo",
};

builder.queryFields((t) => ({
  conversation: t.field({
    type: ConversationType,
    nullable: true,
    description: "A conversation; null where there is none.",
    args: {
      sid: t.arg.string({ required: true, description: WORDING.ofConversation }),
      serviceSid: serviceSidArg(t.arg),
    },
    resolve: (_, { sid, serviceSid }, ctx) =>
      orNull(getConversation(ctx, { serviceSid, conversation: checkText(sid, "sid") })),
  }),
  conversations: t.field({
    type: ConversationConnection,
    nullable: true,
    description: `The conversations of a service. ${ORDER} Null only with an error.`,
    args: {
      ...paging(t.arg),
      filter: t.arg({ type: ConversationFilter, description: FILTERED }),
      serviceSid: serviceSidArg(t.arg),
    },
    resolve: (_, args, ctx, info) =>
      renaming(FILTER_NAMES, () =>
        connect(ctx, info, null, args, (page) =>
          listConversations(ctx, { ...args.filter, serviceSid: args.serviceSid }, page, columnsOf(info)),
        ),
      ),
  }),
}));

builder.objectField(ServiceType, "conversations", (t) =>
  t.field({
    type: ConversationConnection,
    description: `Its conversations. ${ORDER}`,
    args: { ...paging(t.arg), filter: t.arg({ type: ConversationFilter, description: FILTERED }) },
    resolve: (service, args, ctx, info) =>
      renaming(FILTER_NAMES, () =>
        connect(ctx, info, service.sid, args, (page) =>
          conversationsOfService(ctx, service, args.filter ?? {}, page, columnsOf(info)),
        ),
      ),
  }),
);
