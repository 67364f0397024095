import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Conversation } from "../../src/conversations/model.ts";
import type { PageRequest } from "../../src/core/page.ts";
import type { Statement } from "../../src/db/statement.ts";
import { lastMessageOf, messageAt, messagesOfConversation } from "../../src/messages/resolvers.ts";
import { joinBySid, joinByUniqueName } from "../../src/participants/joining/queries.ts";
import {
  deleteSomeConversations,
  deleteSomeUsers,
  firstConversation,
} from "../../src/services/deleting/queries.ts";
import { leaveSms, lockConversationsOfUser } from "../../src/users/queries.ts";
import { type Apart, openApart } from "../setup/apart.ts";
import { bulk } from "../setup/bulk.ts";
import { type Node, type PlanMode, planOf, rowsRead } from "../setup/plans.ts";
import type { Seed } from "../setup/seed.ts";

// The planner is the same, and making the rows takes the embedded one minutes.
const SKIPPED = inject("databaseUrl") === null;
const MODES: PlanMode[] = ["force_custom_plan", "force_generic_plan"];
const ALL = 20_000;
const MESSAGES = 2500;
const sidOf = (prefix: string, n: number) => `${prefix}${n.toString(16).padStart(32, "0")}`;
const conversation = { sid: sidOf("CH", 7) } as Conversation;

let apart: Apart;
let seed: Seed;
let service: string;

/** Three of 10,000, whose deletion with all their places is not what is looked at. */
const BUSY = [9998, 9999, 10_000] as const;

/** Conversations with someone in each, who is in half of them; every 500th is too large for one statement. */
beforeAll(async () => {
  if (SKIPPED) return;
  apart = await openApart();
  seed = await apart.account();
  const fill = bulk(seed);
  await fill.users(1, 10_000);
  await fill.conversations(1, ALL);
  await fill.join(BUSY[0], 1, ALL / 2);
  await fill.join(BUSY[1], ALL / 2 + 1, ALL);
  await fill.join(BUSY[2], 1, ALL);
  await seed.query(`update conversations set last_message_index = 100000 where account_sid = $1
    and ('x' || right(sid, 6))::bit(24)::int % 500 = 0`);
  for (let n = 1; n <= 10; n++) await fill.messages(sidOf("CH", n), 0, MESSAGES - 1);
  await apart.settle();
  const [row] = await seed.query("select default_service_sid from accounts where account_sid = $1");
  service = row![0] as string;
}, 600_000);
afterAll(() => apart?.close());

/** Of what the statement reads; what it writes is a node as well. */
async function plan<P>(statement: Statement<P, unknown>, parameters: P, mode: PlanMode) {
  const nodes = await planOf(() => statement(seed.app.deps.db, parameters), mode);
  return nodes.filter((node) => node["Node Type"] !== "ModifyTable");
}
const scans = (nodes: Node[]) =>
  nodes.filter((node) => node["Relation Name"]).map((node) => node["Index Name"] ?? node["Node Type"]);

// Each in both modes, before what is deleted is missed by the next.
describe.skipIf(SKIPPED)("of 20,000 conversations", () => {
  const accountSid = () => seed.account.sid;

  it.each(MODES)("leaving reads as many as it leaves, %s", async (mode) => {
    const key = { accountSid: accountSid(), userSid: sidOf("US", BUSY[0]), limit: 1000 };
    const nodes = await plan(lockConversationsOfUser, key, mode);
    expect(scans(nodes).sort()).toEqual(["conversations_pk", "participants_by_user"]);
    expect(rowsRead(nodes)).toBe(2000);
  });

  it.each(MODES)("joining looks up what is there by its key, %s", async (mode) => {
    const now = new Date().toISOString();
    const comer = {
      ...{ accountSid: accountSid(), serviceSid: null, now, moment: now, sid: sidOf("MB", 0) },
      ...{ projectedAddress: null, channel: null, roleSid: null, attributes: "{}", dateCreated: now },
      ...{ dateUpdated: now, identity: "user-1", newUserSid: sidOf("US", 0) },
    };
    // Of nobody: the plan is the same, and may be run again.
    const bySid = { ...comer, conversation: sidOf("CH", 0) };
    const indexes = (nodes: Node[]) => nodes.flatMap((node) => node["Index Name"] ?? []);
    const direct = indexes(await plan(joinBySid.chatting, bySid, mode));
    expect(direct).toEqual(expect.arrayContaining(["conversations_pk", "users_identity_uq"]));
    const named = indexes(await plan(joinByUniqueName.chatting, { ...comer, conversation: "nobody" }, mode));
    expect(named).toEqual(expect.arrayContaining(["conversations_unique_name_uq", "users_identity_uq"]));
  });

  it.each(MODES)("whether others have a number is asked of each conversation by itself, %s", async (mode) => {
    const sids = Array.from({ length: 1000 }, (_, n) => sidOf("CH", 1 + 20 * n));
    const nodes = await plan(leaveSms, { accountSid: accountSid(), sids }, mode);
    expect(scans(nodes)).toContain("participants_conversation_uq");
    expect(scans(nodes)).not.toContain("Seq Scan");
    expect(rowsRead(nodes, "participants")).toBe(2 * sids.length);
  });

  it.each(MODES)(
    "a page of messages, the last one and one by its index are places in one index, %s",
    async (mode) => {
      const pages: PageRequest[] = [
        { limit: 50, direction: "forward" },
        { limit: 50, direction: "forward", after: ["1250"] },
        { limit: 50, direction: "backward" },
      ];
      for (const page of pages) {
        const nodes = await planOf(
          () => messagesOfConversation(seed.context(), conversation, "asc", page),
          mode,
        );
        expect(scans(nodes)).toEqual(["messages_index_uq"]);
        expect(rowsRead(nodes)).toBeLessThanOrEqual(51);
      }
      const newest = { ...conversation, newestMessageIndex: MESSAGES - 1 };
      const last = await planOf(() => lastMessageOf(seed.context(), newest), mode);
      const middle = await planOf(() => messageAt(seed.context(), conversation, 1250), mode);
      for (const nodes of [last, middle]) {
        expect(scans(nodes)).toEqual(["messages_index_uq"]);
        expect(rowsRead(nodes)).toBe(1);
      }
    },
  );

  it.each(MODES)(
    "deleting some of a service reads those, twice, and the large ones among them, %s",
    async (mode) => {
      const key = { accountSid: accountSid(), sid: service };
      const first = await plan(firstConversation, key, mode);
      expect(scans(first)).toEqual(["conversations_by_creation"]);
      const limit = 1000;
      const nodes = await plan(deleteSomeConversations, { ...key, limit, most: 20_000 }, mode);
      expect(scans(nodes).sort()).toEqual(["conversations_by_creation", "conversations_pk"]);
      expect(rowsRead(nodes)).toBeGreaterThanOrEqual(2 * limit);
      expect(rowsRead(nodes)).toBeLessThanOrEqual(2 * limit + 10);
    },
  );

  it.each(MODES)("deleting some of a service's users reads those, twice, %s", async (mode) => {
    const key = { accountSid: accountSid(), sid: service, limit: 500 };
    const nodes = await plan(deleteSomeUsers, key, mode);
    expect(scans(nodes).sort()).toEqual(["users_by_service", "users_pk"]);
    expect(rowsRead(nodes)).toBe(1000);
  });
});
