import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { lockUnreadOfUser } from "../../src/inbox/queries.ts";
import { type Apart, openApart } from "../setup/apart.ts";
import { bulk } from "../setup/bulk.ts";
import { type PlanMode, planOf, rowsRead } from "../setup/plans.ts";
import type { Seed } from "../setup/seed.ts";

// The planner is the same, and making the rows takes the embedded one long.
const SKIPPED = inject("databaseUrl") === null;
const OWN = 10_000;
const LIMIT = 1000;
const MODES: PlanMode[] = ["force_custom_plan", "force_generic_plan"];

const sid = (prefix: string, n: number) => prefix + n.toString(16).padStart(32, "0");

let apart: Apart;
let seed: Seed;

/** Users 1 to 3 are in 10,000 conversations each, most of what the account has: all unread, none, and one in a hundred. */
beforeAll(async () => {
  if (SKIPPED) return;
  apart = await openApart();
  seed = await apart.account();
  const fill = bulk(seed);
  await fill.users(1, 12);
  await fill.conversations(1, OWN);
  await fill.firstMessages(1, OWN);
  for (const user of [1, 2, 3]) await fill.join(user, 1, OWN);
  for (let user = 4; user <= 12; user++) await fill.join(user, user * 700, user * 700 + 999);
  const read = (user: number, rest: string) =>
    seed.query(`update inbox set last_read_message_index = 0, unread_count = 0
      where account_sid = $1 and user_sid = '${sid("US", user)}' ${rest}`);
  await read(2, "");
  await read(3, "and abs(hashtext(conversation_sid) % 100) <> 1");
  await apart.settle();
}, 600_000);
afterAll(() => apart?.close());

const lock = (user: number, after: string) =>
  apart.app.deps.db.transaction((tx) =>
    lockUnreadOfUser(tx, { accountSid: seed.account.sid, userSid: sid("US", user), after, limit: LIMIT }),
  );

describe.skipIf(SKIPPED)("what is unread of a user in 10,000 conversations is found along their own", () => {
  it.each([
    { name: "all unread", user: 1, after: "", found: LIMIT, walked: LIMIT },
    { name: "all unread, from late on", user: 1, after: sid("CH", OWN - 100), found: 100, walked: 100 },
    { name: "none unread", user: 2, after: "", found: 0, walked: OWN },
    { name: "none unread, from late on", user: 2, after: sid("CH", OWN - 100), found: 0, walked: 100 },
    { name: "few unread", user: 3, after: "", walked: OWN },
    { name: "few unread, from late on", user: 3, after: sid("CH", OWN - 500), walked: 500 },
    { name: "someone in few", user: 5, after: "", found: LIMIT, walked: LIMIT },
  ])("$name", async ({ user, after, found, walked }) => {
    const rows = await lock(user, after);
    if (found === undefined) expect(rows.length).toBeGreaterThan(0);
    else expect(rows).toHaveLength(found);
    for (const mode of MODES) {
      const plan = await planOf(() => lock(user, after), mode);
      const scans = plan.filter((node) => node["Relation Name"]);
      expect(scans.map((node) => node["Index Name"])).toEqual(["participants_by_user", "inbox_pk"]);
      expect(
        plan.map((node) => node["Node Type"]).filter((type) => /Sort|Join|Hash|Nested/.test(type)),
      ).toEqual([]);
      for (const table of ["participants", "inbox"]) expect(rowsRead(plan, table)).toBe(walked);
    }
  });
});
