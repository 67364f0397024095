import { describe, expect, it } from "vitest";
import { statementsOf } from "../setup/database.ts";
import { binding, newAccount } from "../setup/seed.ts";
import { addAll, chat, countFaults, pair, users } from "./bulk.ts";

const PAIR = pair("+15550000001", "+15550000002");

describe("addParticipants", () => {
  it("adds all kinds, with their users, roles, dates and rows in the inbox, in the order of the input", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const ann = await seed.user("ann");
    const role = (
      await seed.rest.post("/v1/Roles", {
        FriendlyName: "guest",
        Type: "conversation",
        Permission: "sendMessage",
      })
    ).body.sid;
    const { items, addedCount, conversation } = await addAll(
      seed,
      made,
      [
        { identity: "zoe", attributesText: '{ "n": 1.50 }', dateCreated: "2020-01-02T03:04:05Z" },
        PAIR,
        { identity: "ann", attributes: { a: [1] }, roleSid: role },
        { messagingBinding: { address: "whatsapp:+15550000001", proxyAddress: "whatsapp:+15550000002" } },
        { messagingBinding: { address: "+15550000003" } },
        { identity: "bob", messagingBinding: { projectedAddress: "+15550000004" } },
        { messagingBinding: { projectedAddress: "+15550000005" } },
      ],
      "ALL_OR_NOTHING",
    );
    expect([addedCount, conversation.sid]).toEqual([7, made.sid]);
    const added = items.map(({ participant }: { participant: { sid: string } }) => participant);
    expect(added).toMatchObject([
      { identity: "zoe", attributesText: '{ "n": 1.50 }', dateCreated: "2020-01-02T03:04:05Z" },
      { messagingBinding: { type: "sms", address: "+15550000001", proxyAddress: "+15550000002" } },
      { identity: "ann", attributesText: '{"a":[1]}', roleSid: role, user: { sid: ann.sid } },
      { messagingBinding: { type: "whatsapp" } },
      { messagingBinding: { address: "+15550000003" }, roleSid: null },
      { identity: "bob", messagingBinding: { projectedAddress: "+15550000004" } },
      { messagingBinding: { projectedAddress: "+15550000005" }, user: null },
    ]);
    expect(added[0].roleSid).toMatch(/^RL/);
    const listed = (await seed.rest.get(made.links.participants)).body.participants;
    expect(listed.map(({ sid }: { sid: string }) => sid)).toEqual(
      added.map(({ sid }: { sid: string }) => sid),
    );
    expect(await seed.inboxFaults()).toEqual([]);
    expect(await countFaults(seed)).toEqual([]);
    const channels = await seed.query(
      "select array(select unnest(channels) order by 1) from conversations where account_sid = $1",
    );
    expect(channels).toEqual([[["sms", "whatsapp"]]]);
  });

  it("tells of each what addParticipant would, at its place, and adds the others", async () => {
    const seed = await newAccount();
    const [made, other] = [await seed.conversation(), await seed.conversation()];
    const there = await seed.participant(made, { Identity: "there" });
    const held = await seed.participant(other, binding("+15550000007", "+15550000008"));
    const given: [object, object | null][] = [
      [chat("there"), { code: "PARTICIPANT_EXISTS", conflicting: { id: expect.any(String) } }],
      [chat("new"), null],
      [chat("new"), { code: "PARTICIPANT_EXISTS" }],
      [{}, { code: "IDENTITY_MISSING", parameter: "participants[3].identity" }],
      [
        pair("0900", "+15550000002"),
        { code: "ADDRESS_INVALID", parameter: "participants[4].messagingBinding.address" },
      ],
      [
        pair("+15550000007", "+15550000008"),
        { code: "BINDING_EXISTS", message: expect.stringContaining(other.sid) },
      ],
      [PAIR, null],
      [PAIR, { code: "BINDING_EXISTS", message: expect.stringContaining(made.sid) }],
      [
        { identity: "x", attributesText: "{" },
        { code: "ATTRIBUTES_INVALID", parameter: "participants[8].attributesText" },
      ],
      [
        { identity: "x", attributes: 1, attributesText: "1" },
        { code: "INVALID_PARAMETER", parameter: "participants[9].attributesText" },
      ],
      [
        { identity: "x", roleSid: `RL${"0".repeat(32)}` },
        { code: "ROLE_NOT_FOUND", parameter: "participants[10].roleSid" },
      ],
      [{ messagingBinding: { address: "+15550000009" } }, null],
      [{ messagingBinding: { address: "+15550000009" } }, { code: "GROUP_PARTICIPANT_EXISTS" }],
    ];
    const { items, addedCount } = await addAll(
      seed,
      made,
      given.map(([who]) => who),
    );
    expect(addedCount).toBe(3);
    expect(items).toMatchObject(
      given.map(([, error]) => (error ? { participant: null, error } : { error: null })),
    );
    const ids = items.map(({ error }: { error: { conflicting?: { id: string } } | null }) =>
      error?.conflicting ? Buffer.from(error.conflicting.id, "base64url").toString() : null,
    );
    expect(ids[0]).toContain(there.sid);
    expect(ids[2]).toContain(items[1].participant.sid);
    expect(ids[5]).toContain(held.sid);
    expect((await seed.rest.get("/v1/Users/x")).status).toBe(404);
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it("changes nothing where one can't be added and all are wanted, and tells each fault", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    await seed.participant(made, { Identity: "there" });
    const before = await seed.stored();
    const given = [chat("new"), chat("there"), {}, chat("new"), { identity: "x", attributesText: "{" }];
    const error = await addAll(seed, made, given, "ALL_OR_NOTHING");
    expect(error).toMatchObject({
      __typename: "ItemsError",
      code: "PARTICIPANT_EXISTS",
      status: 409,
      faults: [
        { index: 1, error: { __typename: "ConflictError", code: "PARTICIPANT_EXISTS" } },
        {
          index: 2,
          error: {
            __typename: "InvalidInputError",
            code: "IDENTITY_MISSING",
            parameter: "participants[2].identity",
          },
        },
        { index: 3, error: { code: "PARTICIPANT_EXISTS", conflicting: null } },
        { index: 4, error: { parameter: "participants[4].attributesText" } },
      ],
    });
    expect(await seed.stored()).toBe(before);
  });

  it("refuses those above 1,000 and above 50 who do not chat, in the order of the input", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    await seed.query(
      "update conversations set participant_count = 996, non_chat_count = 49 where account_sid = $1",
    );
    const native = (n: number) => ({ messagingBinding: { address: `+1555000000${n}` } });
    const given = [
      native(1),
      native(2),
      chat("a"),
      { identity: "" },
      chat("b"),
      native(3),
      chat("c"),
      chat("d"),
      chat("a"),
    ];
    const { items } = await addAll(seed, made, given);
    expect(items.map(({ error }: { error: { code: string } | null }) => error?.code ?? "added")).toEqual([
      "added",
      "NON_CHAT_PARTICIPANT_LIMIT",
      "added",
      "IDENTITY_MISSING",
      "added",
      "NON_CHAT_PARTICIPANT_LIMIT",
      "added",
      "PARTICIPANT_LIMIT",
      "PARTICIPANT_LIMIT",
    ]);
    expect(await addAll(seed, made, [chat("e")], "ALL_OR_NOTHING")).toMatchObject({
      code: "PARTICIPANT_LIMIT",
      faults: [{ error: { parameter: "participants[0]" } }],
    });
  });

  it("takes over the pairs of conversations whose time has run out, of whatever service", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const { sid } = await seed.service();
    const pairs = Array.from({ length: 6 }, (_, n) => pair(`+1555000001${n}`, "+15550000002"));
    for (const [n, { messagingBinding }] of pairs.entries()) {
      const path = n % 2 ? "/v1/Conversations" : `/v1/Services/${sid}/Conversations`;
      const holder = (await seed.rest.post(path)).body;
      await seed.participant(holder, binding(messagingBinding.address, messagingBinding.proxyAddress));
      if (n < 4)
        await seed.query(`update conversations set date_closed = now() - interval '1 minute'
          where account_sid = $1 and sid = '${holder.sid}'`);
    }
    const { items } = await addAll(seed, made, pairs);
    const codes = items.map(({ error }: { error: { code: string } | null }) => error?.code ?? "added");
    expect(codes).toEqual(["added", "added", "added", "added", "BINDING_EXISTS", "BINDING_EXISTS"]);
    expect(
      await seed.query(`select 1 from participants p join conversations c on c.account_sid = $1 and c.sid = p.conversation_sid
        where p.account_sid = $1 and p.binding_active and p.proxy_address is not null and c.state = 'closed'`),
    ).toEqual([]);
  });

  it.each([
    ["none", [], { code: "INVALID_PARAMETER", parameter: "participants" }],
    ["1,001", users(1001), { code: "INVALID_PARAMETER", parameter: "participants" }],
  ])("refuses %s", async (_, participants, error) => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const answer = await addAll(seed, made, participants);
    expect(answer).toMatchObject({ __typename: "InvalidInputError", code: error.code });
  });

  it("refuses a closed conversation and one that is not there as a whole, whatever the mode", async () => {
    const seed = await newAccount();
    const closed = await seed.conversation();
    await seed.rest.post(closed.url, { State: "closed" });
    for (const mode of ["PER_ITEM", "ALL_OR_NOTHING"] as const) {
      expect(await addAll(seed, closed, [chat("ann")], mode)).toMatchObject({ code: "CONVERSATION_CLOSED" });
      const nowhere = { sid: `CH${"0".repeat(32)}` };
      expect(await addAll(seed, nowhere, [chat("ann")], mode)).toMatchObject({
        __typename: "NotFoundError",
      });
    }
  });

  it("runs the same statements for 2 and for 500", async () => {
    const seed = await newAccount();
    const seen: string[][] = [];
    for (const count of [2, 500]) {
      const made = await seed.conversation();
      const who = [...users(count, count * 10), pair(`+1555${1e6 + count}`, "+15550000002")];
      const { statements, result } = await statementsOf(() => addAll(seed, made, who));
      expect(result.addedCount).toBe(count + 1);
      seen.push(statements.slice(statements.indexOf("defaultService")));
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]!.slice(0, 9)).toEqual([
      "defaultService",
      "countParticipants",
      "occupants",
      "pairHolders",
      "usersByIdentity",
      "insertUsersIfNew",
      "insertParticipants",
      "insertAllInInbox",
      "countParticipants",
    ]);
  });

  it("answers 1,000 within the limits of a request", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const { addedCount, items } = await addAll(seed, made, users(1000), "ALL_OR_NOTHING");
    expect([addedCount, items.length]).toEqual([1000, 1000]);
    expect(await countFaults(seed)).toEqual([]);
    expect(await seed.inboxFaults()).toEqual([]);
  }, 60_000);

  it("counts what is asked of each as often as there are", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const { body } = await seed.graphql(
      `mutation ($input: AddParticipantsInput!) { addParticipants(input: $input) { ... on AddParticipantsPayload {
        items { participant { conversation { participants(first: 1000) { nodes { sid } } } } } } } }`,
      { input: { conversationSid: made.sid, participants: users(1000), mode: "PER_ITEM" } },
    );
    expect(body.errors[0].extensions.code).toBe("QUERY_TOO_COMPLEX");
    expect((await seed.rest.get(made.links.participants)).body.participants).toEqual([]);
  });

  it("answers a repeat under the same key as the first time, faults included", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const input = {
      conversationSid: made.sid,
      participants: [chat("ann"), chat("ann"), {}],
      mode: "PER_ITEM",
      idempotencyKey: "once",
    };
    const query = `mutation ($input: AddParticipantsInput!) { addParticipants(input: $input) {
      ... on AddParticipantsPayload { items { participant { sid } error { code message ... on ConflictError { conflicting { id } } } } } } }`;
    const first = (await seed.graphql(query, { input })).body;
    expect(first.data.addParticipants.items).toMatchObject([
      { error: null },
      { error: { code: "PARTICIPANT_EXISTS", conflicting: { id: expect.any(String) } } },
      { error: { code: "IDENTITY_MISSING" } },
    ]);
    const before = await seed.stored();
    expect((await seed.graphql(query, { input })).body).toEqual(first);
    expect(await seed.stored()).toBe(before);
  });
});
