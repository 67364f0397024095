import { beforeAll, describe, expect, it } from "vitest";
import { appAt, newAccount, projected, type Resource, type Seed } from "../setup/seed.ts";
import { asker, joinAsAnn, LISTS, ORDERS, reader } from "./lists.ts";

let seed: Seed;

/**
 * a: muted, said, all read. b: closed, one unread. c: WhatsApp, woken by what was said. d: inactive. e: closed by its
 * timer, which nobody has swept. Friendly names hold what a pattern would take for its own.
 */
beforeAll(async () => {
  const { app, pass } = await appAt("2026-03-01T00:00:00Z");
  seed = await newAccount(app);
  const { rest, conversation, participant } = seed;
  const make = async (UniqueName: string, FriendlyName: string, form = {}) => {
    const room = await conversation({ UniqueName, FriendlyName, ...form });
    return { room, all: await joinAsAnn(seed, room) };
  };
  const say = (room: Resource, count: number) =>
    Promise.all(Array.from({ length: count }, () => rest.post(room.links.messages, { Body: "hello" })));
  const read = (all: Resource[], index: number) =>
    Promise.all(all.map((one) => rest.post(one.url, { LastReadMessageIndex: String(index) })));

  const a = await make("a", "50% off");
  const b = await make("b", "Order_1");
  const c = await make("c", "ORDER 2", { State: "inactive" });
  await make("d", "Ärger", { State: "inactive" });
  await make("e", "order 3", { State: "active", "Timers.Closed": "PT10M" });
  const timed = { "MessagingBinding.Address": "whatsapp:+15550000009" };
  await participant(c.room, { ...timed, "MessagingBinding.ProxyAddress": "whatsapp:+15550000010" });
  await rest.post("/v1/Users/ann/Conversations/a", { NotificationLevel: "muted" });
  pass(86_400);
  await say(a.room, 3);
  await read(a.all, 2);
  pass(86_400);
  await say(b.room, 2);
  await read(b.all, 0);
  await rest.post(b.room.url, { State: "closed" });
  // Without a horizon nothing is unread.
  pass(86_400);
  await rest.post(c.room.links.messages, { Body: "hello" });
});

const FILTERS: [string, string][] = [
  ["{}", "abcde"],
  ['{ unreadOnly: false, friendlyNamePrefix: "", muted: null, state: null }', "abcde"],
  ["{ state: ACTIVE }", "ac"],
  ["{ state: INACTIVE }", "d"],
  ["{ state: CLOSED }", "be"],
  ["{ unreadOnly: true }", "b"],
  ["{ channelType: WHATSAPP }", "c"],
  ["{ channelType: SMS }", "abcde"],
  ["{ channelType: CHAT }", "abcde"],
  ["{ channelType: EMAIL }", ""],
  ['{ activeSince: "2026-03-02T00:00:00Z" }', "abc"],
  ['{ activeSince: "2026-03-02T00:00:00.001Z" }', "bc"],
  ['{ activeSince: "2026-03-03T01:00:00+01:00" }', "bc"],
  ['{ activeSince: "2026-03-04T00:00:00.001Z" }', ""],
  ['{ friendlyNamePrefix: "order" }', "bce"],
  ['{ friendlyNamePrefix: "ORDER_" }', "b"],
  ['{ friendlyNamePrefix: "50%" }', "a"],
  ['{ friendlyNamePrefix: "%" }', ""],
  ['{ friendlyNamePrefix: "_" }', ""],
  ['{ friendlyNamePrefix: "\\\\" }', ""],
  ['{ friendlyNamePrefix: "rder" }', ""],
  ['{ state: CLOSED, friendlyNamePrefix: "order", unreadOnly: true }', "b"],
  ['{ state: ACTIVE, channelType: WHATSAPP, activeSince: "2026-03-03T00:00:00Z" }', "c"],
  ["{ unreadOnly: true, state: ACTIVE }", ""],
];

describe.each(Object.entries(LISTS))("a filter of %s", (name, list) => {
  it.each(FILTERS)("%s leaves %j, in every order", async (filter, names) => {
    const read = reader(seed, list);
    for (const orderBy of ORDERS) {
      const all = (await read(`orderBy: ${orderBy}`)).names;
      expect(all).toHaveLength(5);
      const expected = [...all].filter((one) => names.includes(one)).join("");
      expect(expected).toHaveLength(names.length);
      const args = `orderBy: ${orderBy}, filter: ${filter}`;
      expect(await read(args), orderBy).toMatchObject({ names: expected, totalCount: names.length });
      const walked: string[] = [];
      for (let after = "null", more = true; more; ) {
        const page = await read(`${args}, first: 1, after: ${after}`);
        walked.push(page.names);
        after = JSON.stringify(page.pageInfo.endCursor);
        more = page.pageInfo.hasNextPage;
      }
      expect(walked.join(""), orderBy).toBe(expected);
      expect((await read(`${args}, last: 2`)).names, orderBy).toBe(expected.slice(-2));
    }
  });

  it("by muted leaves those whose participant is or is not", async () => {
    const read = reader(seed, list);
    // Who takes part by messaging alone can't be muted.
    const muted = name.includes("address") ? "" : "a";
    for (const orderBy of ORDERS) {
      const all = (await read(`orderBy: ${orderBy}`)).names;
      const rest = [...all].filter((one) => !muted.includes(one)).join("");
      expect((await read(`orderBy: ${orderBy}, filter: { muted: true }`)).names).toBe(muted);
      expect((await read(`orderBy: ${orderBy}, filter: { muted: false }`)).names).toBe(rest);
    }
  });

  it("knows the letters beyond ASCII", async () => {
    expect((await reader(seed, list)('filter: { friendlyNamePrefix: "Ärg" }')).names).toBe("d");
  });

  it.each([
    ['{ friendlyNamePrefix: "LONG" }', "FRIENDLY_NAME_TOO_LONG", "filter.friendlyNamePrefix"],
    ['{ friendlyNamePrefix: "\\u0000" }', "INVALID_PARAMETER", "filter.friendlyNamePrefix"],
    ['{ activeSince: "yesterday" }', "INVALID_PARAMETER", "filter.activeSince"],
  ])("%s is refused with %s", async (filter, code, parameter) => {
    const { body } = await asker(seed, list)(`filter: ${filter.replace("LONG", "x".repeat(257))}`);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].extensions).toMatchObject({ code, parameter });
  });

  it("and an order make a list of its own, whose cursors no other takes", async () => {
    const read = reader(seed, list);
    const { endCursor } = (await read("orderBy: LAST_ACTIVITY, filter: { state: ACTIVE }, first: 1"))
      .pageInfo;
    const after = JSON.stringify(endCursor);
    await read(`orderBy: LAST_ACTIVITY, filter: { state: ACTIVE, muted: null }, after: ${after}`);
    for (const other of [
      "orderBy: LAST_ACTIVITY, filter: { state: CLOSED }",
      "orderBy: LAST_ACTIVITY, filter: { state: ACTIVE, unreadOnly: true }",
      "orderBy: LAST_ACTIVITY",
      "orderBy: DATE_CREATED, filter: { state: ACTIVE }",
      "orderBy: SID, filter: { state: ACTIVE }",
      "filter: { state: ACTIVE }",
    ]) {
      const { body } = await asker(seed, list)(`${other}, after: ${after}`);
      expect(body.errors?.[0].extensions, other).toMatchObject({ code: "INVALID_PAGE_TOKEN" });
    }
  });

  it("shows nothing of another account or another service", async () => {
    const stranger = await newAccount();
    await stranger.user("ann");
    const { sid } = await seed.service();
    await seed.rest.post(`/v1/Services/${sid}/Users`, { Identity: "ann" });
    for (const orderBy of ORDERS) {
      for (const filter of ["null", '{ friendlyNamePrefix: "o" }', "{ channelType: CHAT }"]) {
        const args = `orderBy: ${orderBy}, filter: ${filter}`;
        const empty = { names: "", totalCount: 0 };
        expect(await reader(stranger, list)(args)).toMatchObject(empty);
        const field = list.field
          .replace("ARGS", name.startsWith("User") ? "ARGS" : `serviceSid: "${sid}", ARGS`)
          .replace('user(sid: "ann")', `user(sid: "ann", serviceSid: "${sid}")`);
        expect(await reader(seed, { ...list, field })(args)).toMatchObject(empty);
      }
    }
  });
});

it("who got the identity after joining is found as a user, in every order and filter, and not by the identity", async () => {
  const seed = await newAccount();
  const [late, early] = [
    await seed.conversation({ UniqueName: "l" }),
    await seed.conversation({ UniqueName: "e" }),
  ];
  const nameless = await seed.participant(late, projected("+15550000002"));
  await seed.participant(early, { Identity: "ann" });
  await seed.rest.post(nameless.url, { Identity: "ann" });
  const { "Query.participantConversations of an identity": identity, "User.conversations": user } = LISTS;
  for (const orderBy of ORDERS) {
    for (const filter of ["null", "{ state: ACTIVE }", "{ channelType: CHAT }"]) {
      const args = `orderBy: ${orderBy}, filter: ${filter}`;
      expect(await reader(seed, identity)(args)).toMatchObject({ names: "e", totalCount: 1 });
      const both = orderBy === "SID" ? "le" : "el";
      expect(await reader(seed, user)(args)).toMatchObject({ names: both, totalCount: 2 });
    }
  }
});
