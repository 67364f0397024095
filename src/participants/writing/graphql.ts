import { ConversationType } from "../../conversations/graphql.ts";
import { findConversation } from "../../conversations/resolvers.ts";
import { checkText } from "../../core/text.ts";
import { attributesFields, attributesFrom } from "../../graphql/attributes.ts";
import { builder } from "../../graphql/builder.ts";
import { columnsOf } from "../../graphql/columns.ts";
import { encodeNodeId } from "../../graphql/id.ts";
import { mutation } from "../../graphql/mutation.ts";
import { WORDING } from "../../graphql/wording.ts";
import { ParticipantType } from "../graphql.ts";
import { ATTRIBUTES_LIMIT } from "../model.ts";
import { removeParticipant, updateParticipant } from "../resolvers.ts";

const ParticipantBindingUpdate = builder.inputType("UpdateMessagingBindingInput", {
  description: "An address that is absent stays, null removes it, a text adds it where there is none.",
  fields: (t) => ({
    proxyAddress: t.string({
      description:
        "Ours that speaks with the participant's own address. PROXY_ADDRESS_NOT_ADDABLE or PROXY_ADDRESS_NOT_REMOVABLE.",
    }),
    projectedAddress: t.string({
      description:
        "Number of a chat participant in a group MMS. PROJECTED_ADDRESS_NOT_ADDABLE or PROJECTED_ADDRESS_NOT_REMOVABLE.",
    }),
  }),
});

mutation("updateParticipant", {
  description: "Changes a participant of an open conversation. What is absent stays as it is, null clears.",
  input: {
    description:
      "The participant to change, and what to change of it. CONVERSATION_CLOSED where the conversation is closed.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
      sid: t.string({
        required: true,
        description: "SID of the participant; its identity will not do here.",
      }),
      identity: t.string({
        description:
          "Makes a chat participant of a projected address that has no identity, else IDENTITY_NOT_ADDABLE; absent or null leaves it.",
      }),
      messagingBinding: t.field({
        type: ParticipantBindingUpdate,
        description:
          "Addresses to add or to remove. BINDING_EXISTS where another open conversation of the account has the same pair.",
      }),
      ...attributesFields(t, ATTRIBUTES_LIMIT),
      roleSid: t.string({
        description:
          "SID of a role of the type `CONVERSATION`; absent or null leaves it. ROLE_NOT_FOUND or ROLE_TYPE_INVALID.",
      }),
      lastReadMessageIndex: t.int({
        description: WORDING.lastReadMessageIndex,
      }),
      lastReadTimestamp: t.field({
        type: "DateTime",
        description: WORDING.lastReadTimestamp,
      }),
      dateCreated: t.field({ type: "DateTime", description: WORDING.correctedCreated }),
      dateUpdated: t.field({ type: "DateTime", description: WORDING.correctedUpdated }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { conversationSid, sid, ...input }) => ({
    participant: await updateParticipant(ctx, {
      ...input,
      conversation: checkText(conversationSid, "conversationSid"),
      participant: checkText(sid, "sid"),
      attributes: attributesFrom(input),
    }),
  }),
  payload: (t) => ({
    participant: t.expose("participant", {
      type: ParticipantType,
      description: "The participant as it is now.",
    }),
  }),
});

mutation("removeParticipant", {
  description: "Takes a participant out of a conversation, in any state.",
  input: {
    description: "The participant to remove, and where from.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
      sid: t.string({
        required: true,
        description: "SID of the participant; its identity will not do here.",
      }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { serviceSid, conversationSid, sid }) =>
    removeParticipant(ctx, {
      serviceSid,
      conversation: checkText(conversationSid, "conversationSid"),
      participant: checkText(sid, "sid"),
    }),
  payload: (t) => ({
    deletedId: t.id({
      description: "Id that the participant had.",
      resolve: ({ sid }) => encodeNodeId("Participant", sid),
    }),
    sid: t.exposeString("sid", { description: "SID that the participant had." }),
    conversation: t.field({
      type: ConversationType,
      nullable: true,
      description: "The conversation without the participant; null where it was deleted in between.",
      resolve: ({ conversationSid }, _, ctx, info) => findConversation(ctx, conversationSid, columnsOf(info)),
    }),
  }),
});
