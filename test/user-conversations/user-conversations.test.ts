import { describe, expect, it } from "vitest";
import { appAt, newAccount, projected, type Resource, refusal } from "../setup/seed.ts";

/** Ann in a conversation named "trip". */
async function joined() {
  const seed = await newAccount();
  const conversation = await seed.conversation({
    UniqueName: "trip",
    FriendlyName: "Trip",
    Attributes: "[1]",
  });
  const participant = await seed.participant(conversation, { Identity: "ann" });
  const user = (await seed.rest.get("/v1/Users/ann")).body;
  const path = `${user.url}/Conversations/${conversation.sid}`;
  return {
    ...seed,
    newConversation: seed.conversation,
    join: seed.participant,
    conversation,
    participant,
    user,
    path,
  };
}

const NAMES = [
  ["SID and SID", (j: Joined) => `/v1/Users/${j.user.sid}/Conversations/${j.conversation.sid}`],
  ["identity and SID", (j: Joined) => `/v1/Users/ann/Conversations/${j.conversation.sid}`],
  ["SID and unique name", (j: Joined) => `/v1/Users/${j.user.sid}/Conversations/trip`],
  ["identity and unique name", () => "/v1/Users/ann/Conversations/trip"],
] as const;

type Joined = Awaited<ReturnType<typeof joined>>;

describe.each(NAMES)("a UserConversation by %s", (_, pathOf) => {
  it("200 fetched, 200 changed, 204 left", async () => {
    const one = await joined();
    const { rest, conversation, participant, user } = one;
    const path = pathOf(one);
    expect((await rest.get(path)).body).toMatchObject({
      conversation_sid: conversation.sid,
      participant_sid: participant.sid,
      user_sid: user.sid,
      unique_name: "trip",
      friendly_name: "Trip",
      attributes: "[1]",
      created_by: "system",
      notification_level: "default",
      last_read_message_index: null,
      unread_messages_count: null,
      url: `${user.url}/Conversations/${conversation.sid}`,
      links: { participant: participant.url, conversation: conversation.url },
    });
    const changed = await rest.post(path, { NotificationLevel: "muted", LastReadMessageIndex: "2" });
    expect(changed).toMatchObject({
      status: 200,
      body: { notification_level: "muted", last_read_message_index: 2, unread_messages_count: 0 },
    });
    expect((await rest.delete(path)).status).toBe(204);
    expect(await rest.get(path)).toMatchObject(refusal(404, 20404));
    expect(await rest.get(participant.url)).toMatchObject(refusal(404, 20404));
  });
});

describe("NotificationLevel", () => {
  it("is of the participant, default at first, and stays when not named", async () => {
    const { rest, path, newConversation, join } = await joined();
    const other = await newConversation();
    await join(other, { Identity: "ann" });
    await rest.post(path, { NotificationLevel: "muted" });
    expect((await rest.post(path, { LastReadMessageIndex: "1" })).body.notification_level).toBe("muted");
    const elsewhere = await rest.get(`/v1/Users/ann/Conversations/${other.sid}`);
    expect(elsewhere.body.notification_level).toBe("default");
    expect((await rest.post(path, { NotificationLevel: "default" })).body.notification_level).toBe("default");
  });

  it("is default again after leaving and joining", async () => {
    const { rest, path, conversation, join } = await joined();
    await rest.post(path, { NotificationLevel: "muted", LastReadMessageIndex: "1" });
    await rest.delete(path);
    await join(conversation, { Identity: "ann" });
    const { body } = await rest.get(path);
    expect(body).toMatchObject({ notification_level: "default", last_read_message_index: null });
  });

  it.each(["", "MUTED", "loud", "null"])("400 50210 for %j, and nothing changes", async (level) => {
    const { rest, path, stored } = await joined();
    const before = await stored();
    const form = { NotificationLevel: level, LastReadMessageIndex: "1" };
    expect(await rest.post(path, form)).toMatchObject(refusal(400, 50210));
    expect(await stored()).toBe(before);
  });
});

describe("list a user's conversations", () => {
  it("200 by conversation SID, closed ones too, those left not", async () => {
    const { rest, conversation, newConversation, join, path } = await joined();
    const [second, third] = [await newConversation(), await newConversation()];
    await join(third, projected("+15550000002", "ann"));
    await join(second, { Identity: "ann" });
    await rest.post(second.url, { State: "closed" });
    const sids = async () =>
      (await rest.get("/v1/Users/ann/Conversations")).body.conversations.map(
        (row: Resource) => row.conversation_sid,
      );
    expect(await sids()).toEqual([conversation.sid, second.sid, third.sid]);
    await rest.delete(path);
    expect(await sids()).toEqual([second.sid, third.sid]);
  });

  it("200 empty for a user who is nowhere, 404 20404 for one who is not there", async () => {
    const { rest, user } = await newAccount();
    await user("ann");
    expect((await rest.get("/v1/Users/ann/Conversations")).body.conversations).toEqual([]);
    expect(await rest.get("/v1/Users/bob/Conversations")).toMatchObject(refusal(404, 20404));
  });

  it("404 20404 for a conversation the user is not in, and for another account's user", async () => {
    const { rest, newConversation, path, stored } = await joined();
    const other = await newConversation({ UniqueName: "other" });
    const stranger = await newAccount();
    await stranger.user("ann");
    const before = await stored();
    for (const name of [other.sid, "other", "nowhere", `CH${"0".repeat(32)}`]) {
      const there = `/v1/Users/ann/Conversations/${name}`;
      expect(await rest.get(there)).toMatchObject(refusal(404, 20404));
      expect(await rest.post(there, { NotificationLevel: "muted" })).toMatchObject(refusal(404, 20404));
      expect(await rest.delete(there)).toMatchObject(refusal(404, 20404));
    }
    for (const there of [path, "/v1/Users/ann/Conversations/trip"]) {
      expect(await stranger.rest.get(there)).toMatchObject(refusal(404, 20404));
      expect(await stranger.rest.delete(there)).toMatchObject(refusal(404, 20404));
    }
    expect(await stored()).toBe(before);
    expect((await stranger.rest.get("/v1/Users/ann/Conversations")).body.conversations).toEqual([]);
  });
});

describe("update a UserConversation", () => {
  it("moves the participant's date, not the conversation's", async () => {
    const { app, pass, at } = await appAt("2020-01-01T00:00:00Z");
    const { rest, conversation, participant } = await newAccount(app);
    const made = await conversation();
    const { url } = await participant(made, { Identity: "ann" });
    pass(60);
    const path = `/v1/Users/ann/Conversations/${made.sid}`;
    const { body } = await rest.post(path, { NotificationLevel: "muted" });
    expect(body.date_updated).toBe(made.date_updated);
    expect((await rest.get(url)).body.date_updated).toBe(at(0));
  });
});
