import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { PageRequest, Position } from "../../src/core/page.ts";
import type {
  ConversationOrder,
  ParticipantConversationFilter,
} from "../../src/participant-conversations/model.ts";
import { listParticipantConversations } from "../../src/participant-conversations/resolvers.ts";
import { totalsOfUser, userConversationsOfUser } from "../../src/user-conversations/resolvers.ts";
import { type Apart, openApart } from "../setup/apart.ts";
import { bulk } from "../setup/bulk.ts";
import { type Node, type PlanMode, planOf, rowsRead } from "../setup/plans.ts";
import type { Seed } from "../setup/seed.ts";

// The planner is the same, and making the rows takes the embedded one minutes.
const SKIPPED = inject("databaseUrl") === null;
const OWN = 20_000;
const LIMIT = 50;
const PAGE: PageRequest = { limit: LIMIT, direction: "forward" };
const ADDRESS = "+15550000001";
const USER = { sid: `US${"1".padStart(32, "0")}` } as never;

let apart: Apart;
let seed: Seed;

/** Someone in 20,000 of 30,000 conversations, among others; 1 % of their conversations hold something unread. */
beforeAll(async () => {
  if (SKIPPED) return;
  apart = await openApart();
  seed = await apart.account();
  const fill = bulk(seed);
  await fill.users(1, 2000);
  await fill.conversations(1, 30_000);
  // Activity goes another way than creation, and both another way than the SIDs.
  const scattered = (salt: string) =>
    `date_created + make_interval(secs => abs(hashtext('${salt}' || sid) % 1000000))`;
  await seed.query(`update conversations set date_activity = ${scattered("a")},
    date_created = ${scattered("c")}, friendly_name = 'Order ' || sid,
    state = case when hashtext(sid) % 100 = 0 then 'closed' else state end where account_sid = $1`);
  await fill.join(1, 5001, 5000 + OWN);
  await fill.text(`'${ADDRESS}'`, 5001, 5000 + OWN);
  // Someone else's number in every third one, or statistics would know of this one only.
  await fill.text("'+1777' || n", 1, 5000);
  await fill.text("'+1777' || n", 5001 + OWN, 30_000);
  for (let user = 2; user <= 12; user++) await fill.join(user, user * 1000, user * 1000 + 2499);
  await seed.query(`update inbox set last_read_message_index = 0, unread_count = 3
    where account_sid = $1 and abs(hashtext(conversation_sid) % 100) = 1`);
  await apart.settle();
}, 600_000);
afterAll(() => apart?.close());

type Input = { orderBy?: ConversationOrder; filter?: ParticipantConversationFilter };

const LISTS = {
  identity: (input: Input, page: PageRequest) =>
    listParticipantConversations(seed.context(), { identity: "user-1", ...input }, page),
  address: (input: Input, page: PageRequest) =>
    listParticipantConversations(seed.context(), { address: ADDRESS, ...input }, page),
  user: (input: Input, page: PageRequest) => userConversationsOfUser(seed.context(), USER, input, page),
};
type Whose = keyof typeof LISTS;

const INDEXES: Record<Whose, Record<ConversationOrder, string>> = {
  identity: {
    sid: "participants_by_lookup_identity",
    lastActivity: "inbox_by_user",
    dateCreated: "participants_by_user_creation",
  },
  address: {
    sid: "participants_by_address",
    lastActivity: "inbox_by_address",
    dateCreated: "participants_by_address_creation",
  },
  user: {
    sid: "participants_by_user",
    lastActivity: "inbox_by_user",
    dateCreated: "participants_by_user_creation",
  },
};

const MODES: PlanMode[] = ["force_custom_plan", "force_generic_plan"];
const CASES = (Object.keys(LISTS) as Whose[]).flatMap((whose) =>
  (Object.keys(INDEXES[whose]) as ConversationOrder[]).flatMap((orderBy) =>
    MODES.map((mode) => ({ whose, orderBy, mode })),
  ),
);

const walked = new Map<string, Position[]>();

/** Where every row of a list stands, read page by page, once for both modes. */
async function positionsOf(whose: Whose, orderBy: ConversationOrder): Promise<Position[]> {
  const known = walked.get(`${whose} ${orderBy}`);
  if (known) return known;
  const positions: Position[] = [];
  for (let isMore = true; isMore; ) {
    const after = positions.at(-1);
    const page: PageRequest = { limit: 1000, direction: "forward", ...(after && { after }) };
    const { items, positionOf, hasNext } = await LISTS[whose]({ orderBy }, page);
    positions.push(...items.map((item) => positionOf(item)));
    isMore = await hasNext();
  }
  walked.set(`${whose} ${orderBy}`, positions);
  return positions;
}

const only = (plan: Node[], type: string) => plan.filter((node) => node["Node Type"].includes(type));

/** What a walk is: the list's index in its order up to the limit, the rest by keys, and nothing sorted but the page. */
function expectWalk(plan: Node[], index: string) {
  const cut = plan.filter((node) => node["Node Type"] === "Limit").flatMap((node) => node.Plans ?? []);
  expect(cut.map((node) => node["Index Name"])).toContain(index);
  expect(only(plan, "Seq Scan")).toEqual([]);
  expect(only(plan, "Bitmap")).toEqual([]);
  for (const sort of only(plan, "Sort")) expect(sort["Actual Rows"]).toBeLessThanOrEqual(LIMIT + 1);
}

describe.skipIf(SKIPPED)(
  "in 20,000 conversations, a page is a range of one index cut off by its limit",
  () => {
    it.each(CASES)(
      "of $whose by $orderBy, $mode: the first, a middle one, the last, backward",
      async ({ whose, orderBy, mode }) => {
        const list = LISTS[whose];
        const positions = await positionsOf(whose, orderBy);
        expect(positions).toHaveLength(OWN);
        const at = (n: number) => positions.at(n)!;
        const pages: PageRequest[] = [
          PAGE,
          { ...PAGE, after: at(OWN / 2) },
          { ...PAGE, after: at(-LIMIT - 2) },
          { limit: LIMIT, direction: "backward" },
          { limit: LIMIT, direction: "backward", before: at(OWN / 2) },
        ];
        const read: number[] = [];
        for (const page of pages) {
          const plan = await planOf(() => list({ orderBy }, page), mode);
          expectWalk(plan, INDEXES[whose][orderBy]);
          read.push(rowsRead(plan));
        }
        // Page, conversation, participant or entry; one user, and the account for its default service.
        expect(Math.max(...read)).toBeLessThanOrEqual(3 * (LIMIT + 1) + 2);
        expect(Math.max(...read) - Math.min(...read)).toBeLessThanOrEqual(LIMIT);
      },
    );
  },
);

const FILTERS: [string, ParticipantConversationFilter][] = [
  ["unread only", { unreadOnly: true }],
  ["a state that one in a hundred has", { state: "closed" }],
  ["a state that nobody has", { state: "inactive" }],
  ["a prefix that no name has", { friendlyNamePrefix: "visit" }],
  ["a channel", { channelType: "email" }],
  ["muted and recent", { muted: true, activeSince: "2026-01-01T00:00:00Z" }],
  [
    "everything at once",
    { unreadOnly: true, state: "active", friendlyNamePrefix: "order", channelType: "chat" },
  ],
];

describe.skipIf(SKIPPED)(
  "in 20,000 conversations, a filtered page walks its own range and nothing else",
  () => {
    it.each(CASES)("of $whose by $orderBy, $mode", async ({ whose, orderBy, mode }) => {
      for (const [name, filter] of FILTERS) {
        const plan = await planOf(() => LISTS[whose]({ orderBy, filter }, PAGE), mode);
        expectWalk(plan, INDEXES[whose][orderBy]);
        for (const table of ["participants", "inbox", "conversations"]) {
          // Each row of the range once, and those of the page once more.
          expect(rowsRead(plan, table), `${name}, ${table}`).toBeLessThanOrEqual(OWN + LIMIT + 1);
        }
        // One in a hundred: the walk ends where the page is full.
        if (name === "unread only") expect(rowsRead(plan, "inbox")).toBeLessThan(OWN / 2);
      }
    });
  },
);

describe.skipIf(SKIPPED)("in 20,000 conversations, a total is one pass over an index", () => {
  const expectOnePass = (plan: Node[], index: RegExp) => {
    // The account names its default service, where no other is named.
    const scans = plan.filter((node) => node["Relation Name"] && node["Relation Name"] !== "accounts");
    expect(scans.map((node) => node["Node Type"])).toEqual(["Index Only Scan"]);
    expect(scans[0]!["Index Name"]).toMatch(index);
    expect(rowsRead(scans)).toBe(OWN);
  };

  it.each(["identity", "address"] as const)("the length of the list of an %s", async (whose) => {
    for (const mode of MODES) {
      for (const orderBy of Object.keys(INDEXES[whose]) as ConversationOrder[]) {
        const count = async () => (await LISTS[whose]({ orderBy }, { ...PAGE, limit: 1 })).totalCount();
        expect(await count()).toBe(OWN);
        expectOnePass(await planOf(count, mode), new RegExp(`^${INDEXES[whose].sid}`));
      }
    }
  });

  it("all that is counted of a user", async () => {
    const totals = async () => {
      const ctx = seed.context();
      const page = await userConversationsOfUser(ctx, USER, {}, { ...PAGE, limit: 1 });
      return { ...(await totalsOfUser(ctx, USER)), totalCount: await page.totalCount() };
    };
    const { totalCount, unreadConversations, unreadMessages } = await totals();
    expect(totalCount).toBe(OWN);
    expect(unreadConversations).toBeGreaterThan(100);
    expect(unreadMessages).toBe(3 * unreadConversations);
    for (const mode of MODES) expectOnePass(await planOf(totals, mode), /^inbox_by_user$/);
  });

  it.each(CASES)("a filtered one of $whose reads its own range, $mode", async ({ whose, orderBy, mode }) => {
    const filter = { unreadOnly: true, state: "active" } as const;
    const count = async () => (await LISTS[whose]({ orderBy, filter }, { ...PAGE, limit: 1 })).totalCount();
    const plan = await planOf(count, mode);
    expect(only(plan, "Seq Scan")).toEqual([]);
    for (const table of ["inbox", "conversations"]) expect(rowsRead(plan, table)).toBeLessThanOrEqual(OWN);
  });
});
