import { describe, expect, it } from "vitest";
import { addParticipant } from "../../src/participants/joining/resolvers.ts";
import { bulk } from "../setup/bulk.ts";
import {
  binding,
  native,
  newAccount,
  projected,
  type Resource,
  race,
  refusal,
  type Seed,
} from "../setup/seed.ts";

/** Adds so many chat participants, without the cost of speaking HTTP. */
async function fill(seed: Seed, conversation: Resource, count: number) {
  const ctx = seed.context();
  for (let i = 0; i < count; i += 10) {
    const some = Array.from({ length: Math.min(10, count - i) }, (_, n) => `user-${i + n}`);
    await Promise.all(
      some.map((identity) => addParticipant(ctx, { conversation: conversation.sid, identity })),
    );
  }
}

const counts = ({ query }: Seed) =>
  query(`select c.participant_count, c.non_chat_count,
    (select count(*)::int from participants p where p.account_sid = c.account_sid and p.conversation_sid = c.sid)
    from conversations c where c.account_sid = $1`);

describe("1000 participants", () => {
  it("400 50417 for one more, also when they come at once", async () => {
    const seed = await newAccount();
    const { rest } = seed;
    const conversation = await seed.conversation();
    const path = conversation.links.participants;
    const bound = await seed.participant(conversation, binding("+15550000001", "+15550000002"));
    await fill(seed, conversation, 990);
    const tally = await race(24, (n) => rest.post(path, { Identity: `late-${n}` }));
    expect(tally).toEqual({ 201: 9, "400 50417": 15 });
    expect(await counts(seed)).toEqual([[1000, 1, 1000]]);

    const before = await seed.stored();
    for (const form of [{ Identity: "new" }, { Identity: "user-0" }, native("+15550000003")]) {
      expect(await rest.post(path, form)).toMatchObject(refusal(400, 50417));
    }
    expect(await seed.stored()).toBe(before);
    expect(await rest.get("/v1/Users/new")).toMatchObject(refusal(404, 20404));

    expect((await rest.get(`${path}?PageSize=2000`)).body.participants).toHaveLength(1000);
    await rest.delete(bound.url);
    expect((await rest.post(path, { Identity: "new" })).status).toBe(201);
    expect((await rest.delete("/v1/Users/user-1")).status).toBe(204);
    expect((await rest.post(path, { Identity: "newer" })).status).toBe(201);
    expect(await counts(seed)).toEqual([[1000, 0, 1000]]);
  }, 120_000);
});

describe("50 participants who do not chat", () => {
  it("400 50418 for one more, also when they come at once; who chats still may", async () => {
    const seed = await newAccount();
    const { rest } = seed;
    const conversation = await seed.conversation();
    const path = conversation.links.participants;
    for (let i = 0; i < 44; i++) {
      const number = `+15550001${100 + i}`;
      await seed.participant(conversation, i % 2 ? native(number) : binding(number, "+15550000002"));
    }
    const nameless = await seed.participant(conversation, projected("+15550000009"));
    const tally = await race(24, (n) => rest.post(path, binding(`+15550002${100 + n}`, "+15550000002")));
    expect(tally).toEqual({ 201: 5, "400 50418": 19 });
    expect(await counts(seed)).toEqual([[50, 50, 50]]);

    const before = await seed.stored();
    expect(await rest.post(path, native("+15550000003"))).toMatchObject(refusal(400, 50418));
    expect(await rest.post(path, projected("+15550000003"))).toMatchObject(refusal(400, 50418));
    expect(await seed.stored()).toBe(before);
    expect((await rest.post(path, { Identity: "ann" })).status).toBe(201);
    expect((await rest.post(path, projected("+15550000004", "bob"))).status).toBe(201);

    expect((await rest.post(nameless.url, { Identity: "eve" })).status).toBe(200);
    expect((await rest.post(path, native("+15550000003"))).status).toBe(201);
    expect(await rest.post(path, native("+15550000004"))).toMatchObject(refusal(400, 50418));
    expect(await counts(seed)).toEqual([[53, 50, 53]]);
  });
});

describe("conversations of an identity", () => {
  it("201 for one in more than a thousand active ones: there is no ceiling", async () => {
    const seed = await newAccount();
    const { conversations, users, join } = bulk(seed);
    await users(1, 1);
    await conversations(1, 1100);
    await join(1, 1, 1100);
    const room = await seed.conversation();
    await seed.participant(room, { Identity: "user-1" });
    const query = `{ user(sid: "user-1") { conversations(first: 1, orderBy: LAST_ACTIVITY, filter: { state: ACTIVE }) {
      totalCount nodes { conversation { sid } } } } }`;
    const { body } = await seed.graphql(query);
    expect(body.data.user.conversations).toEqual({
      totalCount: 1101,
      nodes: [{ conversation: { sid: room.sid } }],
    });
  });
});
