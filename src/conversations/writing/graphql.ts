import { checkText } from "../../core/text.ts";
import { attributesFields, attributesFrom } from "../../graphql/attributes.ts";
import { builder, type InputFields } from "../../graphql/builder.ts";
import { encodeNodeId } from "../../graphql/id.ts";
import { mutation } from "../../graphql/mutation.ts";
import { WORDING } from "../../graphql/wording.ts";
import { ConversationState, ConversationType } from "../graphql.ts";
import { ATTRIBUTES_LIMIT } from "../model.ts";
import { createConversation, deleteConversation, updateConversation } from "../resolvers.ts";

const TimersInput = builder.inputType("TimersInput", {
  description:
    "ISO 8601 durations of weeks, days, hours, minutes and seconds, such as `P1DT12H`, up to 100 years. `PT0S` or null removes a timer, or makes none; one that is absent stays, or is the account's default.",
  fields: (t) => ({
    inactive: t.string({
      description:
        "Time without activity until inactive; at least `PT1M`. TIMER_INACTIVE_INVALID or TIMER_INACTIVE_TOO_SHORT.",
    }),
    closed: t.string({
      description:
        "Time without activity until closed; at least `PT10M`. TIMER_CLOSED_INVALID or TIMER_CLOSED_TOO_SHORT.",
    }),
  }),
});

const EmailBindingInput = builder.inputType("EmailBindingInput", {
  description: "What emails of the conversation carry as their sender. What is absent stays, null clears it.",
  fields: (t) => ({
    address: t.string({ description: "Email address, at most 256 characters, else INVALID_PARAMETER." }),
    name: t.string({
      description: "Name shown with the address, at most 256 characters, else INVALID_PARAMETER.",
    }),
  }),
});

function conversationFields(t: InputFields) {
  return {
    serviceSid: t.string({ description: WORDING.ofService }),
    friendlyName: t.string({ description: WORDING.friendlyName }),
    uniqueName: t.string({
      description:
        "Name for programs, at most 256 characters and not of the shape of a SID, else UNIQUE_NAME_INVALID or UNIQUE_NAME_MATCHES_SID; UNIQUE_NAME_EXISTS where another in the service has it.",
    }),
    ...attributesFields(t, ATTRIBUTES_LIMIT),
    messagingServiceSid: t.string({
      description:
        "SID of a messaging service, `MG` and 32 hex digits, else MESSAGING_SERVICE_SID_INVALID; it is not looked up.",
    }),
    email: t.field({
      type: EmailBindingInput,
      description: "Sender of its emails; null clears both fields.",
    }),
  };
}

/** What a new conversation is described by. */
export function newConversationFields(t: InputFields) {
  return {
    ...conversationFields(t),
    state: t.field({
      type: ConversationState,
      description: "Absent, `ACTIVE`. INITIAL_STATE_CLOSED for `CLOSED`, STATE_EMPTY for null.",
    }),
    timers: t.field({ type: TimersInput, description: "TIMERS_WITHOUT_STATE where `state` is absent." }),
    dateCreated: t.field({ type: "DateTime", description: WORDING.importedCreated }),
    dateUpdated: t.field({ type: "DateTime", description: WORDING.importedUpdated }),
  };
}

mutation("createConversation", {
  description:
    "Makes a conversation. A new one can't be closed, and its timers need a `state`. A timer or messaging service that is absent is the one that the account's configuration gives.",
  input: {
    description: "The conversation to make. Nothing is required.",
    fields: newConversationFields,
  },
  errors: ["notFound"],
  resolve: async (ctx, input) => ({
    conversation: await createConversation(ctx, { ...input, attributes: attributesFrom(input) }),
  }),
  payload: (t) => ({
    conversation: t.expose("conversation", { type: ConversationType, description: "The new conversation." }),
  }),
});

mutation("updateConversation", {
  description: "Changes an open conversation. What is absent stays as it is, null clears.",
  input: {
    description:
      "The conversation to change, and what to change of it. CONVERSATION_CLOSED where it is closed.",
    fields: (t) => ({
      sid: t.string({ required: true, description: WORDING.ofConversation }),
      ...conversationFields(t),
      state: t.field({
        type: ConversationState,
        description:
          "Absent leaves it; given, both timers start anew. `CLOSED` is final. STATE_EMPTY for null.",
      }),
      timers: t.field({
        type: TimersInput,
        description: "Both start anew where either is given; null removes both.",
      }),
      dateCreated: t.field({ type: "DateTime", description: WORDING.correctedCreated }),
      dateUpdated: t.field({ type: "DateTime", description: WORDING.correctedUpdated }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { sid, ...input }) => ({
    conversation: await updateConversation(ctx, {
      ...input,
      conversation: checkText(sid, "sid"),
      attributes: attributesFrom(input),
    }),
  }),
  payload: (t) => ({
    conversation: t.expose("conversation", {
      type: ConversationType,
      description: "The conversation as it is now.",
    }),
  }),
});

mutation("deleteConversation", {
  description: "Deletes a conversation, in any state, with its participants.",
  input: {
    description: "The conversation to delete.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      sid: t.string({ required: true, description: WORDING.ofConversation }),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { serviceSid, sid }) => ({
    sid: (await deleteConversation(ctx, { serviceSid, conversation: checkText(sid, "sid") })).sid,
  }),
  payload: (t) => ({
    deletedId: t.id({
      description: "Id that the conversation had.",
      resolve: ({ sid }) => encodeNodeId("Conversation", sid),
    }),
    sid: t.exposeString("sid", { description: "SID that the conversation had." }),
  }),
});
