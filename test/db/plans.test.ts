import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContext } from "../../src/context.ts";
import { createConversation, listConversations } from "../../src/conversations/resolvers.ts";
import { listParticipantConversations } from "../../src/participant-conversations/resolvers.ts";
import { addParticipants } from "../../src/participants/bulk/resolvers.ts";
import { addParticipant } from "../../src/participants/joining/resolvers.ts";
import { saveReading } from "../../src/participants/reading/resolvers.ts";
import { participantsOfConversation } from "../../src/participants/resolvers.ts";
import { createRole, deleteRole } from "../../src/roles/resolvers.ts";
import { listUserConversations } from "../../src/user-conversations/resolvers.ts";
import { createUser, listUsers } from "../../src/users/resolvers.ts";
import { type Apart, openApart } from "../setup/apart.ts";
import type { TestAccount, TestApp } from "../setup/app.ts";
import { bulk } from "../setup/bulk.ts";
import { recorded } from "../setup/database.ts";

let apart: Apart;
let app: TestApp;
let account: TestAccount;
let conversation: string;
let rows: ReturnType<typeof bulk>;
const deep = {
  limit: 50,
  direction: "forward",
  after: ["CH00000000000000000000000000000000", "MB"],
} as const;

const context = () => createContext(app.deps, { accountSid: account.sid, credentialSid: account.sid });

interface Node {
  "Node Type": string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Plans?: Node[];
}

/** The plan of the statement of that name that `work` runs, or of the last one, as a database with many rows would choose it. */
async function planOf(work: () => Promise<unknown>, name?: string): Promise<Node[]> {
  const { runs } = await recorded(work);
  const { aside, statement, parameters } = runs.findLast(
    (run) => name === undefined || run.statement.name === name,
  )!;
  const rows = await aside.transaction(async (tx) => {
    await tx.execute({ name: "noSeqscan", text: "set local enable_seqscan = off" }, []);
    await tx.execute({ name: "noBitmapscan", text: "set local enable_bitmapscan = off" }, []);
    return tx.execute({ name: "explain", text: `explain (format json) ${statement.text}` }, parameters);
  });
  const cell = rows[0]![0];
  const [{ Plan }] = (typeof cell === "string" ? JSON.parse(cell) : cell) as [{ Plan: Node }];
  const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
  return flatten(Plan);
}

const indexesOf = (plan: Node[]) => plan.flatMap((node) => node["Index Name"] ?? []);
/** The index whose range a limit cuts off, with nothing sorted in between. */
const pagedBy = (plan: Node[]) =>
  plan.find((node) => node["Node Type"] === "Limit")?.Plans?.[0]?.["Index Name"];

beforeAll(async () => {
  apart = await openApart();
  const seed = await apart.account();
  ({ app, account } = seed);
  const { sid } = await createConversation(context(), {});
  conversation = sid;
  await addParticipant(context(), { conversation, identity: "ann" });
  // Enough for one index to be better than another.
  rows = bulk(seed);
  await rows.conversations(1, 1000);
  await rows.users(1, 1000);
  await rows.join(1, 1, 300);
  await rows.join(2, 300, 900);
  await apart.settle();
});
afterAll(() => apart?.close());

describe("a page is one index range, however long the list", () => {
  it.each([
    ["identity", { identity: "ann" }, "participants_by_lookup_identity"],
    ["address", { address: "+15558675310" }, "participants_by_address"],
  ])("of the conversations of an %s", async (_, lookup, index) => {
    const plan = await planOf(() => listParticipantConversations(context(), lookup, deep));
    // The default service is found in the same statement.
    expect(indexesOf(plan)).toEqual(["accounts_pk", index, "conversations_pk", "inbox_pk"]);
    expect(plan.map((node) => node["Node Type"]).filter((type) => type.includes("Sort"))).toEqual([]);
    expect(plan.find((node) => node["Index Name"] === index)!["Index Cond"]).toMatch(/conversation_sid.* >/);
  });

  it("of the conversations of a user", async () => {
    const plan = await planOf(() =>
      listUserConversations(context(), { user: "ann" }, { ...deep, after: deep.after.slice(0, 1) }),
    );
    expect(indexesOf(plan)).toEqual(["participants_by_user", "conversations_pk", "inbox_pk"]);
    expect(plan.find((node) => node["Index Name"] === "participants_by_user")!["Index Cond"]).toContain(
      "conversation_sid >",
    );
  });

  it("of the participants of each of many conversations", async () => {
    const page = { limit: 10, direction: "forward" } as const;
    const plan = await planOf(async () => {
      const ctx = context();
      await participantsOfConversation(ctx, { sid: conversation } as never, page);
    });
    expect(indexesOf(plan)).toEqual(["participants_conversation_uq"]);
    expect(pagedBy(plan)).toBe("participants_conversation_uq");
  });

  it.each([
    ["activity", {}, "conversations_by_activity"],
    ["creation", { createdFrom: "2026-01-01T00:00:00Z" }, "conversations_by_creation"],
  ])("of conversations by %s", async (_, filter, index) => {
    const after = ["2026-01-01T00:00:00.000Z", "CH00000000000000000000000000000000"];
    const plan = await planOf(() => listConversations(context(), filter, { ...deep, after }));
    expect(indexesOf(plan)).toEqual([index]);
    expect(pagedBy(plan)).toBe(index);
  });

  it("of users", async () => {
    const plan = await planOf(() => listUsers(context(), {}, { limit: 50, direction: "backward" }));
    expect(indexesOf(plan)).toEqual(["users_by_service"]);
    expect(pagedBy(plan)).toBe("users_by_service");
  });
});

describe("who stands in the way of those who come at once", () => {
  const address = "+15558675310";
  const pair = (n: number) => ({ messagingBinding: { address, proxyAddress: `+1501712${1000 + n}` } });

  it("is found by indexes, also where the address is in a thousand conversations", async () => {
    const seed = await apart.account();
    for (let round = 0; round < 20; round++) {
      const { sid } = await createConversation(seed.context(), {});
      const participants = Array.from({ length: 50 }, (_, n) => ({ value: pair(round * 50 + n) }));
      await addParticipants(seed.context(), { conversation: sid, participants, mode: "allOrNothing" });
    }
    await apart.settle();
    const { sid } = await createConversation(seed.context(), {});
    const participants = [{ value: pair(7) }, { value: { identity: "ann" } }];
    const come = () => addParticipants(seed.context(), { conversation: sid, participants, mode: "perItem" });
    const holders = indexesOf(await planOf(come, "pairHolders"));
    expect(holders.sort()).toEqual(["conversations_pk", "participants_binding_uq"]);
    expect(indexesOf(await planOf(come, "occupants"))).toEqual(["participants_conversation_uq"]);
  });
});

describe("someone who has a role", () => {
  it.each(["service", "conversation"] as const)("is found by it, for a role of type %s", async (type) => {
    const permissions = [type === "service" ? "joinConversation" : "sendMessage"];
    const { sid: roleSid } = await createRole(context(), { friendlyName: "guest", type, permissions });
    if (type === "service") await createUser(context(), { identity: "guest", roleSid });
    else await addParticipant(context(), { conversation, identity: "bob", roleSid });
    const plan = await planOf(() =>
      expect(deleteRole(context(), { role: roleSid })).rejects.toThrow("The role is in use by"),
    );
    const index = type === "service" ? "users_by_role" : "participants_by_role";
    expect(pagedBy(plan)).toBe(index);
    expect(plan.at(-1)!["Index Cond"]).toContain("role_sid");
  });
});

describe("what is unread", () => {
  it("is counted from an index alone", async () => {
    const { sid } = await createConversation(context(), {});
    const participant = await addParticipant(context(), { conversation: sid, identity: "ann" });
    await rows.messages(sid, 0, 20);
    const plan = await planOf(() =>
      saveReading(context(), participant.sid, (current) => ({ ...current, lastReadMessageIndex: 1 })),
    );
    const count = plan.find((node) => node["Index Name"] === "messages_index_uq");
    expect(count).toMatchObject({ "Node Type": "Index Only Scan" });
    expect(count!["Index Cond"]).toMatch(/index > 1.*index <= 20/);
  });
});
