import { describe, expect, it } from "vitest";
import { bulk } from "../setup/bulk.ts";
import { recorded, statementsOf } from "../setup/database.ts";
import { newAccount, refusal, type Seed } from "../setup/seed.ts";

const sidOf = (n: number) => `CH${n.toString(16).padStart(32, "0")}`;
const LARGE = sidOf(1);
const SMALL = sidOf(2);

const left = ({ query }: Seed) =>
  query(`select (select count(*)::int from conversations where account_sid = $1),
    (select count(*)::int from participants where account_sid = $1),
    (select count(*)::int from inbox where account_sid = $1),
    (select count(*)::int from messages where account_sid = $1)`);

/** A conversation of two with so many messages, beside a small one. */
async function crowded(seed: Seed, messages: number) {
  const fill = bulk(seed);
  await fill.conversations(1, 2);
  await fill.users(1, 2);
  for (const user of [1, 2]) await fill.join(user, 1, 2);
  await fill.messages(LARGE, 0, messages - 1);
  await fill.messages(SMALL, 0, 2);
  return `/v1/Conversations/${LARGE}`;
}

describe("DELETE of a conversation", () => {
  it("is one statement where its messages are few, and all that was in it is gone", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    await seed.participant(made, { Identity: "ann" });
    for (let n = 0; n < 3; n++) await seed.message(made);
    const { statements, result } = await statementsOf(() => seed.rest.delete(made.url));
    expect(result.status).toBe(204);
    expect(statements.slice(-2)).toEqual(["defaultService", "deleteConversation"]);
    expect(await left(seed)).toEqual([[0, 0, 0, 0]]);
  });

  it("204 for one with tens of thousands of messages, a bounded part of them in each transaction", async () => {
    const seed = await newAccount();
    const path = await crowded(seed, 50_000);
    const { runs, result } = await recorded(() => seed.rest.delete(path));
    expect(result.status).toBe(204);
    const names = runs.map(({ statement }) => statement.name);
    expect(names.filter((name) => name === "deleteOldestMessages")).toHaveLength(3);
    expect(await seed.rest.get(path)).toMatchObject(refusal(404, 20404));
    expect(await left(seed)).toEqual([[1, 2, 2, 3]]);
  });

  it("is in no inbox from its first part on, and is true of itself until its last", async () => {
    const seed = await newAccount();
    const path = await crowded(seed, 50_000);
    const { db } = seed.app.deps;
    await db.execute(
      {
        name: "failing",
        text: `create or replace function keep_large() returns trigger language plpgsql as
          $$ begin raise exception using errcode = 'XX000', message = 'as it was told to'; end $$`,
      },
      [],
    );
    const name = `keep_${seed.account.sid.toLowerCase()}`;
    const when = `when (old.account_sid = '${seed.account.sid}' and old.index = 45000)`;
    await seed.app.deps.db.execute(
      {
        name: "failing",
        text: `create trigger ${name} before delete on messages for each row ${when} execute function keep_large()`,
      },
      [],
    );
    expect(await seed.rest.delete(path)).toMatchObject(refusal(500, 20500));
    expect(await left(seed)).toEqual([[2, 2, 2, 10_003]]);
    expect((await seed.rest.get("/v1/Users/user-1/Conversations")).body.conversations).toHaveLength(1);
    const { body } = await seed.rest.get(`${path}/Messages`, { Order: "desc", PageSize: "1" });
    expect(body.messages[0].index).toBe(49_999);
    const added = await seed.rest.post(`${path}/Participants`, { Identity: "user-1" });
    expect(added.status).toBe(201);
    await seed.rest.post(`/v1/Users/user-1/Conversations/${LARGE}`, { LastReadMessageIndex: "49000" });
    const own = await seed.rest.get(`/v1/Users/user-1/Conversations/${LARGE}`);
    expect(own.body.unread_messages_count).toBe(999);
    await db.execute({ name: "failing", text: `drop trigger ${name} on messages` }, []);
    expect((await seed.rest.delete(path)).status).toBe(204);
    expect(await left(seed)).toEqual([[1, 2, 2, 3]]);
  });
});

describe("DELETE of a service", () => {
  it("204 for one whose conversations have tens of thousands of messages", async () => {
    const seed = await newAccount();
    const { sid } = await seed.service();
    const fill = bulk(seed);
    await fill.conversations(1, 40);
    await fill.users(1, 1);
    await fill.join(1, 1, 40);
    for (const [conversation, count] of [
      [1, 25_000],
      [2, 12_000],
      [3, 10_000],
      [40, 100],
    ] as const) {
      await fill.messages(sidOf(conversation), 0, count - 1);
    }
    for (const table of ["messages", "inbox", "participants", "conversations", "users"]) {
      await seed.query(`update ${table} set chat_service_sid = '${sid}' where account_sid = $1`);
    }
    const { statements, result } = await statementsOf(() => seed.rest.delete(`/v1/Services/${sid}`));
    expect(result.status).toBe(204);
    expect(statements.filter((name) => name === "deleteOldestMessages").length).toBeGreaterThan(1);
    expect(await left(seed)).toEqual([[0, 0, 0, 0]]);
    expect((await seed.rest.get("/v1/Services")).body.services).toHaveLength(1);
  });
});
