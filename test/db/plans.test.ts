import { beforeAll, describe, expect, it } from "vitest";
import { createContext } from "../../src/context.ts";
import { createConversation, listConversations } from "../../src/conversations/resolvers.ts";
import { listParticipantConversations } from "../../src/participant-conversations/resolvers.ts";
import { addParticipant, participantsOfConversation } from "../../src/participants/resolvers.ts";
import { listUserConversations } from "../../src/user-conversations/resolvers.ts";
import { listUsers } from "../../src/users/resolvers.ts";
import { createTestApp, type TestAccount, type TestApp } from "../setup/app.ts";
import { openTestDatabase, recorded } from "../setup/database.ts";

let app: TestApp;
let account: TestAccount;
let conversation: string;
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

/** The plan of the last statement that `work` runs, as a database with many rows would choose it. */
async function planOf(work: () => Promise<unknown>): Promise<Node[]> {
  const { runs } = await recorded(work);
  const { statement, parameters } = runs.at(-1)!;
  const db = await openTestDatabase();
  const rows = await db.transaction(async (tx) => {
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
  app = await createTestApp();
  account = await app.account();
  const { sid } = await createConversation(context(), {});
  conversation = sid;
  await addParticipant(context(), { conversation, identity: "ann" });
});

describe("a page is one index range, however long the list", () => {
  it.each([
    ["identity", { identity: "ann" }, "participants_by_lookup_identity"],
    ["address", { address: "+15558675310" }, "participants_by_address"],
  ])("of the conversations of an %s", async (_, lookup, index) => {
    const plan = await planOf(() => listParticipantConversations(context(), lookup, deep));
    expect(indexesOf(plan)).toEqual([index, "conversations_pk"]);
    expect(plan.map((node) => node["Node Type"]).filter((type) => type.includes("Sort"))).toEqual([]);
    expect(plan.find((node) => node["Index Name"] === index)!["Index Cond"]).toContain("ROW(");
  });

  it("of the conversations of a user", async () => {
    const plan = await planOf(() =>
      listUserConversations(context(), { user: "ann" }, { ...deep, after: deep.after.slice(0, 1) }),
    );
    expect(indexesOf(plan)).toEqual(["participants_by_user", "conversations_pk"]);
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
    expect(indexesOf(plan)).toEqual(["participants_by_conversation"]);
    expect(pagedBy(plan)).toBe("participants_by_conversation");
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
