import { describe, expect, it } from "vitest";
import { statementsOf } from "../setup/database.ts";
import { binding, native, newAccount, type Seed } from "../setup/seed.ts";
import { addAll, countFaults, pair, removeAll, users } from "./bulk.ts";

/** A conversation with three who chat and two who don't. */
async function crowd(seed: Seed) {
  const made = await seed.conversation();
  const given = [
    ...users(3),
    pair("+15550000001", "+15550000002"),
    { messagingBinding: { address: "+15550000003" } },
  ];
  const { items } = await addAll(seed, made, given, "ALL_OR_NOTHING");
  const sids: string[] = items.map(({ participant }: { participant: { sid: string } }) => participant.sid);
  return { made, sids };
}

describe("removeParticipants", () => {
  it("removes them, frees what they held, and keeps counts, channels and the inbox right", async () => {
    const seed = await newAccount();
    const { made, sids } = await crowd(seed);
    const answer = await removeAll(seed, made, sids.slice(1, 4), "ALL_OR_NOTHING");
    expect(answer).toMatchObject({
      removedCount: 3,
      conversation: { sid: made.sid },
      items: sids.slice(1, 4).map((sid) => ({ sid, deletedId: expect.any(String), error: null })),
    });
    const left = (await seed.rest.get(made.links.participants)).body.participants;
    expect(left.map(({ sid }: { sid: string }) => sid)).toEqual([sids[0], sids[4]]);
    await seed.participant(await seed.conversation(), binding("+15550000001", "+15550000002"));
    await removeAll(seed, made, [sids[4]!]);
    expect(
      await seed.query(`select channels from conversations where account_sid = $1 and sid = '${made.sid}'`),
    ).toEqual([[[]]]);
    expect(await countFaults(seed)).toEqual([]);
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it("tells of each whether it was there, and removes for both one that is named twice", async () => {
    const seed = await newAccount();
    const { made, sids } = await crowd(seed);
    const elsewhere = await seed.participant(await seed.conversation(), native("+15550000003"));
    const given = [
      sids[0]!,
      elsewhere.sid,
      "user-1",
      sids[0]!,
      sids[0]!.toUpperCase().replace("MB", "MB"),
      `MB${"0".repeat(32)}`,
    ];
    const { items, removedCount } = await removeAll(seed, made, given);
    const missing = {
      sid: null,
      deletedId: null,
      error: { __typename: "NotFoundError", code: "NOT_FOUND", status: 404 },
    };
    const removed = { sid: sids[0], error: null };
    expect(items).toMatchObject([removed, missing, missing, removed, removed, missing]);
    expect(removedCount).toBe(1);
    expect((await seed.rest.get(elsewhere.url)).status).toBe(200);
    expect(await countFaults(seed)).toEqual([]);
  });

  it("changes nothing where one is not there and all are wanted, and tells each fault", async () => {
    const seed = await newAccount();
    const { made, sids } = await crowd(seed);
    const before = await seed.stored();
    const given = [sids[0]!, "user-1", sids[0]!, `MB${"0".repeat(32)}`];
    expect(await removeAll(seed, made, given, "ALL_OR_NOTHING")).toMatchObject({
      __typename: "ItemsError",
      code: "NOT_FOUND",
      faults: [{ index: 1, error: { __typename: "NotFoundError" } }, { index: 3 }],
    });
    expect(await seed.stored()).toBe(before);
  });

  it("removes from a closed conversation", async () => {
    const seed = await newAccount();
    const { made, sids } = await crowd(seed);
    await seed.rest.post(made.url, { State: "closed" });
    expect(await removeAll(seed, made, sids)).toMatchObject({ removedCount: 5 });
  });

  it.each([
    ["none", 0],
    ["1,001", 1001],
  ])("refuses %s", async (_, length) => {
    const seed = await newAccount();
    const sids = Array.from({ length }, () => `MB${"0".repeat(32)}`);
    expect(await removeAll(seed, await seed.conversation(), sids)).toMatchObject({
      code: "INVALID_PARAMETER",
    });
  });

  it("is NOT_FOUND as a whole in a conversation that is not there", async () => {
    const seed = await newAccount();
    const nowhere = { sid: `CH${"0".repeat(32)}` };
    expect(await removeAll(seed, nowhere, [`MB${"0".repeat(32)}`])).toMatchObject({
      __typename: "NotFoundError",
    });
  });

  it("runs the same statements for 2 and for 500", async () => {
    const seed = await newAccount();
    const seen: string[][] = [];
    for (const count of [2, 500]) {
      const made = await seed.conversation();
      const { items } = await addAll(seed, made, [
        ...users(count),
        { messagingBinding: { address: "+15550000003" } },
      ]);
      const sids = items.map(({ participant }: { participant: { sid: string } }) => participant.sid);
      const { statements } = await statementsOf(() => removeAll(seed, made, sids));
      seen.push(statements.slice(statements.indexOf("defaultService")));
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]).toEqual([
      "defaultService",
      "lockConversation",
      "deleteParticipants",
      "countParticipants",
      "refreshChannels",
      "conversationsBySid",
    ]);
  });
});
