import { expect } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { COUNT_FAULTS } from "../setup/inbox.ts";
import type { Resource, Seed } from "../setup/seed.ts";

const ERROR = `error { __typename code message status twilioCode
  parameter ... on ConflictError { conflicting { id } } }`;
const PARTICIPANT = `sid identity roleSid attributesText dateCreated user { sid identity }
  messagingBinding { type address proxyAddress projectedAddress }`;
const FAULTS = `... on ItemsError { faults { index ${ERROR} } }`;

async function run({ graphql }: Pick<Seed, "graphql">, name: string, input: object, payload: string) {
  const { query, variables } = mutationOf(name, input as Record<string, unknown>, payload);
  const { body } = await graphql(query.replace("... on Error {", `${FAULTS} ... on Error {`), variables);
  expect(body.errors).toBeUndefined();
  return body.data.result;
}

type Mode = "ALL_OR_NOTHING" | "PER_ITEM";

/** What the mutation answers: its payload, or the error that it is. */
export function addAll(
  seed: Pick<Seed, "graphql">,
  conversation: Resource,
  participants: readonly object[],
  mode: Mode = "PER_ITEM",
): Promise<Resource> {
  const payload = `addedCount items { participant { ${PARTICIPANT} } ${ERROR} } conversation { sid }`;
  return run(seed, "addParticipants", { conversationSid: conversation.sid, participants, mode }, payload);
}

export function removeAll(
  seed: Pick<Seed, "graphql">,
  conversation: Resource,
  sids: readonly string[],
  mode: Mode = "PER_ITEM",
): Promise<Resource> {
  const payload = `removedCount items { sid deletedId ${ERROR} } conversation { sid }`;
  return run(seed, "removeParticipants", { conversationSid: conversation.sid, sids, mode }, payload);
}

export const chat = (identity: string) => ({ identity });
export const pair = (address: string, proxyAddress: string) => ({
  messagingBinding: { address, proxyAddress },
});
/** So many who chat, named from `first` on. */
export const users = (count: number, first = 0) =>
  Array.from({ length: count }, (_, n) => chat(`user-${first + n}`));

/** Conversations that count other participants than they have; none, ever. */
export function countFaults({ query }: Seed) {
  return query(COUNT_FAULTS);
}
