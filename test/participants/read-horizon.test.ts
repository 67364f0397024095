import { beforeEach, describe, expect, it } from "vitest";
import { appAt, newAccount, type Resource, refusal, type Seed } from "../setup/seed.ts";

const THEN = "2019-05-05T05:05:05Z";

let seed: Seed;
let now: string;
let participant: Resource;
let userConversation: string;
beforeEach(async () => {
  const clock = await appAt("2020-01-01T00:00:00Z");
  seed = await newAccount(clock.app);
  const conversation = await seed.conversation();
  participant = await seed.participant(conversation, { Identity: "ann" });
  userConversation = `/v1/Users/ann/Conversations/${conversation.sid}`;
  clock.pass(100);
  now = clock.at(0);
});

/** The horizon and the unread count, as both resources show them. */
async function horizon() {
  const { last_read_message_index: index, last_read_timestamp } = (await seed.rest.get(participant.url)).body;
  const { body } = await seed.rest.get(userConversation);
  expect(body.last_read_message_index).toBe(index);
  return [index, last_read_timestamp, body.unread_messages_count];
}

describe.each(["a participant", "a UserConversation"])("read horizon, through %s", (through) => {
  const set = (form: Record<string, string>) =>
    seed.rest.post(through === "a participant" ? participant.url : userConversation, form);

  it("null until something is read, and so is the unread count", async () => {
    expect(await horizon()).toEqual([null, null, null]);
  });

  it.each([
    ["0", 0],
    ["5", 5],
    ["007", 7],
    ["2147483647", 2_147_483_647],
  ])("200 with the index %s, read now", async (text, index) => {
    expect((await set({ LastReadMessageIndex: text })).status).toBe(200);
    expect(await horizon()).toEqual([index, now, 0]);
  });

  it("200 with a lower index than before", async () => {
    await set({ LastReadMessageIndex: "9" });
    await set({ LastReadMessageIndex: "3" });
    expect(await horizon()).toEqual([3, now, 0]);
  });

  it("takes the timestamp that comes with the index", async () => {
    await set({ LastReadMessageIndex: "3", LastReadTimestamp: THEN });
    expect(await horizon()).toEqual([3, THEN, 0]);
  });

  it("a timestamp alone sets only the timestamp", async () => {
    await set({ LastReadTimestamp: THEN });
    expect(await horizon()).toEqual([null, THEN, null]);
    await set({ LastReadMessageIndex: "3", LastReadTimestamp: THEN });
    await set({ LastReadTimestamp: "2019-01-01T01:00:00.999+01:00" });
    expect(await horizon()).toEqual([3, "2019-01-01T00:00:00Z", 0]);
  });

  it.each(["", "null"])("%j clears it", async (nothing) => {
    await set({ LastReadMessageIndex: "3" });
    expect((await set({ LastReadMessageIndex: nothing })).body.last_read_message_index).toBeNull();
    expect(await horizon()).toEqual([null, null, null]);
    await set({ LastReadMessageIndex: "3" });
    await set({ LastReadTimestamp: nothing });
    expect(await horizon()).toEqual([3, null, 0]);
  });

  it("stays when it is not named", async () => {
    await set({ LastReadMessageIndex: "3", LastReadTimestamp: THEN });
    expect((await set({})).status).toBe(200);
    expect(await horizon()).toEqual([3, THEN, 0]);
  });

  it.each([
    "-1",
    "1.5",
    "1e3",
    "x",
    " 5",
    "5 ",
    "+5",
    "0x5",
    "٥",
    "2147483648",
    "9".repeat(400),
    "NaN",
    "Infinity",
  ])("400 50421 for the index %j, and nothing changes", async (index) => {
    const before = await seed.stored();
    const form = { LastReadMessageIndex: index, LastReadTimestamp: THEN };
    expect(await set(form)).toMatchObject(refusal(400, 50421));
    expect(await seed.stored()).toBe(before);
  });

  it.each(["yesterday", "2026-02-30T00:00:00Z", "2026-01-01", "1"])(
    "400 20001 for the timestamp %j, and nothing changes",
    async (timestamp) => {
      const before = await seed.stored();
      const form = { LastReadMessageIndex: "1", LastReadTimestamp: timestamp };
      expect(await set(form)).toMatchObject(refusal(400, 20001));
      expect(await seed.stored()).toBe(before);
    },
  );
});
