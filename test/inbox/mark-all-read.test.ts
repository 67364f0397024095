import { describe, expect, it } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { mentionsOf } from "../contract/sql.ts";
import { bulk } from "../setup/bulk.ts";
import { recorded } from "../setup/database.ts";
import { appAt, newAccount, type Resource, type Seed } from "../setup/seed.ts";

async function markAllRead({ graphql }: Seed, userSid: string, key: { idempotencyKey?: string } = {}) {
  const payload = "count user { identity conversations { nodes { unreadMessagesCount } } }";
  const { query, variables } = mutationOf("markAllRead", { userSid, ...key }, payload);
  const { body } = await graphql(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data.result;
}

/** Ann and bob in conversations with 3 messages each, but the last, which has none. */
async function shared(count: number) {
  const clock = await appAt("2020-01-01T00:00:00Z");
  const seed = await newAccount(clock.app);
  const conversations: Resource[] = [];
  for (let i = 0; i < count; i++) {
    const made = await seed.conversation();
    for (const Identity of ["ann", "bob"]) await seed.participant(made, { Identity });
    if (i < count - 1) await bulk(seed).messages(made.sid, 0, 2);
    conversations.push(made);
  }
  clock.pass(60);
  const own = (user: string, n: number) => `/v1/Users/${user}/Conversations/${conversations[n].sid}`;
  const unread = async (user: string) =>
    (await seed.rest.get(`/v1/Users/${user}/Conversations`)).body.conversations.map(
      (row: Resource) => row.unread_messages_count,
    );
  return { clock, seed, conversations, own, unread };
}

describe("markAllRead", () => {
  it("marks the newest message of each conversation, closed ones too, and counts those that changed", async () => {
    const { clock, seed, conversations, own, unread } = await shared(5);
    const { rest } = seed;
    await rest.post(conversations[0].url, { State: "closed" });
    await rest.post(own("ann", 1), { LastReadMessageIndex: "0" });
    await rest.post(own("ann", 2), { LastReadMessageIndex: "2" });
    await rest.post(own("ann", 3), { LastReadMessageIndex: "9" });
    clock.pass(60);
    expect(await markAllRead(seed, "ann")).toEqual({
      __typename: "MarkAllReadPayload",
      count: 2,
      user: {
        identity: "ann",
        conversations: { nodes: [0, 0, 0, 0, null].map((unreadMessagesCount) => ({ unreadMessagesCount })) },
      },
    });
    expect(await unread("ann")).toEqual([0, 0, 0, 0, null]);
    expect(await unread("bob")).toEqual([null, null, null, null, null]);
    const horizons =
      await seed.query(`select last_read_message_index, extract(epoch from last_read_timestamp)::int,
      extract(epoch from date_updated)::int from participants where account_sid = $1 and identity = 'ann' order by sid`);
    const [set, now] = [Date.parse(clock.at(-60)) / 1000, Date.parse(clock.at(0)) / 1000];
    expect(horizons).toEqual([
      [2, now, now],
      [2, now, now],
      [2, set, set],
      [9, set, set],
      [null, null, Date.parse(clock.at(-120)) / 1000],
    ]);
    expect(await seed.inboxFaults()).toEqual([]);
    expect(await markAllRead(seed, "ann")).toMatchObject({ count: 0 });
  });

  it("0 for a user who is nowhere, NOT_FOUND for who is not there and for another account's", async () => {
    const { seed } = await shared(1);
    await seed.user("eve");
    expect(await markAllRead(seed, "eve")).toMatchObject({ count: 0 });
    const refused = { __typename: "NotFoundError", code: "NOT_FOUND" };
    expect(await markAllRead(seed, "nobody")).toMatchObject(refused);
    expect(await markAllRead(await newAccount(), "ann")).toMatchObject(refused);
  });

  it("takes the same statements for 2 conversations and for 900, each bound to the account", async () => {
    const seed = await newAccount();
    const made = bulk(seed);
    await made.users(1, 2);
    await made.conversations(1, 902);
    await made.firstMessages(1, 902);
    await made.join(1, 1, 2);
    await made.join(2, 3, 902);
    for (const [user, count] of [
      ["user-1", 2],
      ["user-2", 900],
    ] as const) {
      const { query, variables } = mutationOf("markAllRead", { userSid: user }, "count");
      const { runs, result } = await recorded(() => seed.graphql(query, variables));
      expect(result.body.data.result.count).toBe(count);
      const names = runs.map((run) => run.statement.name);
      expect(names.slice(names.indexOf("lockUnreadOfUser"))).toEqual([
        "lockUnreadOfUser",
        "lockInInbox",
        "markReadInInbox",
        "markReadOfParticipants",
      ]);
      for (const { statement, parameters } of runs)
        for (const { bound } of mentionsOf(statement.text))
          expect(parameters[bound! - 1]).toBe(seed.account.sid);
    }
    expect(await seed.inboxFaults()).toEqual([]);
  });

  describe.each([
    ["without a key", {}],
    ["under a key", { idempotencyKey: "all" }],
  ])("of 2,300 conversations, %s", (_, key) => {
    const crowded = async () => {
      const seed = await newAccount();
      const made = bulk(seed);
      await made.users(1, 1);
      await made.conversations(1, 2300);
      await made.join(1, 1, 2300);
      await made.firstMessages(1, 2300);
      return seed;
    };
    const read = async ({ query }: Seed) => {
      const text = "select count(*)::int from inbox where account_sid = $1 and unread_count = 0";
      return (await query(text))[0]![0];
    };

    it("marks and counts all", async () => {
      const seed = await crowded();
      const answer = await markAllRead(seed, "user-1", key);
      expect(answer).toMatchObject({ count: 2300 });
      expect(await read(seed)).toBe(2300);
      expect(await seed.inboxFaults()).toEqual([]);
      expect(await markAllRead(seed, "user-1", key)).toMatchObject({
        count: "idempotencyKey" in key ? 2300 : 0,
      });
      expect(await markAllRead(seed, "user-1")).toMatchObject({ count: 0 });
    });

    it("keeps the thousands before one that fails, and a repeat marks the rest", async () => {
      const seed = await crowded();
      const run = (text: string) => seed.app.deps.db.execute({ name: "failing", text }, []);
      const name = `keep_${seed.account.sid.toLowerCase()}`;
      await run(`create or replace function keep_unread() returns trigger language plpgsql as
        $$ begin raise exception using errcode = 'XX000', message = 'as it was told to'; end $$`);
      await run(`create trigger ${name} before update on inbox for each row when (old.account_sid = '${seed.account.sid}'
        and old.conversation_sid = 'CH' || lpad(to_hex(2100), 32, '0')) execute function keep_unread()`);
      const { query, variables } = mutationOf("markAllRead", { userSid: "user-1", ...key }, "count");
      const { body } = await seed.graphql(query, variables);
      expect(body).toMatchObject({ data: { result: null }, errors: [{}] });
      expect(await read(seed)).toBe(2000);
      expect(await seed.inboxFaults()).toEqual([]);
      await run(`drop trigger ${name} on inbox`);
      expect(await markAllRead(seed, "user-1", key)).toMatchObject({ count: 300 });
      expect(await read(seed)).toBe(2300);
    });
  });
});
