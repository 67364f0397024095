import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { binding, native, newAccount, projected, type Resource } from "../setup/seed.ts";
import { addAll, countFaults, pair } from "./bulk.ts";

const number = (n: number) => `+1555000000${n}`;
const NUMBERS = fc.integer({ min: 1, max: 4 }).map(number);
const NAMES = fc.constantFrom("ann", "bob", "eve", "zoe", "", "MB0123456789abcdef0123456789abcdef");
const ROLES = fc.constantFrom(undefined, undefined, undefined, `RL${"0".repeat(32)}`);

const who = fc.oneof(
  { weight: 4, arbitrary: NAMES.map((identity) => ({ identity })) },
  { weight: 4, arbitrary: fc.tuple(NUMBERS, NUMBERS).map(([address, proxy]) => pair(address, proxy)) },
  { weight: 2, arbitrary: NUMBERS.map((address) => ({ messagingBinding: { address } })) },
  { weight: 2, arbitrary: NUMBERS.map((projectedAddress) => ({ messagingBinding: { projectedAddress } })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(NAMES, NUMBERS)
      .map(([identity, projectedAddress]) => ({ identity, messagingBinding: { projectedAddress } })),
  },
  { weight: 1, arbitrary: fc.constant({ identity: "ann", attributesText: "{" }) },
);
const newcomer = fc.tuple(who, ROLES).map(([one, roleSid]) => ({ ...one, ...(roleSid && { roleSid }) }));

/** A conversation where some are already, beside one that holds pairs and one whose time has run out; so many are in it. */
async function scene(all: number, nonChat: number) {
  const seed = await newAccount();
  const [made, open, due] = [await seed.conversation(), await seed.conversation(), await seed.conversation()];
  for (const form of [
    { Identity: "ann" },
    native(number(1)),
    projected(number(2), "eve"),
    binding(number(1), number(2)),
  ]) {
    await seed.participant(made, form);
  }
  await seed.participant(open, binding(number(3), number(4)));
  await seed.participant(due, binding(number(4), number(3)));
  await seed.query(`update conversations set participant_count = ${all}, non_chat_count = ${nonChat}
    where account_sid = $1 and sid = '${made.sid}'`);
  await seed.query(`update conversations set date_closed = now() - interval '1 minute'
    where account_sid = $1 and sid = '${due.sid}'`);
  return { seed, made };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** What is told of an outcome, without the SIDs that differ from account to account. */
const told = (error: Resource) =>
  error === null
    ? "added"
    : `${error.code} ${error.message.replace(/[A-Z]{2}[0-9a-f]{32}/g, "…")} ${error.parameter ?? ""}`;

const outcomesOf = (items: Resource[]) =>
  items.map(({ error }) => told(error).replace(/participants\[\d+\]\.?/, ""));

async function oneByOne({ seed, made }: Scene, given: readonly object[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const input of given) {
    const { query, variables } = mutationOf("addParticipant", { conversationSid: made.sid, ...input });
    const { body } = await seed.graphql(
      query.replace("... on Error {", "... on Error { parameter"),
      variables,
    );
    const { result } = body.data;
    outcomes.push(told(result.__typename === "AddParticipantPayload" ? null : result));
  }
  return outcomes;
}

/** Who is in, and which users there are. */
async function state({ seed, made }: Scene): Promise<unknown> {
  const { participants } = (await seed.rest.get(made.links.participants)).body;
  const { users } = (await seed.rest.get("/v1/Users")).body;
  return {
    participants: participants.map(({ identity, messaging_binding, attributes }: Resource) => [
      identity,
      messaging_binding,
      attributes,
    ]),
    users: users.map(({ identity }: Resource) => identity).sort(),
    counts: await seed.query(
      "select participant_count, non_chat_count from conversations where account_sid = $1 order by sid",
    ),
    // Whose time has run out is closed to every reader, whether or not that has been written yet.
    states: (await seed.rest.get("/v1/Conversations")).body.conversations.map(({ state }: Resource) => state),
    faults: await seed.inboxFaults(),
  };
}

/** A pair that a conversation whose time has run out still holds, for one whom the limit keeps out. */
const HELD_AND_TOO_MANY = [
  { messagingBinding: { projectedAddress: number(1) } },
  { messagingBinding: { address: number(2) } },
  pair(number(4), number(3)),
];

describe("addParticipants", () => {
  it("does what the same requests do one after the other", async () => {
    const counts = fc.constantFrom([4, 2] as const, [998, 2] as const, [40, 48] as const);
    await fc.assert(
      fc.asyncProperty(
        fc.array(newcomer, { minLength: 1, maxLength: 12 }),
        counts,
        async (given, [all, nonChat]) => {
          const [bulk, singles, strict] = [
            await scene(all, nonChat),
            await scene(all, nonChat),
            await scene(all, nonChat),
          ];
          const expected = await oneByOne(singles, given);
          const { items } = await addAll(bulk.seed, bulk.made, given, "PER_ITEM");
          expect(outcomesOf(items)).toEqual(expected);
          expect(await state(bulk)).toEqual(await state(singles));

          const before = await strict.seed.stored();
          const answer = await addAll(strict.seed, strict.made, given, "ALL_OR_NOTHING");
          const wrong = expected.flatMap((outcome, index) =>
            outcome === "added" ? [] : [{ index, code: outcome.split(" ")[0] }],
          );
          if (wrong.length === 0) {
            expect(answer.items).toHaveLength(given.length);
            expect(await state(strict)).toEqual(await state(singles));
          } else {
            expect(answer.faults.map(({ index, error }: Resource) => ({ index, code: error.code }))).toEqual(
              wrong,
            );
            expect(await strict.seed.stored()).toBe(before);
          }
        },
      ),
      { numRuns: inject("databaseUrl") === null ? 15 : 25, examples: [[HELD_AND_TOO_MANY, [40, 48]]] },
    );
  }, 300_000);
});

describe("two who add the same at once", () => {
  it("get each pair and each identity into one conversation, or both, and wait for no one for ever", async () => {
    const seed = await newAccount();
    const numbers = Array.from({ length: 20 }, (_, n) => `+1555100${1000 + n}`);
    for (let round = 0; round < 4; round++) {
      const conversations: Resource[] = [];
      for (let i = 0; i < 8; i++) conversations.push(await seed.conversation());
      const pairs = numbers.map((address) => pair(address, `+1555200000${round}`));
      const people = numbers.map((_, n) => ({ identity: `round-${round}-${n}` }));
      const answers = await Promise.all(
        conversations.map((made, n) => {
          const given = [...pairs, ...people];
          return addAll(seed, made, n % 2 ? given : given.reverse(), n < 6 ? "PER_ITEM" : "ALL_OR_NOTHING");
        }),
      );
      const held = await seed.query(`select address, count(*)::int from participants where account_sid = $1
        and proxy_address = '+1555200000${round}' group by address`);
      expect(held).toHaveLength(20);
      expect(held.every(([, count]) => count === 1)).toBe(true);
      for (const { __typename, code } of answers) {
        expect([__typename, code]).toEqual(
          __typename === "ItemsError"
            ? ["ItemsError", "BINDING_EXISTS"]
            : ["AddParticipantsPayload", undefined],
        );
      }
    }
    expect(await seed.query("select identity from users where account_sid = $1")).toHaveLength(80);
    expect(await countFaults(seed)).toEqual([]);
    expect(await seed.inboxFaults()).toEqual([]);
  }, 120_000);

  it("add each identity once to one conversation, which none of them overfills", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const given = Array.from({ length: 30 }, (_, n) => ({ identity: `user-${n}` }));
    const answers = await Promise.all(Array.from({ length: 12 }, () => addAll(seed, made, given)));
    const added = answers.map(({ addedCount }) => addedCount).sort((a, b) => b - a);
    expect(added).toEqual([30, ...Array.from({ length: 11 }, () => 0)]);
    expect((await seed.rest.get(made.links.participants)).body.participants).toHaveLength(30);
    expect(await countFaults(seed)).toEqual([]);
  });
});
