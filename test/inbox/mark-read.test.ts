import { beforeEach, describe, expect, it } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { bulk } from "../setup/bulk.ts";
import { appAt, newAccount, type Resource, type Seed } from "../setup/seed.ts";

let seed: Seed;
let clock: Awaited<ReturnType<typeof appAt>>;
let conversation: Resource;
let participant: Resource;

beforeEach(async () => {
  clock = await appAt("2020-01-01T00:00:00Z");
  seed = await newAccount(clock.app);
  conversation = await seed.conversation({ UniqueName: "trip" });
  participant = await seed.participant(conversation, { Identity: "ann" });
  clock.pass(60);
});

const RESULT = `userConversation { unreadMessagesCount lastReadMessageIndex lastReadTimestamp notificationLevel
  participant { sid unreadMessagesCount dateUpdated } }`;

async function change(name: string, input: Record<string, unknown> = {}) {
  const place = { userSid: "ann", conversationSid: "trip" };
  const payload = name === "markRead" ? `${RESULT} user { identity }` : RESULT;
  const { query, variables } = mutationOf(name, { ...place, ...input }, payload);
  const { body } = await seed.graphql(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data.result;
}

describe("markRead", () => {
  it("marks everything read, now, and tells what is left", async () => {
    await bulk(seed).messages(conversation.sid, 0, 9);
    const { userConversation, user } = await change("markRead");
    expect(user).toEqual({ identity: "ann" });
    expect(userConversation).toEqual({
      unreadMessagesCount: 0,
      lastReadMessageIndex: 9,
      lastReadTimestamp: clock.at(0),
      notificationLevel: "DEFAULT",
      participant: { sid: participant.sid, unreadMessagesCount: 0, dateUpdated: clock.at(0) },
    });
    expect((await seed.rest.get(participant.url)).body).toMatchObject({
      last_read_message_index: 9,
      last_read_timestamp: clock.at(0),
    });
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it("marks up to a message, and later ones count", async () => {
    await bulk(seed).messages(conversation.sid, 0, 9);
    const { userConversation } = await change("markRead", { upToIndex: 3 });
    expect(userConversation).toMatchObject({ unreadMessagesCount: 6, lastReadMessageIndex: 3 });
    await bulk(seed).messages(conversation.sid, 10, 11);
    const path = `/v1/Users/ann/Conversations/${conversation.sid}`;
    expect((await seed.rest.get(path)).body.unread_messages_count).toBe(8);
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it.each([{ upToIndex: 3 }, { upToIndex: 7 }])(
    "changes nothing where it does not move up, %j",
    async (input) => {
      await bulk(seed).messages(conversation.sid, 0, 7);
      const { userConversation } = await change("markRead", { upToIndex: 7 });
      const before = await seed.stored();
      clock.pass(60);
      expect((await change("markRead", input)).userConversation).toEqual(userConversation);
      expect((await change("markRead")).userConversation).toEqual(userConversation);
      expect(await seed.stored()).toBe(before);
      expect(userConversation).toMatchObject({ lastReadMessageIndex: 7, lastReadTimestamp: clock.at(-60) });
    },
  );

  it("keeps a horizon above the newest message, below which later ones don't count", async () => {
    await bulk(seed).messages(conversation.sid, 0, 4);
    await change("markRead", { upToIndex: 8 });
    expect((await change("markRead")).userConversation.lastReadMessageIndex).toBe(8);
    await bulk(seed).messages(conversation.sid, 5, 9);
    const { userConversation } = await change("markRead", { upToIndex: 0 });
    expect(userConversation).toMatchObject({ unreadMessagesCount: 1, lastReadMessageIndex: 8 });
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it("without messages changes nothing, and takes an index that is given", async () => {
    const before = await seed.stored();
    const { userConversation } = await change("markRead");
    expect(userConversation).toMatchObject({
      unreadMessagesCount: null,
      lastReadMessageIndex: null,
      lastReadTimestamp: null,
    });
    expect(await seed.stored()).toBe(before);
    const given = (await change("markRead", { upToIndex: 0 })).userConversation;
    expect(given).toMatchObject({ unreadMessagesCount: 0, lastReadMessageIndex: 0 });
  });

  it.each(["inactive", "closed"])("works in a conversation that is %s", async (State) => {
    await bulk(seed).messages(conversation.sid, 0, 2);
    await seed.rest.post(conversation.url, { State });
    expect((await change("markRead")).userConversation.unreadMessagesCount).toBe(0);
  });

  it.each([-1, -2_147_483_648])(
    "LAST_READ_INDEX_INVALID up to %j, and nothing changes",
    async (upToIndex) => {
      const before = await seed.stored();
      expect(await change("markRead", { upToIndex })).toMatchObject({
        __typename: "InvalidInputError",
        code: "LAST_READ_INDEX_INVALID",
        twilioCode: 50421,
      });
      expect(await seed.stored()).toBe(before);
    },
  );
});

describe("muteConversation", () => {
  it("mutes, and with false has the user notified again", async () => {
    expect((await change("muteConversation")).userConversation.notificationLevel).toBe("MUTED");
    expect(await seed.inboxFaults()).toEqual([]);
    const loud = await change("muteConversation", { muted: false });
    expect(loud.userConversation.notificationLevel).toBe("DEFAULT");
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it.each(["inactive", "closed"])("leaves what is read, and works when %s", async (State) => {
    await bulk(seed).messages(conversation.sid, 0, 9);
    await change("markRead", { upToIndex: 3 });
    await seed.rest.post(conversation.url, { State });
    const { userConversation } = await change("muteConversation", { muted: true });
    expect(userConversation).toMatchObject({
      unreadMessagesCount: 6,
      lastReadMessageIndex: 3,
      notificationLevel: "MUTED",
    });
    const { body } = await seed.rest.get(`/v1/Users/ann/Conversations/${conversation.sid}`);
    expect(body).toMatchObject({ notification_level: "muted", unread_messages_count: 6 });
  });
});

describe.each(["markRead", "muteConversation"])("%s", (name) => {
  it("NOT_FOUND where the user takes no part, and for who or what is not there", async () => {
    await seed.user("bob");
    await seed.conversation({ UniqueName: "other" });
    const before = await seed.stored();
    for (const input of [
      { userSid: "bob" },
      { userSid: "eve" },
      { conversationSid: "other" },
      { conversationSid: "nowhere" },
      { conversationSid: `CH${"0".repeat(32)}` },
      { serviceSid: `IS${"0".repeat(32)}` },
    ]) {
      expect(await change(name, input)).toMatchObject({ __typename: "NotFoundError", code: "NOT_FOUND" });
    }
    expect(await seed.stored()).toBe(before);
    await seed.rest.delete(participant.url);
    expect(await change(name)).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("unread_messages_count", () => {
  it("is capped at 1000 on v1 and exact on GraphQL", async () => {
    const path = `/v1/Users/ann/Conversations/${conversation.sid}`;
    await bulk(seed).messages(conversation.sid, 0, 1200);
    const counts = async (lastRead: string) => {
      const { body } = await seed.rest.post(path, { LastReadMessageIndex: lastRead });
      const { body: listed } = await seed.rest.get("/v1/Users/ann/Conversations");
      expect(listed.conversations[0].unread_messages_count).toBe(body.unread_messages_count);
      const query = `{ userConversation(userSid: "ann", conversationSid: "trip") { unreadMessagesCount }
        participantConversations(identity: "ann") { nodes { unreadMessagesCount } } }`;
      const { userConversation, participantConversations } = (await seed.graphql(query)).body.data;
      expect(participantConversations.nodes).toEqual([userConversation]);
      return [body.unread_messages_count, userConversation.unreadMessagesCount];
    };
    expect(await counts("0")).toEqual([1000, 1200]);
    expect(await counts("199")).toEqual([1000, 1001]);
    expect(await counts("200")).toEqual([1000, 1000]);
    expect(await counts("201")).toEqual([999, 999]);
    expect(await counts("1200")).toEqual([0, 0]);
    expect(await counts("1199")).toEqual([1, 1]);
    expect(await counts("null")).toEqual([null, null]);
    expect(await seed.inboxFaults()).toEqual([]);
  });
});
