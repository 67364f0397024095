import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listConversations } from "../../src/conversations/resolvers.ts";
import type { PageRequest } from "../../src/core/page.ts";
import { listParticipantConversations } from "../../src/participant-conversations/resolvers.ts";
import { createService } from "../../src/services/resolvers.ts";
import { listUsers } from "../../src/users/resolvers.ts";
import { type Apart, openApart } from "../setup/apart.ts";
import { bulk } from "../setup/bulk.ts";
import { recorded } from "../setup/database.ts";
import type { Seed } from "../setup/seed.ts";

const PAGE: PageRequest = { limit: 50, direction: "forward" };

let apart: Apart;
let seed: Seed;
beforeAll(async () => {
  apart = await openApart();
});
afterAll(() => apart?.close());

interface Node {
  "Node Type": string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
}

/** The nodes of the plan that the planner chose, by itself, for the statements of `work`, and ran. */
async function planOf(work: () => Promise<unknown>, settings = "enable_seqscan = on"): Promise<Node[]> {
  const { runs } = await recorded(work);
  const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
  return runs[0]!.aside.transaction(async (tx) => {
    await tx.execute({ name: "set", text: `set local ${settings}` }, []);
    const plans: Node[] = [];
    for (const { statement, parameters } of runs) {
      const explain = `explain (analyze, timing off, format json) ${statement.text}`;
      const [row] = await tx.execute({ name: "explain", text: explain }, parameters);
      const cell = row![0];
      const [{ Plan }] = (typeof cell === "string" ? JSON.parse(cell) : cell) as [{ Plan: Node }];
      plans.push(...flatten(Plan));
    }
    return plans;
  });
}

/** The most rows that any node of the plan looked at. */
const mostRead = (plan: Node[]) =>
  Math.max(...plan.map((node) => node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)));

describe("DELETE of what is too large for one transaction", () => {
  it("204, and every place of the user is gone and uncounted", async () => {
    const seed = await apart.account();
    const fill = bulk(seed);
    await fill.users(1, 2);
    await fill.conversations(1, 1201);
    await fill.join(1, 1, 1201);
    await fill.join(2, 1200, 1201);
    expect((await seed.rest.delete("/v1/Users/user-1")).status).toBe(204);
    const counts =
      "select participant_count, count(*)::int from conversations where account_sid = $1 group by 1 order by 1";
    expect(await seed.query(counts)).toEqual([
      [0, 1199],
      [1, 2],
    ]);
    expect(await seed.query("select count(*)::int from participants where account_sid = $1")).toEqual([[2]]);
  });

  it("204, and everything in the service is gone", async () => {
    const seed = await apart.account();
    const { sid } = await seed.service();
    await bulk(seed).conversations(1, 5001);
    await bulk(seed).users(1, 5001);
    for (const table of ["conversations", "users"]) {
      await seed.query(`update ${table} set chat_service_sid = '${sid}' where account_sid = $1`);
    }
    expect((await seed.rest.delete(`/v1/Services/${sid}`)).status).toBe(204);
    const left =
      "select (select count(*)::int from conversations where account_sid = $1), (select count(*)::int from users where account_sid = $1)";
    expect(await seed.query(left)).toEqual([[0, 0]]);
  });
});

describe("among many rows, a page reads little more than itself", () => {
  beforeAll(async () => {
    seed = await apart.account();
    const fill = bulk(seed);
    await fill.conversations(1, 20_000);
    await fill.users(1, 20_000);
    for (let agent = 1; agent <= 5; agent++) await fill.join(agent, agent * 100, agent * 100 + 4000);
    await fill.join(6, 16_000, 20_000);
    await seed.rest.post("/v1/Conversations", { UniqueName: "closed" });
    await seed.rest.post("/v1/Conversations/closed", { State: "closed" });
    await apart.settle();
  });

  it.each([
    ["at its start", undefined],
    ["in its middle", "CH00000000000000000000000000004650"],
  ])("of an identity in a fifth of all conversations, %s", async (_, conversationSid) => {
    const after = conversationSid && { after: [conversationSid, "MB"] };
    const list = () =>
      listParticipantConversations(seed.context(), { identity: "user-6" }, { ...PAGE, ...after });
    expect((await list()).items).toHaveLength(50);
    expect(mostRead(await planOf(list))).toBeLessThan(200);
  });

  it("of the users of a small service beside a large one", async () => {
    const { sid } = await createService(seed.context(), { friendlyName: "small" });
    const plan = await planOf(() => listUsers(seed.context(), { serviceSid: sid }, PAGE));
    expect(mostRead(plan)).toBeLessThan(200);
  });

  it("of the conversations that are active", async () => {
    const plan = await planOf(() => listConversations(seed.context(), { state: "active" }, PAGE));
    expect(mostRead(plan)).toBeLessThan(200);
  });

  it.each(["closed", "inactive"])("of the conversations that are %s", async (state) => {
    const list = () => listConversations(seed.context(), { state }, PAGE);
    // Other tests leave timers that nobody sweeps, enough to make reading all of a small table look cheap.
    const plan = await planOf(list, "enable_seqscan = off");
    expect(mostRead(plan)).toBeLessThan(200);
    const indexes = plan.flatMap((node) => node["Index Name"] ?? []).join(" ");
    expect(indexes).toMatch(/\bconversations_by_state_activity\b/);
    // By account or by date, as the planner likes.
    expect(indexes).toMatch(/\bconversations_due_closed/);
  });
});
