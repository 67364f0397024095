import { describe, expect, it } from "vitest";
import { binding, native, newAccount, projected, refusal } from "../setup/seed.ts";

const ADDRESS = "+15550000001";
const PROXY = "+15550000002";
const PAIR = binding(ADDRESS, PROXY);

describe("one identity once in a conversation", () => {
  it("409 50433 when it is in already, and nothing changes", async () => {
    const { rest, conversation, participant, stored } = await newAccount();
    const made = await conversation();
    await participant(made, { Identity: "ann" });
    const before = await stored();
    for (const form of [{ Identity: "ann" }, projected(PROXY, "ann")]) {
      expect(await rest.post(made.links.participants, form)).toMatchObject(refusal(409, 50433));
    }
    expect(await stored()).toBe(before);
  });

  it("201 again once removed, in another case, and in another conversation", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made = await conversation();
    const ann = await participant(made, { Identity: "ann" });
    await participant(made, { Identity: "Ann" });
    await participant(await conversation(), { Identity: "ann" });
    await rest.delete(ann.url);
    expect((await participant(made, { Identity: "ann" })).sid).not.toBe(ann.sid);
  });
});

describe("one (address, proxy address) over the open conversations of an account", () => {
  it.each(["active", "inactive"])("409 50416 while its conversation is %s, which is named", async (State) => {
    const { rest, conversation, participant, service, stored } = await newAccount();
    const holder = await conversation({ State });
    await participant(holder, PAIR);
    const { sid } = await service();
    const elsewhere = (await rest.post(`/v1/Services/${sid}/Conversations`)).body;
    const another = await conversation();
    const before = await stored();
    for (const { links } of [holder, another, elsewhere]) {
      const answer = await rest.post(links.participants, PAIR);
      expect(answer).toMatchObject(refusal(409, 50416));
      expect(/Conversation (CH\w+)/.exec(answer.body.message)?.[1]).toBe(holder.sid);
    }
    expect(await stored()).toBe(before);
  });

  it.each([
    ["the participant is removed", (s: Held) => s.rest.delete(s.participant.url)],
    ["the conversation is closed", (s: Held) => s.rest.post(s.conversation.url, { State: "closed" })],
    ["the conversation is deleted", (s: Held) => s.rest.delete(s.conversation.url)],
    [
      "the proxy is taken away",
      (s: Held) => s.rest.post(s.participant.url, { "MessagingBinding.ProxyAddress": "null" }),
    ],
  ])("201 once %s", async (_, free) => {
    const held = await holding();
    expect((await free(held)).status).toBeLessThan(300);
    const other = await held.newConversation();
    expect((await held.rest.post(other.links.participants, PAIR)).status).toBe(201);
  });

  it("201 once its service is deleted", async () => {
    const { rest, service, conversation, participant } = await newAccount();
    const { sid, url } = await service();
    const inside = (await rest.post(`/v1/Services/${sid}/Conversations`)).body;
    await rest.post(inside.links.participants, PAIR);
    const outside = await conversation();
    expect(await rest.post(outside.links.participants, PAIR)).toMatchObject(refusal(409, 50416));
    await rest.delete(url);
    await participant(outside, PAIR);
  });

  it("201 for the same address with another proxy, the same proxy with another address, or the pair turned round", async () => {
    const { conversation, participant } = await newAccount();
    const made = await conversation();
    await participant(made, PAIR);
    await participant(made, binding(ADDRESS, "+15550000003"));
    await participant(made, binding("+15550000004", PROXY));
    await participant(made, binding(PROXY, ADDRESS));
    await participant(made, binding(`whatsapp:${ADDRESS}`, `whatsapp:${PROXY}`));
  });

  it("201 for another account", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    await one.participant(await one.conversation(), PAIR);
    await other.participant(await other.conversation(), PAIR);
  });

  it("stays shown in the closed conversation that held it, and found by its address", async () => {
    const { rest, participant, conversation, newConversation, participantIn } = await holding();
    await rest.post(conversation.url, { State: "closed" });
    const second = await newConversation();
    await participantIn(second, PAIR);
    expect((await rest.get(participant.url)).body).toEqual(participant);
    const { body } = await rest.get("/v1/ParticipantConversations", { Address: ADDRESS });
    expect(body.conversations).toMatchObject([
      { conversation_sid: conversation.sid, conversation_state: "closed" },
      { conversation_sid: second.sid, conversation_state: "active" },
    ]);
  });
});

type Held = Awaited<ReturnType<typeof holding>>;

/** A conversation that holds the pair. */
async function holding() {
  const seed = await newAccount();
  const conversation = await seed.conversation();
  const participant = await seed.participant(conversation, PAIR);
  const { rest } = seed;
  return {
    rest,
    conversation,
    participant,
    newConversation: seed.conversation,
    participantIn: seed.participant,
  };
}

describe("members of a group MMS", () => {
  it("409 50437 for a number, native or projected, that is in already, and nothing changes", async () => {
    const { rest, conversation, participant, stored } = await newAccount();
    const made = await conversation();
    await participant(made, native(ADDRESS));
    await participant(made, projected(PROXY, "ann"));
    const before = await stored();
    for (const form of [native(ADDRESS), projected(PROXY), projected(PROXY, "bob")]) {
      expect(await rest.post(made.links.participants, form)).toMatchObject(refusal(409, 50437));
    }
    expect(await stored()).toBe(before);
  });

  it("201 for the same numbers in several conversations", async () => {
    const { conversation, participant } = await newAccount();
    for (const made of [await conversation(), await conversation()]) {
      await participant(made, native(ADDRESS));
      await participant(made, projected(PROXY, "ann"));
    }
  });
});
