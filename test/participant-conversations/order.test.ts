import { describe, expect, it } from "vitest";
import { binding, newAccount } from "../setup/seed.ts";
import { ADDRESS, joinAsAnn, LISTS, reader } from "./lists.ts";

/** Ann, by chat and by messaging, in conversations named by when they were created, joined in another order. */
async function inbox() {
  const seed = await newAccount();
  for (const [name, second] of [
    ["c", 30],
    ["a", 10],
    ["d", 30],
    ["b", 20],
    ["e", 30],
  ] as const) {
    const room = await seed.conversation({
      UniqueName: name,
      DateCreated: `2020-01-01T00:00:${second}.500Z`,
    });
    await joinAsAnn(seed, room);
  }
  return seed;
}

const ORDERS = { SID: "cadbe", DATE_CREATED: "edcba", LAST_ACTIVITY: "edcba" };

describe.each(Object.entries(LISTS))("%s", (_, list) => {
  it.each(Object.entries(ORDERS))(
    "is sorted by %s, those of the same moment by SID",
    async (orderBy, names) => {
      const read = reader(await inbox(), list);
      const whole = await read(`orderBy: ${orderBy}`);
      expect(whole).toMatchObject({ names, totalCount: 5 });
      const walked: string[] = [];
      for (let after = "null", more = true; more; ) {
        const page = await read(`orderBy: ${orderBy}, first: 2, after: ${after}`);
        walked.push(page.names);
        after = JSON.stringify(page.pageInfo.endCursor);
        more = page.pageInfo.hasNextPage;
      }
      expect(walked.join("")).toBe(names);
      const back: string[] = [];
      for (let before = "null", more = true; more; ) {
        const page = await read(`orderBy: ${orderBy}, last: 2, before: ${before}`);
        back.unshift(page.names);
        before = JSON.stringify(page.pageInfo.startCursor);
        more = page.pageInfo.hasPreviousPage;
      }
      expect(back.join("")).toBe(names);
    },
  );

  it("is sorted by SID where no order is given, and takes its cursors for its own", async () => {
    const read = reader(await inbox(), list);
    const { names, pageInfo } = await read("first: 2");
    expect(names).toBe("ca");
    const after = JSON.stringify(pageInfo.endCursor);
    for (const order of ["", "orderBy: SID, ", "orderBy: null, "]) {
      expect((await read(`${order}after: ${after}`)).names).toBe("dbe");
    }
  });
});

it("two participants of one address in a conversation stand beside each other, in each order", async () => {
  const seed = await newAccount();
  const at = { DateCreated: "2020-01-01T00:00:00Z" };
  const rooms = [await seed.conversation(at), await seed.conversation(at)];
  const sids: string[] = [];
  for (const [n, room] of rooms.entries()) {
    for (const m of [1, 2]) {
      sids.push((await seed.participant(room, binding(ADDRESS, `+155500003${n}${m}`))).sid);
    }
  }
  for (const orderBy of Object.keys(ORDERS)) {
    const seen: string[] = [];
    for (let after = "null", more = true; more; ) {
      const args = `address: "${ADDRESS}", orderBy: ${orderBy}, first: 1, after: ${after}`;
      const query = `{ participantConversations(${args}) { nodes { participant { sid } } pageInfo { hasNextPage endCursor } } }`;
      const { nodes, pageInfo } = (await seed.graphql(query)).body.data.participantConversations;
      seen.push(nodes[0].participant.sid);
      after = JSON.stringify(pageInfo.endCursor);
      more = pageInfo.hasNextPage;
    }
    expect(seen, orderBy).toEqual(orderBy === "SID" ? sids : sids.toReversed());
  }
});

it("by LAST_ACTIVITY a message brings its conversation to the front, and gone it lets it back", async () => {
  const seed = await inbox();
  const { rest } = seed;
  const { body: room } = await rest.get("/v1/Conversations/a");
  const { body: message } = await rest.post(room.links.messages, { Body: "hello" });
  for (const list of Object.values(LISTS)) {
    expect((await reader(seed, list)("orderBy: LAST_ACTIVITY")).names).toBe("aedcb");
    expect((await reader(seed, list)("orderBy: DATE_CREATED")).names).toBe("edcba");
  }
  await rest.delete(message.url);
  for (const list of Object.values(LISTS)) {
    expect((await reader(seed, list)("orderBy: LAST_ACTIVITY")).names).toBe("edcba");
  }
});

it("by DATE_CREATED a conversation stands where a correction of its date puts it", async () => {
  const seed = await inbox();
  await seed.rest.post("/v1/Conversations/a", { DateCreated: "2020-01-01T00:00:25Z" });
  for (const list of Object.values(LISTS)) {
    expect((await reader(seed, list)("orderBy: DATE_CREATED")).names).toBe("edcab");
    expect((await reader(seed, list)("orderBy: LAST_ACTIVITY")).names).toBe("edcab");
  }
});
