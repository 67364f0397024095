import { describe, expect, it } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { statementsOf } from "../setup/database.ts";
import { binding, insist, newAccount, refusal, type Seed } from "../setup/seed.ts";

const PATH = "/v1/ConversationWithParticipants";
const PAIR = { address: "+15550000001", proxy_address: "+15550000002" };
const json = (...participants: unknown[]) => participants.map((one) => JSON.stringify(one));

/** Whether a request that is refused leaves anything behind. */
async function unchangedBy(seed: Seed, work: () => Promise<unknown>): Promise<void> {
  const before = await seed.stored();
  await work();
  expect(await seed.stored()).toBe(before);
}

describe("POST ConversationWithParticipants", () => {
  it("201 without participants, 202 with, active and with 14 properties", async () => {
    const { rest, service } = await newAccount();
    const { sid } = await service();
    for (const base of ["/v1", `/v1/Services/${sid}`]) {
      const path = `${base}/ConversationWithParticipants`;
      const alone = await rest.post(path, { FriendlyName: "Alone", "Bindings.Email.Name": "Visit" });
      const together = await rest.post(path, { Participant: json({ identity: "ann" }, { identity: "bob" }) });
      expect([alone.status, together.status]).toEqual([201, 202]);
      for (const { body } of [alone, together]) {
        expect(Object.keys(body)).toHaveLength(14);
        expect(Object.keys(body.links)).toEqual(["participants", "messages", "webhooks"]);
        expect(body).toMatchObject({ state: "active", chat_service_sid: expect.stringMatching(/^IS/) });
        const { links, ...fetched } = (await rest.get(body.url)).body;
        expect(body).toMatchObject(fetched);
      }
      const { participants } = (await rest.get(together.body.links.participants)).body;
      expect(participants).toMatchObject([{ identity: "ann" }, { identity: "bob" }]);
      expect((await rest.get(`${base}/Users/ann`)).status).toBe(200);
    }
  });

  it("202 with all that a participant can have", async () => {
    const seed = await newAccount();
    const { body } = await seed.rest.post(PATH, {
      UniqueName: "visit",
      State: "inactive",
      "Timers.Closed": "P1D",
      Participant: json(
        { identity: "ann", attributes: '{ "n": 1.50 }', date_created: "2020-01-02T03:04:05Z" },
        { messaging_binding: PAIR, identity: null },
        { messaging_binding: { address: "+15550000003" } },
        { identity: "bob", messaging_binding: { projected_address: "+15550000004" } },
      ),
    });
    expect(body).toMatchObject({
      unique_name: "visit",
      state: "inactive",
      timers: { date_closed: expect.any(String) },
    });
    const { participants } = (await seed.rest.get(body.links.participants)).body;
    expect(participants).toMatchObject([
      { identity: "ann", attributes: '{ "n": 1.50 }', date_created: "2020-01-02T03:04:05Z" },
      { identity: null, messaging_binding: { type: "sms", ...PAIR } },
      { messaging_binding: { type: "sms", address: "+15550000003" } },
      { identity: "bob", messaging_binding: { type: "sms", projected_address: "+15550000004" } },
    ]);
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it.each([
    ["no JSON", "{", "Participant[1]"],
    ["an array", "[]", "Participant[1]"],
    ["a number for a text", '{"identity": 7}', "Participant[1].identity"],
    [
      "a number in the binding",
      '{"messaging_binding": {"proxy_address": 7}}',
      "Participant[1].messaging_binding.proxy_address",
    ],
    ["a key in camel case", '{"identity": "bob", "roleSid": null}', "Participant[1].roleSid"],
    ["a key of the form", '{"Identity": "bob"}', "Participant[1].Identity"],
    [
      "an unknown key in the binding",
      '{"messaging_binding": {"type": "sms"}}',
      "Participant[1].messaging_binding.type",
    ],
    ["the key __proto__", '{"identity": "bob", "__proto__": {}}', "Participant[1].__proto__"],
    ["a key that is no name", `{"identity": "bob", "${"x".repeat(1000)}": 1}`, "Participant[1]"],
    ["JSON nested deep", `${"[".repeat(20_000)}`, "Participant[1]"],
  ])("400 50424 for %s, which is named, and nothing is made", async (_, text, parameter) => {
    const seed = await newAccount();
    await unchangedBy(seed, async () => {
      const answer = await seed.rest.post(PATH, { Participant: [...json({ identity: "ann" }), text] });
      expect(answer).toMatchObject(refusal(400, 50424));
      expect(answer.body.message).toMatch(/^Participant\[1\]: /);
      expect(answer.body.details).toEqual({ parameter });
    });
  });

  it("400 50426 for more than 10", async () => {
    const seed = await newAccount();
    const some = (length: number) => json(...Array.from({ length }, (_, n) => ({ identity: `user-${n}` })));
    await unchangedBy(seed, async () => {
      expect(await seed.rest.post(PATH, { Participant: some(11) })).toMatchObject({
        ...refusal(400, 50426),
        body: { code: 50426, details: { parameter: "Participant" } },
      });
    });
    expect((await seed.rest.post(PATH, { Participant: some(10) })).status).toBe(202);
  });

  it("409 50425 for a pair in use, which names the conversation, and for one that is given twice", async () => {
    const seed = await newAccount();
    const holder = await seed.conversation();
    const held = await seed.participant(holder, binding(PAIR.address, PAIR.proxy_address));
    await unchangedBy(seed, async () => {
      const answer = await seed.rest.post(PATH, {
        Participant: json({ identity: "ann" }, { messaging_binding: PAIR }),
      });
      expect(answer).toMatchObject(refusal(409, 50425));
      expect(/Conversation (CH\w+)/.exec(answer.body.message)?.[1]).toBe(holder.sid);
      expect(answer.body.details).toEqual({
        parameter: "Participant[1].messaging_binding.proxy_address",
        conflicting_sid: held.sid,
      });
      const other = { messaging_binding: { ...PAIR, address: "+15550000009" } };
      const twice = await seed.rest.post(PATH, { Participant: json(other, other) });
      expect(twice).toMatchObject(refusal(409, 50425));
      expect(twice.body.details).toEqual({ parameter: "Participant[1].messaging_binding.proxy_address" });
    });
    await seed.rest.post(holder.url, { State: "closed" });
    expect((await seed.rest.post(PATH, { Participant: json({ messaging_binding: PAIR }) })).status).toBe(202);
  });

  it("names beside each participant at fault what is in its way, and nothing beside the others", async () => {
    const seed = await newAccount();
    const pairs = ["+15550000011", "+15550000012"].map((address) => ({ ...PAIR, address }));
    const holders = await Promise.all(
      pairs.map(async (pair) => {
        const holder = await seed.conversation();
        await seed.participant(holder, binding(pair.address, pair.proxy_address));
        return holder.sid;
      }),
    );
    const participants = [...pairs.map((pair) => ({ messaging_binding: pair })), {}];
    const { body } = await seed.rest.post(PATH, { Participant: json(...participants) });
    const inUse = "A binding for this participant and proxy address already exists";
    expect(body.message.replaceAll(inUse, "…")).toBe(
      `Participant[0]: … in Conversation ${holders[0]}; Participant[1]: … in Conversation ${holders[1]}; Participant[2]: Identity not provided`,
    );
  });

  it("201 for an empty Participant, which counts as absent", async () => {
    const seed = await newAccount();
    expect((await seed.rest.post(PATH, { Participant: "" })).status).toBe(201);
  });

  it("names every participant at fault with its place, and the first one's code", async () => {
    const seed = await newAccount();
    await unchangedBy(seed, async () => {
      const Participant = [
        ...json({ identity: "ann" }, {}, { identity: "ann" }, { identity: "x", attributes: "{" }),
        "no JSON",
        ...json({ identity: "bob", role_sid: `RL${"0".repeat(32)}` }),
      ];
      const { body } = await seed.rest.post(PATH, { Participant });
      expect(body).toMatchObject({
        status: 400,
        code: 50204,
        details: { parameter: "Participant[1].identity" },
      });
      const places = [...body.message.matchAll(/Participant\[(\d)\]: \w+/g)].map(([, place]) =>
        Number(place),
      );
      expect(places).toEqual([1, 2, 3, 4, 5]);
    });
  });

  it("names a parameter of the conversation as the form has it", async () => {
    const { rest } = await newAccount();
    const { body } = await rest.post(PATH, { "Bindings.Email.Name": "x".repeat(257) });
    expect(body).toMatchObject({ status: 400, details: { parameter: "Bindings.Email.Name" } });
  });

  it.each([
    [{ messaging_binding: { address: "x" } }, "messaging_binding.address"],
    [{ identity: "ann", messaging_binding: PAIR }, "identity"],
    [{ identity: "ann", role_sid: "x" }, "role_sid"],
    [{ identity: "ann", date_created: "x" }, "date_created"],
  ])("names what is wrong with %j as it stands there", async (wrong, key) => {
    const { rest } = await newAccount();
    const { body } = await rest.post(PATH, { Participant: json({ identity: "bob" }, wrong) });
    expect(body).toMatchObject({ status: 400, details: { parameter: `Participant[1].${key}` } });
  });

  it("refuses what a conversation can't be, as a new conversation is refused", async () => {
    const seed = await newAccount();
    await seed.conversation({ UniqueName: "visit" });
    await unchangedBy(seed, async () => {
      const Participant = json({ identity: "ann" });
      for (const [form, status, code] of [
        [{ UniqueName: "visit" }, 409, 50353],
        [{ State: "closed" }, 400, 50384],
        [{ State: "initializing" }, 400, 50378],
        [{ "Timers.Closed": "P1D" }, 400, 50382],
        [{ Attributes: "{" }, 400, 50304],
      ] as const) {
        expect(await seed.rest.post(PATH, { ...form, Participant })).toMatchObject(refusal(status, code));
      }
    });
  });

  it("takes the header X-Twilio-Webhook-Enabled in every case", async () => {
    const { rest } = await newAccount();
    const send = (value: string) =>
      rest.post(PATH, { Participant: json({ identity: "ann" }) }, { "X-Twilio-Webhook-Enabled": value });
    for (const value of ["true", "True", "FALSE"]) expect((await send(value)).status).toBe(202);
    expect(await send("yes")).toMatchObject(refusal(400, 20001));
  });

  it("answers a repeat under its key with the same status and body", async () => {
    const { rest } = await newAccount();
    const send = () =>
      rest.post(PATH, { Participant: json({ identity: "ann" }) }, { "Idempotency-Key": "once" });
    const first = await send();
    const { status, body } = await send();
    expect([status, body]).toEqual([202, first.body]);
    expect((await rest.get("/v1/Conversations")).body.conversations).toHaveLength(1);
  });

  it("makes one of those who ask for the same pair at once, and no half of another", async () => {
    const seed = await newAccount();
    const Participant = json({ identity: "ann" }, { messaging_binding: PAIR });
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => insist(() => seed.rest.post(PATH, { Participant }))),
    );
    const codes = answers.map(({ status, body }) => body.code ?? status).sort();
    expect(codes).toEqual([202, ...Array.from({ length: 31 }, () => 50425)]);
    expect(await seed.query("select participant_count from conversations where account_sid = $1")).toEqual([
      [2],
    ]);
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it("runs the same statements for 1 participant and for 10", async () => {
    const seed = await newAccount();
    const seen: string[][] = [];
    for (const length of [1, 10]) {
      const Participant = json(...Array.from({ length }, (_, n) => ({ identity: `user-${length}-${n}` })));
      const { statements } = await statementsOf(() => seed.rest.post(PATH, { Participant }));
      seen.push(statements.slice(statements.indexOf("defaultService")));
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]).toContain("insertParticipants");
  });
});

describe("createConversationWithParticipants", () => {
  const create = async ({ graphql }: Seed, input: Record<string, unknown>) => {
    const { query, variables } = mutationOf(
      "createConversationWithParticipants",
      input,
      "conversation { sid state friendlyName attributesText } participants { identity attributesText }",
    );
    const faults = "... on ItemsError { faults { index error { code parameter } } }";
    const { body } = await graphql(query.replace("... on Error {", `${faults} ... on Error {`), variables);
    expect(body.errors).toBeUndefined();
    return body.data.result;
  };

  it("makes it with those who are given, or alone", async () => {
    const seed = await newAccount();
    const participants = [{ identity: "ann", attributes: { n: 1 } }, { identity: "bob" }];
    expect(await create(seed, { friendlyName: "Visit", attributesText: "[1]", participants })).toMatchObject({
      conversation: { state: "ACTIVE", friendlyName: "Visit", attributesText: "[1]" },
      participants: [{ identity: "ann", attributesText: '{"n":1}' }, { identity: "bob" }],
    });
    expect(await create(seed, { participants: [] })).toMatchObject({ participants: [] });
  });

  it("makes nothing where one is at fault, and tells of each", async () => {
    const seed = await newAccount();
    await seed.participant(await seed.conversation(), binding(PAIR.address, PAIR.proxy_address));
    await unchangedBy(seed, async () => {
      const participants = [
        { identity: "ann" },
        { messagingBinding: { address: PAIR.address, proxyAddress: PAIR.proxy_address } },
        { identity: "eve", attributesText: "{" },
      ];
      expect(await create(seed, { participants })).toMatchObject({
        __typename: "ItemsError",
        code: "PAIRS_IN_USE",
        twilioCode: 50425,
        faults: [
          { index: 1, error: { code: "PAIRS_IN_USE" } },
          { index: 2, error: { code: "ATTRIBUTES_INVALID", parameter: "participants[2].attributesText" } },
        ],
      });
      const many = Array.from({ length: 11 }, (_, n) => ({ identity: `user-${n}` }));
      expect(await create(seed, { participants: many })).toMatchObject({
        __typename: "InvalidInputError",
        code: "TOO_MANY_PARTICIPANTS",
      });
    });
  });
});
