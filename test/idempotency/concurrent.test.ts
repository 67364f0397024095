import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, inject, it } from "vitest";
import { openPostgres } from "../../src/db/postgres.ts";
import { mutationOf } from "../contract/operations.graphql.ts";
import { POOL } from "../setup/database.ts";
import { insist, newAccount, type Seed } from "../setup/seed.ts";
import { type Bytes, keyed, newKey } from "./keyed.ts";

const REPEATS = 500;
const times = <A extends { readonly status: number }>(ask: () => Promise<A>, count = REPEATS) =>
  Promise.all(Array.from({ length: count }, () => insist(ask)));
const differentOnes = (answers: readonly object[]) => [
  ...new Set(answers.map((answer) => JSON.stringify(answer))),
];

describe("500 repeats at once", () => {
  it("of a POST have one effect and one answer", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const send = keyed(seed);
    const key = newKey();
    const path = `/v1/Conversations/${made.sid}/Participants`;
    const answers = await times(() => send(key, "POST", path, { Identity: "ann" }));
    const first = answers.filter(({ replayed }) => replayed === null);
    expect(first).toMatchObject([{ status: 201 }]);
    const same = (answer: Bytes) => ({ ...answer, replayed: null });
    expect(differentOnes(answers.map(same))).toEqual([JSON.stringify(first[0])]);
    expect((await seed.rest.get(path)).body.participants).toEqual([JSON.parse(first[0]!.text)]);
    const counted = "select participant_count from conversations where account_sid = $1";
    expect(await seed.query(counted)).toEqual([[1]]);
  }, 60_000);

  it("of a DELETE are all answered 204", async () => {
    const seed = await newAccount();
    await seed.user("ann");
    const send = keyed(seed);
    const key = newKey();
    const answers = await times(() => send(key, "DELETE", "/v1/Users/ann"));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
  }, 60_000);

  it("of a mutation have one effect and one outcome", async () => {
    const seed = await newAccount();
    const { query, variables } = mutationOf(
      "createConversation",
      { friendlyName: "x", idempotencyKey: newKey() },
      "conversation { sid dateCreated }",
    );
    const answers = (await times(() => seed.graphql(query, variables))).map(({ body }) => body);
    expect(differentOnes(answers)).toHaveLength(1);
    const { body } = await seed.rest.get("/v1/Conversations");
    expect(body.conversations).toMatchObject([{ sid: answers[0].data.result.conversation.sid }]);
  }, 60_000);
});

describe("100 repeats at once", () => {
  it("of what fails all fail, and leave the key free", async () => {
    const seed = await newAccount();
    const send = keyed(seed);
    const key = newKey();
    const path = "/v1/Conversations/missing/Participants";
    const answers = await times(() => send(key, "POST", path, { Identity: "ann" }), 100);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    await seed.conversation({ UniqueName: "missing" });
    expect((await send(key, "POST", path, { Identity: "ann" })).status).toBe(201);
  }, 60_000);
});

it("of two different requests under one key at once, one is done and the other refused", async () => {
  const seed = await newAccount();
  const send = keyed(seed);
  for (let round = 0; round < 20; round++) {
    const key = newKey();
    const both = [`one-${round}`, `two-${round}`];
    const answers = await Promise.all(both.map((Identity) => send(key, "POST", "/v1/Users", { Identity })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  }
  expect((await seed.rest.get("/v1/Users")).body.users).toHaveLength(20);
});

// The embedded database has one connection, and nobody else can hold a lock there.
describe.skipIf(inject("databaseUrl") === null)("repeats of what has to wait for a lock", () => {
  /** Sends so many updates under one key while someone else has the conversation locked, until `meanwhile` has ended. */
  async function updateLocked(
    count: number,
    meanwhile: (seed: Seed, answers: readonly Promise<Bytes>[]) => Promise<void>,
  ) {
    const seed = await newAccount();
    const made = await seed.conversation();
    const key = newKey();
    const ask = () => keyed(seed)(key, "POST", made.url, { FriendlyName: "late" });
    const elsewhere = openPostgres({ ...POOL, url: inject("databaseUrl")! });
    const waiting = await elsewhere.transaction(async (tx) => {
      const text = "select from conversations where account_sid = $1 for update";
      await tx.execute({ name: "hold", text }, [seed.account.sid]);
      const answers = Array.from({ length: count }, ask);
      await meanwhile(seed, answers);
      return { answers };
    });
    await elsewhere.close();
    return { seed, ask, answers: await Promise.all(waiting.answers) };
  }

  it("leave the connections to others", async () => {
    const { ask, answers } = await updateLocked(REPEATS, async (seed) => {
      await sleep(200);
      expect((await seed.rest.get("/v1/Conversations")).status).toBe(200);
    });
    const late = answers.filter(({ status }) => status === 503);
    const ended = [...answers.filter((answer) => !late.includes(answer)), ...(await times(ask, late.length))];
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set([200]));
  }, 60_000);

  it("are told 503 before the first has to give up, and succeed later without a second effect", async () => {
    const { ask, answers, seed } = await updateLocked(5, async (_, asked) => {
      let answered = 0;
      // All but the one that is at work.
      await new Promise<void>((resolve) => {
        for (const one of asked) void one.then(() => ++answered === 4 && resolve());
      });
    });
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 503, 503, 503, 503]);
    const first = answers.find(({ status }) => status === 200);
    const stored = await seed.stored();
    expect(await ask()).toEqual({ ...first, replayed: "true" });
    expect(await seed.stored()).toBe(stored);
  }, 60_000);
});
