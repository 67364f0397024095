import { expect, it } from "vitest";
import type { Form } from "../setup/clients.ts";
import { binding, native, newAccount, projected, type Resource, type Seed } from "../setup/seed.ts";

const WHATSAPP = binding("whatsapp:+15550000005", "whatsapp:+15550000006");
const EMAIL: Form = { "MessagingBinding.Address": "email:ann@example.com" };

/** Over which of these somebody takes part in the conversation, asked as the one who finds it by chat. */
async function channelsOf({ graphql }: Seed, { sid }: Resource): Promise<string[]> {
  const found: string[] = [];
  for (const channel of ["CHAT", "SMS", "WHATSAPP", "MESSENGER", "RCS", "GBM", "APPLE", "EMAIL"]) {
    const query = `{ participantConversations(identity: "witness", filter: { channelType: ${channel} }) { totalCount nodes { conversation { sid } } } }`;
    const { totalCount, nodes } = (await graphql(query)).body.data.participantConversations;
    expect(totalCount).toBe(nodes.length);
    if (nodes.some((node: Resource) => node.conversation.sid === sid)) found.push(channel);
  }
  return found;
}

async function witnessed() {
  const seed = await newAccount();
  const room = await seed.conversation();
  await seed.participant(room, { Identity: "witness" });
  // Another, reached in every way, is never mistaken for it.
  const other = await seed.conversation();
  for (const form of [{ Identity: "witness" }, binding("+15550000007", "+15550000008")]) {
    await seed.participant(other, form);
  }
  return { seed, room };
}

it("a conversation is reached over the channels of those who are in it, and no longer over those of who has left", async () => {
  const { seed, room } = await witnessed();
  expect(await channelsOf(seed, room)).toEqual(["CHAT"]);
  const whatsapp = await seed.participant(room, WHATSAPP);
  const email = await seed.participant(room, EMAIL);
  const first = await seed.participant(room, native("+15550000001"));
  const second = await seed.participant(room, projected("+15550000002"));
  expect(await channelsOf(seed, room)).toEqual(["CHAT", "SMS", "WHATSAPP", "EMAIL"]);
  await seed.rest.delete(whatsapp.url);
  expect(await channelsOf(seed, room)).toEqual(["CHAT", "SMS", "EMAIL"]);
  await seed.rest.delete(first.url);
  expect(await channelsOf(seed, room)).toEqual(["CHAT", "SMS", "EMAIL"]);
  await seed.rest.delete(email.url);
  await seed.rest.delete(second.url);
  expect(await channelsOf(seed, room)).toEqual(["CHAT"]);
});

it("an update that takes a projected address away takes its channel along", async () => {
  const { seed, room } = await witnessed();
  const participant = await seed.participant(room, projected("+15550000002", "ann"));
  expect(await channelsOf(seed, room)).toEqual(["CHAT", "SMS"]);
  const { status } = await seed.rest.post(participant.url, { "MessagingBinding.ProjectedAddress": "null" });
  expect(status).toBe(200);
  expect(await channelsOf(seed, room)).toEqual(["CHAT"]);
});

it("a user that is deleted takes along the channel of its number, where nobody else has one", async () => {
  const { seed, room } = await witnessed();
  const shared = await seed.conversation();
  await seed.participant(shared, { Identity: "witness" });
  await seed.participant(shared, native("+15550000001"));
  await seed.participant(shared, WHATSAPP);
  for (const one of [room, shared]) await seed.participant(one, projected("+15550000002", "ann"));
  expect((await seed.rest.delete("/v1/Users/ann")).status).toBe(204);
  expect(await channelsOf(seed, room)).toEqual(["CHAT"]);
  expect(await channelsOf(seed, shared)).toEqual(["CHAT", "SMS", "WHATSAPP"]);
});

it("nobody chats in a conversation whose last identity has left", async () => {
  const { seed, room } = await witnessed();
  const phone = await seed.participant(room, binding("+15550000003", "+15550000004"));
  const { participants } = (await seed.rest.get(room.links.participants)).body;
  await seed.rest.delete(participants.find((one: Resource) => one.sid !== phone.sid).url);
  const query = (channel: string) =>
    `{ participantConversations(address: "+15550000003", filter: { channelType: ${channel} }) { totalCount } }`;
  for (const [channel, totalCount] of [
    ["CHAT", 0],
    ["SMS", 1],
  ] as const) {
    const { body } = await seed.graphql(query(channel));
    expect(body.data.participantConversations).toEqual({ totalCount });
  }
});
