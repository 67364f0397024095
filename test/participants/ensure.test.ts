import { describe, expect, it } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { statementsOf } from "../setup/database.ts";
import { binding, insist, newAccount, type Resource, type Seed } from "../setup/seed.ts";

const PAIR = { address: "+15550000001", proxyAddress: "+15550000002" };

/** What the mutation answers: its payload, or the error that it is. */
async function ensure(
  { graphql }: Seed,
  conversation: Resource,
  who: Record<string, unknown>,
): Promise<Resource> {
  const payload = `created participant {
    sid identity attributesText messagingBinding { address proxyAddress projectedAddress }
  }`;
  const { query, variables } = mutationOf(
    "ensureParticipant",
    { conversationSid: conversation.sid, ...who },
    payload,
  );
  const { body } = await insist(() => graphql(query, variables));
  expect(body.errors).toBeUndefined();
  return body.data.result;
}

const WHO = {
  identity: { identity: "ann" },
  "identity with a projected address": {
    identity: "ann",
    messagingBinding: { projectedAddress: PAIR.address },
  },
  "pair of addresses": { messagingBinding: PAIR },
  "native address": { messagingBinding: { address: PAIR.address } },
  "projected address": { messagingBinding: { projectedAddress: PAIR.address } },
};

describe.each(Object.entries(WHO))("ensureParticipant by %s", (_, who) => {
  it("adds it, then answers the one that is there, and changes nothing", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const first = await ensure(seed, made, { ...who, attributes: { n: 1 } });
    expect(first).toMatchObject({ created: true, participant: { attributesText: '{"n":1}' } });
    const before = await seed.stored();
    const second = await ensure(seed, made, { ...who, attributes: { n: 2 } });
    expect(second).toEqual({ ...first, created: false });
    expect(await seed.stored()).toBe(before);
  });

  it("makes one for 64 who ask at once, and answers all the same", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const answers = await Promise.all(Array.from({ length: 64 }, () => ensure(seed, made, who)));
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ participant }) => JSON.stringify(participant))).size).toBe(1);
    expect((await seed.rest.get(made.links.participants)).body.participants).toHaveLength(1);
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it("makes one while others remove it", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const answers = await Promise.all(
      Array.from({ length: 32 }, async (_, n) => {
        const answer = await ensure(seed, made, who);
        if (n % 4 === 0) await seed.rest.delete(`${made.links.participants}/${answer.participant.sid}`);
        return answer;
      }),
    );
    for (const { __typename } of answers) expect(__typename).toBe("EnsureParticipantPayload");
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it("answers the one in a closed conversation, and adds none to it", async () => {
    const seed = await newAccount();
    const [held, empty] = [await seed.conversation(), await seed.conversation()];
    const first = await ensure(seed, held, who);
    for (const { url } of [held, empty]) await seed.rest.post(url, { State: "closed" });
    expect(await ensure(seed, held, who)).toEqual({ ...first, created: false });
    expect(await ensure(seed, empty, who)).toMatchObject({ code: "CONVERSATION_CLOSED" });
  });
});

describe("ensureParticipant", () => {
  it("answers who has the identity, whatever the projected address", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const ann = await seed.participant(made, { Identity: "ann" });
    const again = { identity: "ann", messagingBinding: { projectedAddress: PAIR.address } };
    expect(await ensure(seed, made, again)).toMatchObject({ created: false, participant: { sid: ann.sid } });
  });

  it("409 GROUP_PARTICIPANT_EXISTS for a projected address of another identity", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    await ensure(seed, made, { identity: "ann", messagingBinding: { projectedAddress: PAIR.address } });
    const before = await seed.stored();
    const bob = { identity: "bob", messagingBinding: { projectedAddress: PAIR.address } };
    expect(await ensure(seed, made, bob)).toMatchObject({
      __typename: "ConflictError",
      code: "GROUP_PARTICIPANT_EXISTS",
    });
    expect(await seed.stored()).toBe(before);
  });

  it("409 BINDING_EXISTS where another open conversation holds the pair, not where its time has run out", async () => {
    const seed = await newAccount();
    const [made, holder] = [await seed.conversation(), await seed.conversation()];
    await seed.participant(holder, binding(PAIR.address, PAIR.proxyAddress));
    const who = { messagingBinding: PAIR };
    expect(await ensure(seed, made, who)).toMatchObject({ code: "BINDING_EXISTS", status: 409 });
    await seed.query(`update conversations set date_closed = now() - interval '1 minute'
      where account_sid = $1 and sid = '${holder.sid}'`);
    expect(await ensure(seed, made, who)).toMatchObject({ created: true });
  });

  it("answers the one that is there in a full conversation, and refuses who is not", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    await ensure(seed, made, { identity: "ann" });
    await seed.query("update conversations set participant_count = 1000 where account_sid = $1");
    expect(await ensure(seed, made, { identity: "ann" })).toMatchObject({ created: false });
    expect(await ensure(seed, made, { identity: "bob" })).toMatchObject({ code: "PARTICIPANT_LIMIT" });
  });

  it("judges the input as addParticipant does, also of who is there", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    await ensure(seed, made, { identity: "ann" });
    const faulty = [
      [{ identity: "ann", attributesText: "{" }, "ATTRIBUTES_INVALID"],
      [{ identity: "ann", roleSid: `RL${"0".repeat(32)}` }, "ROLE_NOT_FOUND"],
      [{ identity: "ann", dateCreated: "soon" }, "DATE_CREATED_INVALID"],
      [{}, "IDENTITY_MISSING"],
    ] as const;
    for (const [who, code] of faulty) expect(await ensure(seed, made, who)).toMatchObject({ code });
  });

  it("finds who is there by one statement", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    await ensure(seed, made, { identity: "ann" });
    const { statements } = await statementsOf(() => ensure(seed, made, { identity: "ann" }));
    expect(statements.slice(-2)).toEqual(["defaultService", "participantByIdentity"]);
  });
});
