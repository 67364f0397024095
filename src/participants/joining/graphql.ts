import { checkText } from "../../core/text.ts";
import { attributesFields, attributesFrom } from "../../graphql/attributes.ts";
import { builder, type InputFields } from "../../graphql/builder.ts";
import { mutation } from "../../graphql/mutation.ts";
import { WORDING } from "../../graphql/wording.ts";
import { ParticipantType } from "../graphql.ts";
import { ATTRIBUTES_LIMIT } from "../model.ts";
import { addParticipant, ensureParticipant } from "./resolvers.ts";

const MessagingBindingInput = builder.inputType("MessagingBindingInput", {
  description:
    "Either `address`, with its `proxyAddress` or as a member of a group MMS; or `projectedAddress`.",
  fields: (t) => ({
    address: t.string({
      description:
        "The participant's own: `+15558675310`, `whatsapp:+15558675310`, … ADDRESS_INVALID or ADDRESS_EMPTY.",
    }),
    proxyAddress: t.string({
      description:
        "Ours that speaks with it, another of the same channel, else ADDRESS_EQUALS_PROXY or ADDRESS_TYPES_DIFFER; PROXY_ADDRESS_INVALID, PROXY_ADDRESS_EMPTY, and PROXY_ADDRESS_UNSUPPORTED for email.",
    }),
    projectedAddress: t.string({
      description:
        "Number that a chat participant gets in a group MMS; alone or with `identity`, else PROJECTED_ADDRESS_NOT_ADDABLE.",
    }),
  }),
});

/** What a new participant is described by. */
export function newParticipantFields(t: InputFields) {
  return {
    identity: t.string({
      description:
        "Chat identity, 1 to 256 characters and not of the shape of a SID, else IDENTITY_TOO_LONG or IDENTITY_MATCHES_SID; with an address or proxy address IDENTITY_WITH_ADDRESS. PARTICIPANT_EXISTS where it is in the conversation.",
    }),
    messagingBinding: t.field({
      type: MessagingBindingInput,
      description:
        "Addresses of one who is reached by messaging. BINDING_EXISTS where another open conversation of the account has the same pair.",
    }),
    ...attributesFields(t, ATTRIBUTES_LIMIT),
    roleSid: t.string({
      description:
        "SID of a role of the type `CONVERSATION`; absent or null, the service's default for participants, and none for a member of a group MMS. ROLE_NOT_FOUND or ROLE_TYPE_INVALID.",
    }),
    dateCreated: t.field({ type: "DateTime", description: WORDING.importedCreated }),
    dateUpdated: t.field({ type: "DateTime", description: WORDING.importedUpdated }),
  };
}

mutation("addParticipant", {
  description:
    "Adds a participant to an open conversation: by `identity`, whose user is made where it is new, or by `messagingBinding`.",
  input: {
    description:
      "Who to add, by `identity` or `messagingBinding`, else IDENTITY_MISSING. CONVERSATION_CLOSED where that is closed; PARTICIPANT_LIMIT above 1,000, NON_CHAT_PARTICIPANT_LIMIT above 50 without identity.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
      ...newParticipantFields(t),
    }),
  },
  errors: ["notFound"],
  resolve: async (ctx, { conversationSid, ...input }) => ({
    participant: await addParticipant(ctx, {
      ...input,
      conversation: checkText(conversationSid, "conversationSid"),
      attributes: attributesFrom(input),
    }),
  }),
  payload: (t) => ({
    participant: t.expose("participant", { type: ParticipantType, description: "The new participant." }),
  }),
});

mutation("ensureParticipant", {
  description:
    "Answers the participant who is in the conversation already, and adds it where it is not. The one that is there comes back as it is, whatever else the input says of it, and from a closed conversation too. Who has an `identity` is the same by that alone; anyone else by its addresses. However many ask at once, one participant is made, and all are answered it.",
  input: {
    description:
      "Who is to be there, as `addParticipant` takes it, with the same errors but PARTICIPANT_EXISTS. BINDING_EXISTS where another open conversation has the pair; GROUP_PARTICIPANT_EXISTS where the projected number belongs to another identity.",
    fields: (t) => ({
      serviceSid: t.string({ description: WORDING.ofService }),
      conversationSid: t.string({ required: true, description: WORDING.ofConversation }),
      ...newParticipantFields(t),
    }),
  },
  errors: ["notFound"],
  resolve: (ctx, { conversationSid, ...input }) =>
    ensureParticipant(ctx, {
      ...input,
      conversation: checkText(conversationSid, "conversationSid"),
      attributes: attributesFrom(input),
    }),
  payload: (t) => ({
    participant: t.expose("participant", {
      type: ParticipantType,
      description: "The participant, who was there or is new.",
    }),
    created: t.exposeBoolean("created", { description: "Whether it is new." }),
  }),
});
