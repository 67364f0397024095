import { describe, expect, it } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { insist, newAccount, type Resource, type Seed } from "../setup/seed.ts";

/** What the mutation answers: its payload, or the error that it is. */
async function ensure({ graphql }: Seed, input: Record<string, unknown>): Promise<Resource> {
  const payload = "created conversation { sid uniqueName friendlyName attributesText state }";
  const { query, variables } = mutationOf("ensureConversation", input, payload);
  const { body } = await insist(() => graphql(query, variables));
  expect(body.errors).toBeUndefined();
  return body.data.result;
}

const NAMED = { uniqueName: "order 7", friendlyName: "Order" };

describe("ensureConversation", () => {
  it("makes it, then answers the one that is there, and changes nothing", async () => {
    const seed = await newAccount();
    const first = await ensure(seed, { ...NAMED, attributes: { n: 1 }, state: "INACTIVE" });
    expect(first).toMatchObject({
      created: true,
      conversation: { ...NAMED, attributesText: '{"n":1}', state: "INACTIVE" },
    });
    const before = await seed.stored();
    const second = await ensure(seed, { ...NAMED, friendlyName: "Another", attributes: { n: 2 } });
    expect(second).toEqual({ ...first, created: false });
    expect(await seed.stored()).toBe(before);
  });

  it("makes one for 64 who ask at once, and answers all the same", async () => {
    const seed = await newAccount();
    const answers = await Promise.all(Array.from({ length: 64 }, () => ensure(seed, NAMED)));
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ conversation }) => conversation.sid)).size).toBe(1);
    expect((await seed.rest.get("/v1/Conversations")).body.conversations).toHaveLength(1);
  });

  it("makes one while others delete it", async () => {
    const seed = await newAccount();
    const answers = await Promise.all(
      Array.from({ length: 32 }, async (_, n) => {
        const answer = await ensure(seed, NAMED);
        if (n % 4 === 0) await seed.rest.delete(`/v1/Conversations/${answer.conversation.sid}`);
        return answer;
      }),
    );
    for (const { __typename } of answers) expect(__typename).toBe("EnsureConversationPayload");
  });

  it("answers a closed one as closed", async () => {
    const seed = await newAccount();
    const { conversation } = await ensure(seed, NAMED);
    await seed.rest.post(`/v1/Conversations/${conversation.sid}`, { State: "closed" });
    expect(await ensure(seed, NAMED)).toMatchObject({
      created: false,
      conversation: { sid: conversation.sid, state: "CLOSED" },
    });
  });

  it("makes one for each service and for each account", async () => {
    const [seed, stranger] = [await newAccount(), await newAccount()];
    const { sid: serviceSid } = await seed.service();
    const made = [
      await ensure(seed, NAMED),
      await ensure(seed, { ...NAMED, serviceSid }),
      await ensure(stranger, NAMED),
    ];
    for (const { created } of made) expect(created).toBe(true);
    expect(await ensure(stranger, { ...NAMED, serviceSid })).toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([
    [{ uniqueName: "" }, "UNIQUE_NAME_INVALID"],
    [{ uniqueName: `CH${"0".repeat(32)}` }, "UNIQUE_NAME_MATCHES_SID"],
    [{ ...NAMED, state: "CLOSED" }, "INITIAL_STATE_CLOSED"],
    [{ ...NAMED, attributesText: "{" }, "ATTRIBUTES_INVALID"],
    [{ ...NAMED, timers: { closed: "PT1H" } }, "TIMERS_WITHOUT_STATE"],
  ])("refuses %j with %s, also where the name is taken", async (input, code) => {
    const seed = await newAccount();
    for (let i = 0; i < 2; i++) {
      expect(await ensure(seed, input)).toMatchObject({ __typename: "InvalidInputError", code });
      await seed.conversation({ UniqueName: NAMED.uniqueName }).catch(() => null);
    }
  });
});
