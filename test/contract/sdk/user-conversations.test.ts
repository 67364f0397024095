import { beforeAll, describe, expect, it } from "vitest";
import { openSdk, refusal, type Sdk, sdkOf } from "./client.ts";

let sdk: Sdk;
beforeAll(async () => {
  sdk = await openSdk();
});

/** A user of that identity in so many new conversations. */
async function userIn(identity: string, count: number) {
  const sids: string[] = [];
  for (let i = 0; i < count; i++) {
    const { sid } = await sdk.v1.conversations.create({
      uniqueName: `${identity}-${i}`,
      friendlyName: "Visit",
    });
    await sdk.v1.conversations(sid).participants.create({ identity });
    sids.push(sid);
  }
  return { sids, user: sdk.v1.users(identity) };
}

describe("userConversations(sid).fetch", () => {
  it("fetches by the user's identity or SID and the conversation's SID or unique name", async () => {
    const { sids, user } = await userIn("ann", 1);
    const found = await user.userConversations(sids[0]!).fetch();
    expect(found).toMatchObject({
      accountSid: sdk.account.sid,
      conversationSid: sids[0],
      participantSid: expect.stringMatching(/^MB/),
      userSid: expect.stringMatching(/^US/),
      friendlyName: "Visit",
      uniqueName: "ann-0",
      conversationState: "active",
      timers: {},
      attributes: "{}",
      createdBy: "system",
      notificationLevel: "default",
      unreadMessagesCount: null,
      lastReadMessageIndex: null,
      dateCreated: expect.any(Date),
      dateUpdated: expect.any(Date),
    });
    const bySids = sdk.v1.users(found.userSid).userConversations("ann-0");
    expect((await bySids.fetch()).toJSON()).toEqual(found.toJSON());
  });

  it("404 20404 for a conversation the user is not in, or of another account", async () => {
    await userIn("bob", 1);
    const { sid } = await sdk.v1.conversations.create();
    const other = sdkOf(sdk.app, await sdk.app.account());
    for (const { userConversations } of [sdk.v1.users("nobody"), other.v1.users("bob")]) {
      expect(await refusal(userConversations("bob-0").fetch())).toMatchObject({ status: 404, code: 20404 });
    }
    const { userConversations } = sdk.v1.users("bob");
    expect(await refusal(userConversations(sid).fetch())).toMatchObject({ status: 404, code: 20404 });
  });
});

describe("userConversations.list", () => {
  it("lists over pages, by conversation SID", async () => {
    const { sids, user } = await userIn("carol", 5);
    const sidsOf = (rows: readonly { conversationSid: string }[]) => rows.map((row) => row.conversationSid);
    expect(sidsOf(await user.userConversations.list())).toEqual(sids);
    expect(sidsOf(await user.userConversations.list({ pageSize: 2, limit: 3 }))).toEqual(sids.slice(0, 3));
    expect(sidsOf(await user.userConversations.list({ limit: 2000 }))).toEqual(sids);
    const first = await user.userConversations.page({ pageSize: 3 });
    const second = await user.userConversations.getPage(first.nextPageUrl!);
    expect(sidsOf(second.instances)).toEqual(sids.slice(3));
    expect(sidsOf((await second.previousPage())!.instances)).toEqual(sids.slice(0, 3));
    const seen: string[] = [];
    await new Promise((done) => {
      user.userConversations.each({
        pageSize: 2,
        done,
        callback: ({ conversationSid }) => void seen.push(conversationSid),
      });
    });
    expect(seen).toEqual(sids);
  });

  it("404 20404 for an unknown user", async () => {
    expect(await refusal(sdk.v1.users("nobody").userConversations.list())).toMatchObject({
      status: 404,
      code: 20404,
    });
  });
});

describe("userConversations(sid).update", () => {
  it("mutes, and keeps how far the user has read", async () => {
    const { sids, user } = await userIn("dave", 1);
    const updated = await user.userConversations(sids[0]!).update({
      notificationLevel: "muted",
      lastReadMessageIndex: 3,
      lastReadTimestamp: new Date("2026-01-31T12:00:00Z"),
    });
    expect(updated).toMatchObject({
      notificationLevel: "muted",
      lastReadMessageIndex: 3,
      unreadMessagesCount: 0,
    });
    expect((await updated.fetch()).toJSON()).toEqual(updated.toJSON());
    const { participants } = sdk.v1.conversations(sids[0]!);
    expect(await participants("dave").fetch()).toMatchObject({
      lastReadMessageIndex: 3,
      lastReadTimestamp: "2026-01-31T12:00:00Z",
    });
  });

  it("400 50210 for an unknown notification level", async () => {
    const { sids, user } = await userIn("erin", 1);
    const update = user.userConversations(sids[0]!).update({ notificationLevel: "loud" as "muted" });
    expect(await refusal(update)).toMatchObject({ status: 400, code: 50210 });
  });
});

describe("userConversations(sid).remove", () => {
  it("leaves the conversation", async () => {
    const { sids, user } = await userIn("frank", 2);
    expect(await user.userConversations(sids[0]!).remove()).toBe(true);
    expect((await user.userConversations.list()).map((row) => row.conversationSid)).toEqual([sids[1]]);
    expect(await sdk.v1.conversations(sids[0]!).participants.list()).toEqual([]);
    expect(await refusal(user.userConversations(sids[0]!).remove())).toMatchObject({ status: 404 });
  });
});

describe("services(sid).users(sid).userConversations", () => {
  it("has every call below a service", async () => {
    const service = await sdk.v1.services.create({ friendlyName: "Other" });
    const scoped = sdk.v1.services(service.sid);
    const { sid } = await scoped.conversations.create();
    await scoped.conversations(sid).participants.create({ identity: "gina" });
    const { userConversations } = scoped.users("gina");
    const found = await userConversations(sid).fetch();
    expect(found).toMatchObject({ chatServiceSid: service.sid, conversationSid: sid });
    expect(found.url).toContain(`/v1/Services/${service.sid}/Users/${found.userSid}/Conversations/${sid}`);
    expect((await userConversations.list()).map((row) => row.conversationSid)).toEqual([sid]);
    expect((await userConversations(sid).update({ notificationLevel: "muted" })).notificationLevel).toBe(
      "muted",
    );
    expect(await refusal(sdk.v1.users("gina").userConversations(sid).fetch())).toMatchObject({ status: 404 });
    expect(await userConversations(sid).remove()).toBe(true);
    expect(await userConversations.list()).toEqual([]);
  });
});
