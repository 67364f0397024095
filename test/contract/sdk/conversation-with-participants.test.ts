import { beforeAll, describe, expect, it } from "vitest";
import { openSdk, refusal, type Sdk } from "./client.ts";

let sdk: Sdk;
beforeAll(async () => {
  sdk = await openSdk();
});

const ann = JSON.stringify({ identity: "ann" });
const phone = JSON.stringify({
  messaging_binding: { address: "+15558675310", proxy_address: "+15017122661" },
});

describe("conversationWithParticipants.create", () => {
  it("makes the conversation with its participants", async () => {
    const made = await sdk.v1.conversationWithParticipants.create({
      friendlyName: "Visit",
      attributes: '{ "topic": "feedback" }',
      participant: [ann, phone],
      xTwilioWebhookEnabled: "true",
    });
    expect(made).toMatchObject({
      accountSid: sdk.account.sid,
      sid: expect.stringMatching(/^CH[0-9a-f]{32}$/),
      friendlyName: "Visit",
      attributes: '{ "topic": "feedback" }',
      state: "active",
      dateCreated: expect.any(Date),
      timers: {},
      bindings: {},
      links: { participants: expect.stringContaining(made.sid) },
    });
    const listed = await sdk.v1.conversations(made.sid).participants.list();
    expect(listed).toMatchObject([
      { identity: "ann" },
      { messagingBinding: { type: "sms", address: "+15558675310", proxy_address: "+15017122661" } },
    ]);
    await sdk.v1.conversations(made.sid).remove();
  });

  it("makes it alone, and below a service", async () => {
    expect((await sdk.v1.conversationWithParticipants.create()).state).toBe("active");
    const { sid } = await sdk.v1.services.create({ friendlyName: "Other" });
    const made = await sdk.v1.services(sid).conversationWithParticipants.create({ participant: [ann] });
    expect(made.chatServiceSid).toBe(sid);
    expect(await sdk.v1.services(sid).conversations(made.sid).participants.list()).toHaveLength(1);
  });

  it("ends in the codes of its own", async () => {
    const { conversationWithParticipants } = sdk.v1;
    const create = (participant: string[]) => refusal(conversationWithParticipants.create({ participant }));
    expect(await create([ann, "{"])).toMatchObject({ status: 400, code: 50424 });
    expect(await create([phone, phone])).toMatchObject({ status: 409, code: 50425 });
    expect(await create(Array.from({ length: 11 }, () => ann))).toMatchObject({ status: 400, code: 50426 });
    expect(await create([ann, ann])).toMatchObject({ status: 409, code: 50433 });
  });
});
