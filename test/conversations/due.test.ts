import { describe, expect, it } from "vitest";
import { sweepTimers } from "../../src/conversations/sweep.ts";
import { appAt, binding, newAccount, type Resource, race, refusal } from "../setup/seed.ts";

// A sweep looks at all accounts: only what is due in the year 1990 may be touched by those of this file.
const START = "1990-01-01T00:00:00Z";
const PAIR = binding("+15550000001", "+15550000002");
const TIMERS = { State: "active", "Timers.Inactive": "PT1M", "Timers.Closed": "PT10M" };

/** A conversation with both timers and two participants, which holds the pair. */
async function timed() {
  const clock = await appAt(START);
  const seed = await newAccount(clock.app);
  const conversation = await seed.conversation({ UniqueName: "timed", ...TIMERS });
  const ann = await seed.participant(conversation, { Identity: "ann" });
  const sms = await seed.participant(conversation, PAIR);
  return { ...clock, ...seed, conversation, ann, sms, newConversation: seed.conversation };
}

type Timed = Awaited<ReturnType<typeof timed>>;

/** What every read says of the one conversation: `[state, timers, date_updated]`, by read. */
async function reads({ rest, conversation }: Timed): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const path of [
    `/v1/Conversations/${conversation.sid}`,
    "/v1/Conversations/timed",
    "/v1/Conversations",
    "/v1/Conversations?StartDate=1989-01-01T00:00:00Z",
    ...["active", "inactive", "closed"].flatMap((state) => [
      `/v1/Conversations?State=${state}`,
      `/v1/Conversations?State=${state}&EndDate=1991-01-01T00:00:00Z`,
    ]),
    "/v1/ParticipantConversations?Identity=ann",
    "/v1/ParticipantConversations?Address=%2B15550000001",
    "/v1/Users/ann/Conversations",
    `/v1/Users/ann/Conversations/${conversation.sid}`,
  ]) {
    const { body } = await rest.get(path);
    const rows: Resource[] = body.conversations ?? [body];
    seen[path] = rows.map((row) => [
      row.state ?? row.conversation_state,
      row.timers ?? row.conversation_timers,
      row.date_updated ?? row.conversation_date_updated,
    ]);
  }
  return seen;
}

const statesIn = (seen: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(seen).map(([path, rows]) => [path, (rows as string[][]).map(([state]) => state)]),
  );

const stateStored = async ({ query }: Timed) =>
  query(`select c.state, bool_or(p.binding_active and p.proxy_address is not null) from conversations c
    join participants p on p.account_sid = c.account_sid and p.conversation_sid = c.sid
    where c.account_sid = $1 group by c.sid, c.state`);

describe("a conversation whose time has come", () => {
  it.each([
    [0, "active"],
    [60, "inactive"],
    [600, "closed"],
  ])("after %d seconds is %s for every reader at once", async (seconds, state) => {
    const one = await timed();
    one.pass(seconds);
    for (const [path, states] of Object.entries(statesIn(await reads(one)))) {
      const filter = /State=(\w+)/.exec(path)?.[1];
      expect(states, path).toEqual(filter === undefined || filter === state ? [state] : []);
    }
    expect(await stateStored(one)).toEqual([["active", true]]);
  });

  it.each([
    [0, "ACTIVE"],
    [60, "INACTIVE"],
    [600, "CLOSED"],
  ])("after %d seconds is %s on GraphQL, wherever it is reached from", async (seconds, state) => {
    const one = await timed();
    one.pass(seconds);
    const { body } = await one.graphql(
      `query ($sid: String!, $state: ConversationState!) {
        conversation(sid: $sid) { state participants { nodes { conversation { state } } } }
        conversations(filter: { state: $state }) { nodes { state } }
        participantConversations(identity: "ann") { nodes { conversation { state } } }
        user(sid: "ann") { conversations { nodes { conversation { state } } } }
        userConversation(userSid: "ann", conversationSid: $sid) { conversation { state } }
      }`,
      { sid: one.conversation.sid, state },
    );
    const states = [...JSON.stringify(body.data).matchAll(/"state":"(\w+)"/g)].map(([, found]) => found);
    expect(states).toEqual(Array(7).fill(state));
  });

  it.each([
    [60, "inactive", true],
    [600, "closed", false],
    [9999, "closed", false],
  ])(
    "after %d seconds reads the same before and after the sweep, its date of change too",
    async (seconds, state, held) => {
      const one = await timed();
      one.pass(seconds);
      const before = await reads(one);
      await sweepTimers(one.app.deps);
      expect(await stateStored(one)).toEqual([[state, held]]);
      expect(await reads(one)).toEqual(before);
      expect(await sweepTimers(one.app.deps)).toBe(0);
      expect(await reads(one)).toEqual(before);
    },
  );

  it("reads the same when it was swept on the way", async () => {
    const [swept, unswept] = [await timed(), await timed()];
    swept.pass(60);
    await sweepTimers(swept.app.deps);
    for (const one of [swept, unswept]) one.pass(one === swept ? 540 : 600);
    const [a, b] = [await reads(swept), await reads(unswept)];
    expect(Object.values(a)).toEqual(Object.values(b));
    expect(Object.values(a)[0]).toEqual([["closed", swept.conversation.timers, "1990-01-01T00:10:00Z"]]);
  });

  it("400 50377 for every write to it before any sweep, 204 for leaving", async () => {
    const { pass, rest, conversation, ann, stored } = await timed();
    pass(600);
    const before = await stored();
    expect(await rest.post(conversation.url, { State: "active" })).toMatchObject(refusal(400, 50377));
    expect(await rest.post(conversation.links.participants, { Identity: "bob" })).toMatchObject(
      refusal(400, 50377),
    );
    expect(await rest.post(conversation.links.participants, PAIR)).toMatchObject(refusal(400, 50377));
    expect(await rest.post(ann.url, { Attributes: "[1]" })).toMatchObject(refusal(400, 50377));
    expect(await stored()).toBe(before);
    expect((await rest.delete(ann.url)).status).toBe(204);
    expect((await rest.delete(conversation.url)).status).toBe(204);
  });
});

describe("a binding held by a conversation that is due", () => {
  it("is freed for who adds it, before any sweep, and the holder is closed for good", async () => {
    const one = await timed();
    const other = await one.newConversation();
    one.pass(599);
    expect(await one.rest.post(other.links.participants, PAIR)).toMatchObject(refusal(409, 50416));
    one.pass(1);
    const before = (await reads(one))[`/v1/Conversations/${one.conversation.sid}`];
    await one.participant(other, PAIR);
    const held = await one.query(`select conversation_sid, binding_active from participants
      where account_sid = $1 and proxy_address is not null order by conversation_sid`);
    expect(held).toEqual([
      [one.conversation.sid, false],
      [other.sid, true],
    ]);
    expect((await reads(one))[`/v1/Conversations/${one.conversation.sid}`]).toEqual(before);
  });

  it("is freed for who adds a proxy", async () => {
    const { pass, rest, newConversation, participant } = await timed();
    const other = await newConversation();
    const member = await participant(other, { "MessagingBinding.Address": "+15550000001" });
    pass(600);
    const proxy = { "MessagingBinding.ProxyAddress": "+15550000002" };
    expect((await rest.post(member.url, proxy)).status).toBe(200);
  });

  it("goes to one of 32 who want it at once", async () => {
    const { pass, rest, newConversation } = await timed();
    const made: Resource[] = [];
    for (let i = 0; i < 8; i++) made.push(await newConversation());
    pass(600);
    const tally = await race(32, (n) => rest.post(made[n % 8].links.participants, PAIR));
    expect(tally).toEqual({ 201: 1, "409 50416": 31 });
  });
});

describe("sweep", () => {
  it("does it once, however many sweep at the same time", async () => {
    const clock = await appAt(START);
    const seed = await newAccount(clock.app);
    for (let i = 0; i < 40; i++) {
      const made = await seed.conversation(TIMERS);
      await seed.participant(made, binding("+15550000001", `+15550001${100 + i}`));
    }
    clock.pass(3600);
    const kept = await seed.conversation(TIMERS);
    // What other tests left behind is swept with them.
    const elsewhere = await seed.query(
      "select count(*)::int from conversations where account_sid <> $1 and state <> 'closed' and date_closed < '1991-01-01'",
    );
    const swept = await Promise.all([
      sweepTimers(clock.app.deps),
      sweepTimers(clock.app.deps),
      sweepTimers(clock.app.deps),
    ]);
    expect(swept.reduce((all, one) => all + one)).toBe(40 + (elsewhere[0]![0] as number));
    const held =
      "select state, count(*)::int from conversations where account_sid = $1 group by state order by state";
    expect(await seed.query(held)).toEqual([
      ["active", 1],
      ["closed", 40],
    ]);
    const active = "select sid from participants where account_sid = $1 and binding_active";
    expect(await seed.query(active)).toEqual([]);
    expect((await seed.rest.get(kept.url)).body).toEqual(kept);
  });
});
