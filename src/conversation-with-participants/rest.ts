import { z } from "zod";
import { conversation, conversationFields, fromForm, toWire } from "../conversations/rest.ts";
import { ApiError } from "../core/errors.ts";
import { attempt } from "../core/items.ts";
import type { NewParticipantInput } from "../participants/joining/model.ts";
import { namingConflict } from "../rest/errors.ts";
import { type Route, route } from "../rest/route.ts";
import { createConversationWithParticipants } from "./resolvers.ts";

const text = z.string().nullish();
const participant = z.object({
  identity: text,
  messaging_binding: z.object({ address: text, proxy_address: text, projected_address: text }).nullish(),
  attributes: text,
  role_sid: text,
  date_created: text,
  date_updated: text,
});

/** @throws ApiError PARTICIPANT_JSON_INVALID */
function participantFrom(json: string): NewParticipantInput {
  const parsed = participant.safeParse(parse(json));
  if (!parsed.success) throw new ApiError("PARTICIPANT_JSON_INVALID", at(parsed.error.issues[0]?.path));
  const { identity, messaging_binding: binding, attributes, role_sid: roleSid, ...dates } = parsed.data;
  return {
    identity,
    messagingBinding: binding && {
      address: binding.address,
      proxyAddress: binding.proxy_address,
      projectedAddress: binding.projected_address,
    },
    attributes: attributes ?? undefined,
    roleSid,
    dateCreated: dates.date_created,
    dateUpdated: dates.date_updated,
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** `messaging_binding.proxy_address` is the model's `messagingBinding.proxyAddress`. */
function at(path: readonly PropertyKey[] = []): { parameter?: string } {
  const name = path.join(".").replace(/_[a-z]/g, (initial) => initial.slice(1).toUpperCase());
  return name === "" ? {} : { parameter: name };
}

/** An empty value counts as absent. */
function filled(participants: readonly string[] = []): readonly string[] {
  return participants.filter((json) => json !== "");
}

/** Every fault with its place, as the parameter's name has it: `Participant[3]`. */
function named(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { parameter, faults } = error;
  const message = faults
    ?.map((fault) => `Participant[${fault.index}]: ${namingConflict(fault.error)}`)
    .join("; ");
  return error.with({
    ...(message !== undefined && { message }),
    ...(parameter !== undefined && { parameter: parameter.replace(/^participants\b/, "participant") }),
  });
}

const withoutExport = conversation.shape.links.omit({ export: true });

const response = conversation.extend({ links: withoutExport }).meta({
  id: "ConversationWithParticipants",
  description: "A conversation that was made with its participants.",
});

const form = conversationFields.extend({
  Participant: z
    .array(z.string())
    .optional()
    .describe(
      'Someone to add, as JSON text: `{"identity": "ann"}` or `{"messaging_binding": {"address": "+15558675310", "proxy_address": "+15017122661"}}`, with `attributes` (a text), `role_sid`, `date_created` and `date_updated` where wanted. At most 10 of them.',
    ),
});

export const conversationWithParticipantsRoutes: readonly Route[] = route({
  tag: "ConversationWithParticipants",
  method: "POST",
  path: "/ConversationWithParticipants",
  operationId: "CreateConversationWithParticipants",
  summary: "Create a conversation with its participants, all or nothing",
  form,
  webhooks: true,
  status: 201,
  alternative: { status: 202, when: ({ form }) => filled(form.Participant).length > 0 },
  response,
  handler: async (ctx, call) => {
    const { Participant: given, ...fields } = call.form;
    const participants = filled(given);
    try {
      const made = await createConversationWithParticipants(ctx, {
        serviceSid: call.serviceSid,
        ...fromForm(fields),
        participants: participants.map((json) => attempt(() => participantFrom(json))),
      });
      const { links, ...wire } = toWire(made.conversation, call);
      return { ...wire, links: withoutExport.parse(links) };
    } catch (error) {
      throw named(error);
    }
  },
});
