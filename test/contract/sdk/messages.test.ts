import { beforeAll, describe, expect, it } from "vitest";
import { openSdk, refusal, type Sdk } from "./client.ts";

let sdk: Sdk;
beforeAll(async () => {
  sdk = await openSdk();
});

describe("messages", () => {
  it("are created, fetched, updated and removed", async () => {
    const { sid } = await sdk.v1.conversations.create();
    const ann = await sdk.v1.conversations(sid).participants.create({ identity: "ann" });
    const { messages } = sdk.v1.conversations(sid);
    const created = await messages.create({
      author: "ann",
      body: "I like pie.",
      attributes: '{ "importance": "high" }',
      dateCreated: new Date("2015-12-16T22:18:37Z"),
      dateUpdated: new Date("2015-12-16T22:18:38Z"),
      xTwilioWebhookEnabled: "true",
    });
    expect(created).toMatchObject({
      accountSid: sdk.account.sid,
      conversationSid: sid,
      index: 0,
      author: "ann",
      participantSid: ann.sid,
      body: "I like pie.",
      media: null,
      attributes: '{ "importance": "high" }',
      dateCreated: new Date("2015-12-16T22:18:37Z"),
      dateUpdated: new Date("2015-12-16T22:18:38Z"),
      delivery: null,
      contentSid: null,
      links: {
        delivery_receipts: `${created.url}/Receipts`,
        channel_metadata: `${created.url}/ChannelMetadata`,
      },
    });
    const fetched = await sdk.v1.conversations(sid).messages(created.sid).fetch();
    expect(fetched.toJSON()).toEqual(created.toJSON());
    const updated = await fetched.update({ author: "system", body: "I like cake.", attributes: "{}" });
    expect(updated).toMatchObject({ author: "system", participantSid: null, body: "I like cake.", index: 0 });
    expect(updated.dateUpdated.getTime()).toBeGreaterThan(created.dateUpdated.getTime());
    expect(await updated.remove({ xTwilioWebhookEnabled: "true" })).toBe(true);
    expect(await refusal(updated.fetch())).toMatchObject({ status: 404, code: 20404 });
    expect((await messages.create({ body: "next" })).index).toBe(1);
  });

  it("are listed over pages in both orders, below a service too", async () => {
    const service = await sdk.v1.services.create({ friendlyName: "Talk" });
    const { conversations } = sdk.v1.services(service.sid);
    const { sid } = await conversations.create();
    const { messages } = conversations(sid);
    for (let n = 0; n < 5; n++) await messages.create({ body: `${n}` });
    const indexes = (list: { index: number }[]) => list.map(({ index }) => index);
    const before = sdk.sent.length;
    expect(indexes(await messages.list({ pageSize: 2 }))).toEqual([0, 1, 2, 3, 4]);
    expect(sdk.sent.length - before).toBe(3);
    expect(indexes(await messages.list({ order: "desc", pageSize: 2 }))).toEqual([4, 3, 2, 1, 0]);
    expect(indexes(await messages.list({ order: "desc", limit: 1 }))).toEqual([4]);
    const page = await messages.page({ order: "desc", pageSize: 2 });
    const next = await page.nextPage();
    expect(indexes(next!.instances)).toEqual([2, 1]);
    expect(indexes((await next!.previousPage())!.instances)).toEqual([4, 3]);
    expect(page.instances[0]).toMatchObject({ chatServiceSid: service.sid, conversationSid: sid });
  });

  it("are refused with Twilio's code and the parameter", async () => {
    const { sid } = await sdk.v1.conversations.create();
    const { messages } = sdk.v1.conversations(sid);
    const refused = async (form: Parameters<typeof messages.create>[0]) => refusal(messages.create(form));
    expect(await refused({})).toMatchObject({ status: 400, code: 50503 });
    expect(await refused({ body: "x".repeat(32_769) })).toMatchObject({ status: 400, code: 50504 });
    expect(await refused({ mediaSid: `ME${"a".repeat(32)}` })).toMatchObject({
      status: 400,
      code: 20001,
      message: "MediaSid is not supported: media are not kept here, send Body alone",
      details: { parameter: "MediaSid" },
    });
    await sdk.v1.conversations(sid).update({ state: "closed" });
    expect(await refused({ body: "late" })).toMatchObject({ status: 400, code: 50377 });
  });
});
