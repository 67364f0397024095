import { beforeAll, describe, expect, it } from "vitest";
import { PUBLIC_URL } from "../../setup/app.ts";
import { openSdk, refusal, type Sdk } from "./client.ts";

const PHONE = "+15558675310";
const PROXY = "+15017122661";
const PROJECTED = "+15017122662";

let sdk: Sdk;
let conversationRole: string;
beforeAll(async () => {
  sdk = await openSdk();
  const { sid } = await sdk.v1.conversations.create();
  const added = await sdk.v1.conversations(sid).participants.create({ identity: "someone" });
  conversationRole = added.roleSid;
});

/** A new conversation, as the SDK names it. */
async function conversation() {
  const { sid } = await sdk.v1.conversations.create();
  return sdk.v1.conversations(sid);
}

describe("participants.create", () => {
  it("adds a phone number", async () => {
    const { participants } = await conversation();
    const added = await participants.create({
      "messagingBinding.address": PHONE,
      "messagingBinding.proxyAddress": PROXY,
      attributes: '{ "role": "driver" }',
    });
    expect(added).toMatchObject({
      accountSid: sdk.account.sid,
      sid: expect.stringMatching(/^MB[0-9a-f]{32}$/),
      identity: null,
      attributes: '{ "role": "driver" }',
      messagingBinding: { type: "sms", address: PHONE, proxy_address: PROXY },
      roleSid: conversationRole,
      dateCreated: expect.any(Date),
      url: expect.stringContaining(`/Participants/${added.sid}`),
      lastReadTimestamp: null,
    });
    expect(added.messagingBinding).not.toHaveProperty("projected_address");
    await participants(added.sid).remove();
  });

  it("adds a chat user, and the user with it", async () => {
    const { participants } = await conversation();
    const added = await participants.create({ identity: "alice", roleSid: conversationRole });
    expect(added).toMatchObject({ identity: "alice", messagingBinding: null, roleSid: conversationRole });
    expect((await sdk.v1.users("alice").fetch()).identity).toBe("alice");
  });

  it("adds the members of a group MMS: native ones, and a chat user with a projected address", async () => {
    const { participants } = await conversation();
    const native = await participants.create({ "messagingBinding.address": PHONE });
    const chat = await participants.create({
      identity: "alice",
      "messagingBinding.projectedAddress": PROJECTED,
    });
    expect(native).toMatchObject({ roleSid: null, messagingBinding: { type: "sms", address: PHONE } });
    expect(chat).toMatchObject({
      identity: "alice",
      messagingBinding: { type: "sms", projected_address: PROJECTED },
    });
  });

  it("takes dates and the webhook header", async () => {
    const { participants } = await conversation();
    const added = await participants.create({
      identity: "alice",
      dateCreated: new Date("2015-12-16T22:18:37Z"),
      dateUpdated: new Date("2015-12-16T22:18:38Z"),
      xTwilioWebhookEnabled: "true",
    });
    expect(added.dateCreated).toEqual(new Date("2015-12-16T22:18:37Z"));
    expect(added.dateUpdated).toEqual(new Date("2015-12-16T22:18:38Z"));
  });

  it("409 50433 for an identity that is already in, 409 50416 for a pair that is taken", async () => {
    const { participants } = await conversation();
    await participants.create({ identity: "alice" });
    const pair = { "messagingBinding.address": PHONE, "messagingBinding.proxyAddress": "+15017122699" };
    const holder = await participants.create(pair);
    const twice = await refusal(participants.create({ identity: "alice" }));
    expect(twice).toMatchObject({
      status: 409,
      code: 50433,
      moreInfo: `${PUBLIC_URL}/docs/errors/50433`,
    });
    const taken = await refusal((await conversation()).participants.create(pair));
    expect([taken.status, taken.code]).toEqual([409, 50416]);
    expect(taken.message).toContain(holder.conversationSid);
  });
});

describe("participants(sid).fetch", () => {
  it("fetches by SID and by identity", async () => {
    const { participants } = await conversation();
    const added = await participants.create({ identity: "bob #/@ +%2F?é" });
    expect((await participants(added.sid).fetch()).toJSON()).toEqual(added.toJSON());
    expect((await participants(encodeURIComponent("bob #/@ +%2F?é")).fetch()).sid).toBe(added.sid);
  });

  it("404 20404 where there is none", async () => {
    const { participants } = await conversation();
    expect(await refusal(participants("nobody").fetch())).toMatchObject({ status: 404, code: 20404 });
    expect(await refusal(participants(`MB${"0".repeat(32)}`).fetch())).toMatchObject({ status: 404 });
  });
});

describe("participants(sid).update", () => {
  it("changes attributes, role, dates and the read horizon", async () => {
    const { participants } = await conversation();
    const { sid } = await participants.create({ identity: "alice" });
    const updated = await participants(sid).update({
      attributes: JSON.stringify({ role: "driver" }),
      roleSid: conversationRole,
      dateUpdated: new Date("2019-05-15T13:37:35Z"),
      lastReadMessageIndex: 7,
      lastReadTimestamp: "2019-05-15T13:37:36Z",
      xTwilioWebhookEnabled: "false",
    });
    expect(updated).toMatchObject({
      attributes: '{"role":"driver"}',
      roleSid: conversationRole,
      dateUpdated: new Date("2019-05-15T13:37:35Z"),
      lastReadMessageIndex: 7,
      lastReadTimestamp: "2019-05-15T13:37:36Z",
    });
    expect((await participants(sid).fetch()).toJSON()).toEqual(updated.toJSON());
  });

  it("adds and removes addresses", async () => {
    const { participants } = await conversation();
    const native = await participants.create({ "messagingBinding.address": PHONE });
    const bound = await participants(native.sid).update({ "messagingBinding.proxyAddress": PROXY });
    expect(bound.messagingBinding).toEqual({ type: "sms", address: PHONE, proxy_address: PROXY });
    const freed = await participants(native.sid).update({ "messagingBinding.proxyAddress": "null" });
    expect(freed.messagingBinding).toEqual({ type: "sms", address: PHONE });

    const chat = await participants.create({ identity: "alice" });
    const projected = await participants(chat.sid).update({ "messagingBinding.projectedAddress": PROJECTED });
    expect(projected.messagingBinding).toEqual({ type: "sms", projected_address: PROJECTED });
    const plain = await participants(chat.sid).update({ "messagingBinding.projectedAddress": "null" });
    expect(plain.messagingBinding).toBeNull();
  });

  it("gives an identity to one who had only a projected address", async () => {
    const { participants } = await conversation();
    const { sid } = await participants.create({ "messagingBinding.projectedAddress": PROJECTED });
    expect((await participants(sid).update({ identity: "carol" })).identity).toBe("carol");
  });

  it("404 20404 by identity, which names a participant only where it is read", async () => {
    const { participants } = await conversation();
    await participants.create({ identity: "alice" });
    expect(await refusal(participants("alice").update({ attributes: "{}" }))).toMatchObject({
      status: 404,
      code: 20404,
    });
    expect(await refusal(participants("alice").remove())).toMatchObject({ status: 404, code: 20404 });
  });
});

describe("participants.list", () => {
  it("lists a conversation's participants over pages, and no other's", async () => {
    const { participants } = await conversation();
    const added: string[] = [];
    for (const identity of ["a", "b", "c", "d", "e"]) {
      added.push((await participants.create({ identity })).sid);
    }
    const sids = (rows: readonly { sid: string }[]) => rows.map((row) => row.sid);
    expect(sids(await participants.list())).toEqual(added);
    expect(sids(await participants.list({ pageSize: 2 }))).toEqual(added);
    expect(sids(await participants.list({ limit: 3, pageSize: 2 }))).toEqual(added.slice(0, 3));
    expect(sids(await participants.list({ limit: 2000 }))).toEqual(added);
    const first = await participants.page({ pageSize: 3 });
    const second = await participants.getPage(first.nextPageUrl!);
    expect(sids(second.instances)).toEqual(added.slice(3));
    expect(sids((await second.previousPage())!.instances)).toEqual(added.slice(0, 3));
    const seen: string[] = [];
    await new Promise((done) => {
      participants.each({ pageSize: 2, done, callback: ({ sid }) => void seen.push(sid) });
    });
    expect(seen).toEqual(added);
  });
});

describe("participants(sid).remove", () => {
  it("removes, once", async () => {
    const { participants } = await conversation();
    const { sid } = await participants.create({ identity: "alice" });
    expect(await participants(sid).remove({ xTwilioWebhookEnabled: "true" })).toBe(true);
    expect(await refusal(participants(sid).remove())).toMatchObject({ status: 404, code: 20404 });
    expect(await participants.list()).toEqual([]);
  });
});

describe("services(sid).conversations(sid).participants", () => {
  it("has every call below a service", async () => {
    const service = await sdk.v1.services.create({ friendlyName: "Other" });
    const { sid } = await sdk.v1.services(service.sid).conversations.create({ uniqueName: "visit" });
    const { participants } = sdk.v1.services(service.sid).conversations("visit");
    const added = await participants.create({ identity: "alice" });
    expect(added).toMatchObject({
      chatServiceSid: service.sid,
      conversationSid: sid,
      url: expect.stringContaining(
        `/v1/Services/${service.sid}/Conversations/${sid}/Participants/${added.sid}`,
      ),
    });
    expect((await participants("alice").fetch()).sid).toBe(added.sid);
    expect((await participants(added.sid).update({ lastReadMessageIndex: 1 })).lastReadMessageIndex).toBe(1);
    expect((await participants.list()).map((row) => row.sid)).toEqual([added.sid]);
    expect(await refusal(sdk.v1.conversations(sid).participants(added.sid).fetch())).toMatchObject({
      status: 404,
    });
    expect(await participants(added.sid).remove()).toBe(true);
  });
});
