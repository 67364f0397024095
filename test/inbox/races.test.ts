import { describe, expect, it } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { newAccount, type Resource, race, type Seed } from "../setup/seed.ts";

const USERS = ["ann", "bob", "cat", "dan"];

/** Conversations that everyone is in, joined in another order each. */
async function shared(seed: Seed, count: number) {
  const made: Resource[] = [];
  for (let i = 0; i < count; i++) {
    made.push(await seed.conversation());
    const users = i % 2 === 0 ? USERS : USERS.toReversed();
    for (const Identity of users) await seed.participant(made[i], { Identity });
  }
  return made;
}

function mutate({ graphql }: Seed, name: string, input: Record<string, unknown>) {
  const { query, variables } = mutationOf(name, input);
  return graphql(query, variables);
}

describe("32 writers of messages against 32 who read", () => {
  it("all succeed, and every count is exact", async () => {
    const seed = await newAccount();
    const { rest } = seed;
    const made = await shared(seed, 2);
    for (let round = 0; round < 4; round++) {
      const tally = await race(64, (n) => {
        const [conversation, userSid] = [made[(n >> 2) % 2], USERS[n % 4]!];
        const own = `/v1/Users/${userSid}/Conversations/${conversation.sid}`;
        if (n < 32) return rest.post(conversation.links.messages, { Body: `${n}` });
        if (n < 44) return rest.post(own, { LastReadMessageIndex: String(n - 32 + 8 * round) });
        if (n < 52) return mutate(seed, "markAllRead", { userSid });
        if (n < 60) return mutate(seed, "markRead", { userSid, conversationSid: conversation.sid });
        return rest.post(own, { LastReadMessageIndex: "null" });
      });
      expect(tally).toEqual({ 200: 32, 201: 32 });
      expect(await seed.inboxFaults()).toEqual([]);
    }
    for (const userSid of USERS) {
      await mutate(seed, "markAllRead", { userSid });
      const { body } = await rest.get(`/v1/Users/${userSid}/Conversations`);
      for (const row of body.conversations) expect(row).toMatchObject({ unread_messages_count: 0 });
    }
  }, 60_000);

  it("all succeed where messages go as well, and people come and go", async () => {
    const seed = await newAccount();
    const { rest } = seed;
    const made = await shared(seed, 2);
    for (let round = 0; round < 4; round++) {
      const messages: Resource[] = [];
      for (let i = 0; i < 12; i++)
        messages.push((await rest.post(made[i % 2].links.messages, { Body: "x" })).body);
      const tally = await race(48, (n) => {
        const [conversation, userSid] = [made[(n >> 2) % 2], USERS[n % 4]!];
        const own = `/v1/Users/${userSid}/Conversations/${conversation.sid}`;
        if (n < 12) return rest.delete(messages[n].url);
        if (n < 24) return rest.post(conversation.links.messages, { Body: "y" });
        if (n < 36) return rest.post(own, { LastReadMessageIndex: String(n - 24 + 5 * round) });
        if (n < 40) return mutate(seed, "markAllRead", { userSid });
        if (n < 44) return rest.delete(own);
        return rest.post(conversation.links.participants, { Identity: userSid });
      });
      const { 200: done = 0, 201: made201 = 0, 204: gone = 0, "404 20404": none = 0, ...others } = tally;
      const { "409 50433": there = 0, ...unforeseen } = others;
      expect([done + made201 + gone + none + there, unforeseen]).toEqual([48, {}]);
      expect(await seed.inboxFaults()).toEqual([]);
    }
  }, 60_000);
});

describe("markAllRead by 4 users of 40 conversations, at once", () => {
  it("all succeed, while messages come in each of them", async () => {
    const seed = await newAccount();
    const made = await shared(seed, 40);
    for (let round = 0; round < 3; round++) {
      const tally = await race(48, (n) =>
        n < 40
          ? seed.rest.post(made[n].links.messages, { Body: "x" })
          : mutate(seed, "markAllRead", { userSid: USERS[n % 4]! }),
      );
      expect(tally).toEqual({ 200: 8, 201: 40 });
      expect(await seed.inboxFaults()).toEqual([]);
    }
  }, 60_000);
});
