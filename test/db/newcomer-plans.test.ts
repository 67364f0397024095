import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Apart, openApart } from "../setup/apart.ts";
import { bulk } from "../setup/bulk.ts";
import { pagesRead, plansOf } from "../setup/plans.ts";
import type { Seed } from "../setup/seed.ts";

const MANY = 5_000;
const ADDRESS = "+15550000001";
const place = (n: number) => n.toString(16).padStart(32, "0");
const CONVERSATION = `/v1/Conversations/CH${place(100)}`;

let apart: Apart;
let seed: Seed;

/** One user is in every second conversation, others in 51; an address is in all. */
async function fill(account: Seed) {
  const make = bulk(account);
  await make.users(1, MANY);
  await make.conversations(1, MANY);
  await make.join(1, 1, MANY / 2);
  for (let user = 2; user <= 20; user++) await make.join(user, user * 50, user * 50 + 50);
  await make.text(`'${ADDRESS}'`, 1, MANY);
  await make.firstMessages(1, MANY);
}

/** An account that is as large as all others together, and of which no statistics tell. */
beforeAll(async () => {
  apart = await openApart();
  await fill(await apart.account());
  await apart.settle();
  seed = await apart.account();
  await fill(seed);
}, 120_000);
afterAll(() => apart?.close());

/** Some look-ups in indexes and tables for each row that is answered or counted, and some for the statement. */
async function expectFewPages(
  work: () => Promise<{ status: number; body: { errors?: unknown } }>,
  counted = 0,
) {
  const plans = await plansOf(async () => {
    const { status, body } = await work();
    expect([status, body.errors]).toEqual([200, undefined]);
  }, "force_generic_plan");
  expect(plans).not.toHaveLength(0);
  for (const { name, plan } of plans) {
    expect(pagesRead(plan), name).toBeLessThanOrEqual(40 + 12 * Math.max(counted, plan[0]!["Actual Rows"]));
  }
}

describe("of an account that came after the last analysis, no more is read than is answered", () => {
  const NODE = `participant { sid attributes } conversation { sid attributes lastMessage { body }
    participants(first: 5) { totalCount nodes { sid user { sid } } } messages(first: 3) { totalCount nodes { sid } } }`;

  it.each(
    ['identity: "user-1"', 'identity: "user-2"', `address: "${ADDRESS}"`].flatMap((who) =>
      ["SID", "LAST_ACTIVITY", "DATE_CREATED"].map((order) => `${who}, orderBy: ${order}`),
    ),
  )("by an inbox of %s", (list) =>
    expectFewPages(() =>
      seed.graphql(`{ participantConversations(${list}, first: 20) { nodes { ${NODE} } } }`),
    ),
  );

  it("by the totals of a user", () =>
    expectFewPages(
      () => seed.graphql('{ user(sid: "user-2") { totalUnreadCount unreadConversationsCount } }'),
      51,
    ));

  it.each([
    "/v1/Users",
    "/v1/Users/user-7",
    `/v1/Users/US${place(7)}`,
    "/v1/Users/user-1/Conversations",
    "/v1/Roles",
    "/v1/Conversations",
    "/v1/Conversations?State=active",
    "/v1/Conversations?State=closed",
    CONVERSATION,
    `${CONVERSATION}/Participants`,
    `${CONVERSATION}/Participants/user-2`,
    `${CONVERSATION}/Messages`,
  ])("by GET %s", (path) => expectFewPages(() => seed.rest.get(path)));
});

it("every session has one plan for each statement", async () => {
  const [row] = await apart.db.execute({ name: "ask", text: "show plan_cache_mode" }, []);
  expect(row).toEqual(["force_generic_plan"]);
});

it("the planner takes each table for one account's, and one service's", async () => {
  const columns = await seed.query(`select attrelid::regclass::text, attname,
      coalesce('n_distinct=1' = any(attoptions), false)
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'accounts'
      and attname in ('account_sid', 'chat_service_sid') and $1 <> ''`);
  expect(columns.length).toBeGreaterThan(10);
  expect(columns.filter(([, , isTold]) => !isTold)).toEqual([]);
});
