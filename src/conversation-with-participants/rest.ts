import { z } from "zod";
import {
  conversation,
  conversationFields,
  conversationNames,
  fromForm,
  toWire,
} from "../conversations/rest.ts";
import { ApiError } from "../core/errors.ts";
import { attempt } from "../core/items.ts";
import type { NewParticipantInput } from "../participants/joining/model.ts";
import { namingConflict } from "../rest/errors.ts";
import { type Route, route } from "../rest/route.ts";
import { createConversationWithParticipants } from "./resolvers.ts";

const text = z.string().nullish();
const participant = z.strictObject({
  identity: text,
  messaging_binding: z
    .strictObject({ address: text, proxy_address: text, projected_address: text })
    .nullish(),
  attributes: text,
  role_sid: text,
  date_created: text,
  date_updated: text,
});

/** @throws ApiError PARTICIPANT_JSON_INVALID */
function participantFrom(json: string): NewParticipantInput {
  const parsed = participant.safeParse(parse(json));
  if (!parsed.success) throw new ApiError("PARTICIPANT_JSON_INVALID", at(parsed.error.issues[0]!));
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

/** Of keys that nobody declared, the first one is at fault, unless it is no name to tell. */
function at(issue: z.core.$ZodIssue): { parameter?: string } {
  const keys = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const name = [...issue.path, ...keys].join(".");
  return /^[\w.]{1,64}$/.test(name) ? { parameter: name } : {};
}

/** An empty value counts as absent. */
function filled(participants: readonly string[] = []): readonly string[] {
  return participants.filter((json) => json !== "");
}

/** Every fault with its place, and its parameter as the JSON spells it: `Participant[3].role_sid`. */
function named(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { faults } = error;
  const parameter = nameInJson(error);
  const message = faults
    ?.map((fault) => `Participant[${fault.index}]: ${namingConflict(fault.error)}`)
    .join("; ");
  return error.with({
    ...(message !== undefined && { message }),
    ...(parameter !== undefined && { parameter }),
  });
}

function nameInJson({ code, parameter }: ApiError): string | undefined {
  const [, place, name = ""] = /^participants((?:\[\d+\])?)(.*)$/s.exec(parameter ?? "") ?? [];
  if (place === undefined) return parameter;
  // What is wrong with the JSON itself is told by its own keys.
  const isSpelt = code === "PARTICIPANT_JSON_INVALID";
  return `Participant${place}${isSpelt ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
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
  names: conversationNames,
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
