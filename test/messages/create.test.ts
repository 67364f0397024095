import { describe, expect, it } from "vitest";
import { binding, newAccount, projected, refusal } from "../setup/seed.ts";

const ADDRESS = "+15550000001";

describe("create a message", () => {
  it("201 with the next index, as it can be fetched and listed", async () => {
    const { rest, conversation, message } = await newAccount();
    const made = await conversation();
    const first = await message(made, { Body: "I like pie." });
    const second = await message(made, { Body: "" });
    expect(first).toMatchObject({
      conversation_sid: made.sid,
      index: 0,
      author: "system",
      body: "I like pie.",
      participant_sid: null,
      attributes: "{}",
      media: null,
      delivery: null,
      content_sid: null,
      url: `${made.url}/Messages/${first.sid}`,
      links: {
        delivery_receipts: `${made.url}/Messages/${first.sid}/Receipts`,
        channel_metadata: `${made.url}/Messages/${first.sid}/ChannelMetadata`,
      },
    });
    expect(first.date_updated).toBe(first.date_created);
    expect(second).toMatchObject({ index: 1, body: "" });
    expect((await rest.get(first.url)).body).toEqual(first);
    expect((await rest.get(made.links.messages)).body.messages).toEqual([first, second]);
  });

  it("201 by the conversation's unique name", async () => {
    const { rest, conversation } = await newAccount();
    const { sid } = await conversation({ UniqueName: "the trip" });
    const { body } = await rest.post("/v1/Conversations/the%20trip/Messages", { Body: "hello" });
    expect(body).toMatchObject({ conversation_sid: sid, index: 0 });
  });

  it("201 with all that may be given, byte for byte", async () => {
    const { rest, conversation, message } = await newAccount();
    const form = {
      Author: "cake \u{1F382} lover",
      Body: ` ${"é".repeat(16_383)} `,
      Attributes: '{ "n": 1.50 }',
      DateCreated: "2015-12-16T22:18:37Z",
      DateUpdated: "2015-12-16T22:18:38.999Z",
    };
    const made = await message(await conversation(), form);
    expect(made).toMatchObject({
      author: form.Author,
      body: form.Body,
      attributes: form.Attributes,
      date_created: "2015-12-16T22:18:37Z",
      date_updated: "2015-12-16T22:18:38Z",
    });
    expect((await rest.get(made.url)).body).toEqual(made);
  });

  it.each([
    [50503, "nothing", {}],
    [50503, "no body", { Author: "ann", Attributes: "{}" }],
    [50504, "a body of more than 32 KB", { Body: "é".repeat(16_385) }],
    [50310, "an author of more than 256 characters", { Body: "x", Author: "é".repeat(257) }],
    [50303, "attributes of more than 4 KB", { Body: "x", Attributes: `"${"x".repeat(4095)}"` }],
    [50304, "attributes that are no JSON", { Body: "x", Attributes: "{" }],
    [50308, "a bad date of creation", { Body: "x", DateCreated: "yesterday" }],
    [50309, "a bad date of change", { Body: "x", DateUpdated: "2026-02-30T00:00:00Z" }],
    [20001, "a byte order mark", { Body: "\uFEFFx" }],
    [20001, "media", { Body: "x", MediaSid: `ME${"a".repeat(32)}` }],
    [20001, "content", { ContentSid: `HX${"a".repeat(32)}`, ContentVariables: '{"name": "John"}' }],
    [20001, "variables of content", { Body: "x", ContentVariables: "{}" }],
    [20001, "a subject", { Body: "x", Subject: "hello" }],
  ])("400 %d for %s, and nothing changes", async (code, _, form) => {
    const { rest, conversation, stored } = await newAccount();
    const { links } = await conversation();
    const before = await stored();
    expect(await rest.post(links.messages, form)).toMatchObject(refusal(400, code));
    expect(await stored()).toBe(before);
  });

  it("201 where what is not supported is empty, and an empty author is the system", async () => {
    const { conversation, message } = await newAccount();
    const empty = { MediaSid: "", ContentSid: "", ContentVariables: "", Subject: "", Author: "" };
    expect(await message(await conversation(), empty)).toMatchObject({ author: "system", body: "hello" });
  });

  it("404 20404 for a conversation that is not there, is foreign, or of another service", async () => {
    const { rest, conversation, service, stored } = await newAccount();
    const other = await newAccount();
    const here = await conversation({ UniqueName: "here" });
    const foreign = await other.conversation({ UniqueName: "theirs" });
    const { sid } = await service();
    const before = [await stored(), await other.stored()];
    for (const path of [
      `/v1/Conversations/CH${"0".repeat(32)}`,
      "/v1/Conversations/nowhere",
      foreign.url,
      "/v1/Conversations/theirs",
      `/v1/Services/${sid}/Conversations/${here.sid}`,
    ]) {
      expect(await rest.post(`${path}/Messages`, { Body: "x" }), path).toMatchObject(refusal(404, 20404));
      expect(await rest.get(`${path}/Messages`), path).toMatchObject(refusal(404, 20404));
    }
    expect([await stored(), await other.stored()]).toEqual(before);
  });
});

describe("the participant of a message", () => {
  it("is the one whose identity or address the author is, in this conversation", async () => {
    const { conversation, participant, message } = await newAccount();
    const made = await conversation();
    const ann = await participant(made, { Identity: "ann" });
    const phone = await participant(made, binding(ADDRESS, "+15550000002"));
    await participant(made, projected("+15550000003"));
    await participant(await conversation(), { Identity: "bob" });
    await participant(made, { Identity: "system" });
    const said = async (Author: string) => (await message(made, { Author })).participant_sid;
    expect(await said("ann")).toBe(ann.sid);
    expect(await said(ADDRESS)).toBe(phone.sid);
    for (const stranger of ["Ann", "bob", "system", "+15550000002", "+15550000003"]) {
      expect(await said(stranger), stranger).toBeNull();
    }
  });

  it("stays that of the message when it has gone", async () => {
    const { rest, conversation, participant, message } = await newAccount();
    const made = await conversation();
    const ann = await participant(made, { Identity: "ann" });
    const said = await message(made, { Author: "ann" });
    await rest.delete(ann.url);
    expect((await rest.get(said.url)).body).toEqual(said);
    expect((await message(made, { Author: "ann" })).participant_sid).toBeNull();
    expect((await rest.post(said.url, { Author: "ann", Body: "y" })).body.participant_sid).toBe(ann.sid);
  });
});
