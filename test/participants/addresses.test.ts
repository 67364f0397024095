import { beforeAll, describe, expect, it } from "vitest";
import type { Form } from "../setup/clients.ts";
import { binding, newAccount, projected, type Resource, refusal, type Seed } from "../setup/seed.ts";

const PROXY = "+15550000002";

let seed: Seed;
let conversation: Resource;
beforeAll(async () => {
  seed = await newAccount();
  conversation = await seed.conversation();
});
const add = (form: Form) => seed.rest.post(conversation.links.participants, form);

describe("address of a participant", () => {
  it.each([
    ["+12", PROXY],
    ["+123456789012345", PROXY],
    ["+442071838750", PROXY],
    ["whatsapp:+442071838750", `whatsapp:${PROXY}`],
    ["whatsapp:US.1234567890", "whatsapp:shop"],
    ["whatsapp:+442071838751", "whatsapp:business id"],
    ["rcs:+442071838750", "rcs:brand_agent"],
    ["messenger:1234567890", "messenger:page"],
    [`messenger:${"x".repeat(256)}`, "messenger:page"],
    [`messenger:${"🙂".repeat(256)}`, "messenger:page"],
    ["gbm:a b", "gbm:+c"],
    ["apple:urn:mbid:x", "apple:y"],
  ])("201 for %s behind %s", async (address, proxy) => {
    const { status, body } = await add(binding(address, proxy));
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.messaging_binding).toMatchObject({ address, proxy_address: proxy });
    const found = await seed.rest.get("/v1/ParticipantConversations", { Address: address });
    expect(found.body.conversations.map((row: Resource) => row.participant_sid)).toEqual([body.sid]);
  });

  const MALFORMED = [
    "+",
    "+1",
    "+0123456789",
    "+1234567890123456",
    "15550000001",
    "+1 555 000 0001",
    "+1-555-000-0001",
    "(555) 000-0001",
    " +15550000001",
    "+15550000001 ",
    "+15550000001\n",
    "+１５５５",
    "ann",
    "whatsapp:",
    "whatsapp:+",
    "whatsapp:+0123",
    "whatsapp:+1 555",
    "rcs:+1234567890123456",
    `messenger:${"x".repeat(257)}`,
    "messenger:",
    "WhatsApp:+15550000001",
    "whatsapp :+15550000001",
    "sip:ann@example.com",
    ":+15550000001",
    "email:",
  ];

  it.each(MALFORMED)("400 50407 for %j, and nothing changes", async (address) => {
    const before = await seed.stored();
    expect(await add(binding(address, PROXY))).toMatchObject(refusal(400, 50407));
    expect(await seed.stored()).toBe(before);
  });

  it.each(MALFORMED)("400 50408 for %j as the proxy, and nothing changes", async (proxy) => {
    const before = await seed.stored();
    expect(await add(binding("+15550000009", proxy))).toMatchObject(refusal(400, 50408));
    expect(await seed.stored()).toBe(before);
  });

  it.each(["+0123", "15550000001", "whatsapp:+15550000001", "messenger:x", "ann"])(
    "400 50407 for %j as the projected address, and nothing changes",
    async (number) => {
      const before = await seed.stored();
      expect(await add(projected(number))).toMatchObject(refusal(400, 50407));
      expect(await seed.stored()).toBe(before);
    },
  );
});

describe("looking up an address", () => {
  it("compares it exactly: the prefix belongs to it", async () => {
    const { rest, conversation: made, participant } = await newAccount();
    const address = "+15550000001";
    const [sms, whatsapp] = [await made(), await made()];
    await participant(sms, binding(address, PROXY));
    await participant(whatsapp, binding(`whatsapp:${address}`, `whatsapp:${PROXY}`));
    const found = async (wanted: string) =>
      (await rest.get("/v1/ParticipantConversations", { Address: wanted })).body.conversations.map(
        (row: Resource) => row.conversation_sid,
      );
    expect(await found(address)).toEqual([sms.sid]);
    expect(await found(`whatsapp:${address}`)).toEqual([whatsapp.sid]);
    for (const wanted of [PROXY, `${address}0`, address.slice(1), ` ${address}`, "Whatsapp:+15550000001"]) {
      expect(await found(wanted)).toEqual([]);
    }
  });
});
