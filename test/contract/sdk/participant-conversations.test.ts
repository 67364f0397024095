import { beforeAll, describe, expect, it } from "vitest";
import { PUBLIC_URL } from "../../setup/app.ts";
import { openSdk, refusal, type Sdk, sdkOf } from "./client.ts";

const PHONE = "+15558675310";
const PROXY = "+15017122661";

let sdk: Sdk;
/** Conversations with alice and a phone, in the order they were made. */
const made: string[] = [];

beforeAll(async () => {
  sdk = await openSdk();
  for (let i = 0; i < 7; i++) {
    const { sid } = await sdk.v1.conversations.create({ friendlyName: `Visit ${i}` });
    const { participants } = sdk.v1.conversations(sid);
    await participants.create({ identity: "alice" });
    await participants.create({
      "messagingBinding.address": PHONE,
      "messagingBinding.proxyAddress": `${PROXY.slice(0, -1)}${i}`,
    });
    made.push(sid);
  }
});

const sidsOf = (rows: readonly { conversationSid: string }[]) => rows.map((row) => row.conversationSid);

describe("participantConversations.list", () => {
  it("lists the conversations of an identity by their SIDs", async () => {
    const rows = await sdk.v1.participantConversations.list({ identity: "alice", limit: 20 });
    expect(sidsOf(rows)).toEqual([...made].sort());
    expect(rows[0]).toMatchObject({
      accountSid: sdk.account.sid,
      participantIdentity: "alice",
      participantUserSid: expect.stringMatching(/^US/),
      participantMessagingBinding: null,
      conversationFriendlyName: "Visit 0",
      conversationUniqueName: null,
      conversationAttributes: "{}",
      conversationState: "active",
      conversationTimers: {},
      conversationCreatedBy: "system",
      conversationDateCreated: expect.any(Date),
      conversationDateUpdated: expect.any(Date),
    });
  });

  it("lists the conversations of an address", async () => {
    const rows = await sdk.v1.participantConversations.list({ address: PHONE, limit: 20 });
    expect(sidsOf(rows)).toEqual(made);
    expect(rows[2]).toMatchObject({
      participantIdentity: null,
      participantUserSid: null,
      participantMessagingBinding: {
        type: "sms",
        address: PHONE,
        proxy_address: "+15017122662",
        projected_address: null,
        level: null,
        name: null,
      },
    });
  });

  it("makes as many requests as there are pages, and stops at the limit", async () => {
    const before = sdk.sent.length;
    const rows = await sdk.v1.participantConversations.list({ identity: "alice", pageSize: 2, limit: 5 });
    expect(sidsOf(rows)).toEqual(made.slice(0, 5));
    expect(sdk.sent.length - before).toBe(3);
  });

  it("takes a limit greater than any page", async () => {
    const rows = await sdk.v1.participantConversations.list({ identity: "alice", limit: 2000 });
    expect(sidsOf(rows)).toEqual(made);
    expect(sdk.sent.at(-1)).toContain("PageSize=2000");
  });

  it("finds nothing for someone unknown, or in another account", async () => {
    expect(await sdk.v1.participantConversations.list({ identity: "nobody" })).toEqual([]);
    const other = sdkOf(sdk.app, await sdk.app.account());
    expect(await other.v1.participantConversations.list({ identity: "alice" })).toEqual([]);
    expect(await other.v1.participantConversations.list({ address: PHONE })).toEqual([]);
  });
});

describe("participantConversations.each", () => {
  it("hands out each conversation once, over all pages", async () => {
    const seen: string[] = [];
    await new Promise<void>((resolve, reject) => {
      sdk.v1.participantConversations.each({
        address: PHONE,
        pageSize: 3,
        callback: ({ conversationSid }) => void seen.push(conversationSid),
        done: (error?: Error) => (error ? reject(error) : resolve()),
      });
    });
    expect(seen).toEqual(made);
  });
});

describe("participantConversations.page and getPage", () => {
  it("walks forward and back again", async () => {
    const first = await sdk.v1.participantConversations.page({ identity: "alice", pageSize: 3 });
    const second = (await first.nextPage())!;
    const third = (await second.nextPage())!;
    expect([first, second, third].map(({ instances }) => sidsOf(instances))).toEqual([
      made.slice(0, 3),
      made.slice(3, 6),
      made.slice(6),
    ]);
    expect([first.previousPageUrl, third.nextPageUrl]).toEqual([undefined, undefined]);
    const back = (await third.previousPage())!;
    expect(sidsOf(back.instances)).toEqual(made.slice(3, 6));
    expect(sidsOf((await back.previousPage())!.instances)).toEqual(made.slice(0, 3));
  });

  it("goes to a page by its URL, and by its token", async () => {
    const { nextPageUrl } = await sdk.v1.participantConversations.page({ address: PHONE, pageSize: 2 });
    const byUrl = await sdk.v1.participantConversations.getPage(nextPageUrl!);
    const byToken = await sdk.v1.participantConversations.page({
      address: PHONE,
      pageSize: 2,
      pageNumber: 1,
      pageToken: new URL(nextPageUrl!).searchParams.get("PageToken")!,
    });
    expect(sidsOf(byUrl.instances)).toEqual(made.slice(2, 4));
    expect(sidsOf(byToken.instances)).toEqual(made.slice(2, 4));
  });

  it("refuses a token of another list", async () => {
    const { nextPageUrl } = await sdk.v1.participantConversations.page({ address: PHONE, pageSize: 2 });
    const pageToken = new URL(nextPageUrl!).searchParams.get("PageToken")!;
    const error = await refusal(sdk.v1.participantConversations.page({ identity: "alice", pageToken }));
    expect([error.status, error.code]).toEqual([400, 21481]);
  });
});

describe("services(sid).participantConversations", () => {
  it("looks up in that service only", async () => {
    const service = await sdk.v1.services.create({ friendlyName: "Other" });
    const scoped = sdk.v1.services(service.sid);
    const { sid } = await scoped.conversations.create();
    await scoped.conversations(sid).participants.create({ identity: "alice" });
    const rows = await scoped.participantConversations.list({ identity: "alice" });
    expect(sidsOf(rows)).toEqual([sid]);
    expect(rows[0]!.chatServiceSid).toBe(service.sid);
    expect(await scoped.participantConversations.list({ address: PHONE })).toEqual([]);
    expect(sidsOf(await sdk.v1.participantConversations.list({ identity: "alice" }))).toEqual(made);
  });

  it("walks its own pages", async () => {
    const { chatServiceSid } = await sdk.v1.conversations(made[0]!).fetch();
    const scoped = sdk.v1.services(chatServiceSid);
    const first = await scoped.participantConversations.page({ identity: "alice", pageSize: 4 });
    expect(first.nextPageUrl).toContain(
      `/v1/Services/${chatServiceSid}/ParticipantConversations?Identity=alice`,
    );
    expect(sidsOf((await first.nextPage())!.instances)).toEqual(made.slice(4));
  });

  it("404 20404 for a service that is not there", async () => {
    const error = await refusal(
      sdk.v1.services(`IS${"0".repeat(32)}`).participantConversations.list({ identity: "alice" }),
    );
    expect([error.status, error.code]).toEqual([404, 20404]);
  });
});

describe("a lookup that names not exactly one", () => {
  it("400 50451 for both, 400 20001 for neither", async () => {
    const both = await refusal(sdk.v1.participantConversations.list({ identity: "alice", address: PHONE }));
    expect(both).toMatchObject({
      status: 400,
      code: 50451,
      moreInfo: `${PUBLIC_URL}/docs/errors/50451`,
    });
    const neither = await refusal(sdk.v1.participantConversations.list());
    expect([neither.status, neither.code]).toEqual([400, 20001]);
    expect(neither.message).toMatch(/Identity.*Address/);
  });
});
