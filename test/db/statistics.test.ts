import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listConversations } from "../../src/conversations/resolvers.ts";
import { refreshStatistics } from "../../src/db/statistics.ts";
import { getUser } from "../../src/users/resolvers.ts";
import { type Apart, openApart } from "../setup/apart.ts";
import { bulk } from "../setup/bulk.ts";
import { type PlanMode, planOf, rowsRead } from "../setup/plans.ts";
import type { Seed } from "../setup/seed.ts";

const MANY = 3000;
const PAGE = { limit: 20, direction: "forward" } as const;
const MODES: PlanMode[] = ["force_custom_plan", "force_generic_plan"];

let apart: Apart;
let seed: Seed;
let service: string;
const refresh = () => refreshStatistics(apart.app.deps);
/** Fills tables whose length and rows the planner has not been told of. */
beforeAll(async () => {
  apart = await openApart();
  seed = await apart.account();
  const [row] = await seed.query("select default_service_sid from accounts where account_sid = $1");
  service = String(row![0]);
  const fill = bulk(seed);
  await fill.conversations(1, MANY);
  await fill.users(1, MANY);
  await refresh();
}, 60_000);
afterAll(() => apart?.close());

describe.each(MODES)("as soon as tables that have grown are analyzed, with a %s", (mode) => {
  it("a page of conversations reads no more than a page", async () => {
    const plan = await planOf(() => listConversations(seed.context(), {}, PAGE), mode);
    expect(rowsRead(plan, "conversations")).toBeLessThanOrEqual(PAGE.limit + 1);
  });

  it("a user is found by its identity, and no other is read", async () => {
    for (const serviceSid of [undefined, service]) {
      const user = () => getUser(seed.context(), { serviceSid, user: "user-7" });
      expect(rowsRead(await planOf(user, mode), "users")).toBe(1);
    }
  });
});

it("tables that have not grown since are left as they are", async () => {
  expect(await refresh()).toBe(0);
});

it("a table of more than half a gigabyte is no harm to the others", async () => {
  const run = (text: string) => apart.db.execute({ name: "pretend", text }, []);
  await run("update pg_class set relpages = 100000 where relname = 'messages'");
  await run("update pg_class set relpages = 1 where relname = 'users'");
  expect(await refresh()).toBe(1);
});
