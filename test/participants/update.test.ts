import { describe, expect, it } from "vitest";
import type { Form } from "../setup/clients.ts";
import { binding, native, newAccount, projected, refusal } from "../setup/seed.ts";

const ADDRESS = "+15550000001";
const PROXY = "+15550000002";
const OTHER = "+15550000003";
const proxy = (value: string) => ({ "MessagingBinding.ProxyAddress": value });
const projection = (value: string) => ({ "MessagingBinding.ProjectedAddress": value });

/** A participant of that form in a conversation of its own. */
async function joined(form: Form) {
  const seed = await newAccount();
  const conversation = await seed.conversation();
  const one = await seed.participant(conversation, form);
  return {
    ...seed,
    newConversation: seed.conversation,
    conversation,
    one,
    change: (by: Form) => seed.rest.post(one.url, by),
  };
}

describe("update a participant", () => {
  it("200 with nothing to change, and everything stays but the date", async () => {
    const { one, change } = await joined({
      Identity: "ann",
      Attributes: "[1]",
      DateUpdated: "2020-01-01T00:00:00Z",
    });
    const { status, body } = await change({});
    expect(status).toBe(200);
    expect(body).toEqual({ ...one, date_updated: body.date_updated });
    expect(body.date_updated > one.date_updated).toBe(true);
  });

  it.each([
    [
      "a proxy to a native member",
      native(ADDRESS),
      proxy(PROXY),
      { type: "sms", address: ADDRESS, proxy_address: PROXY },
    ],
    [
      "a projected address to a chat identity",
      { Identity: "ann" },
      projection(PROXY),
      { type: "sms", projected_address: PROXY },
    ],
    [
      "null as proxy of who has one",
      binding(ADDRESS, PROXY),
      proxy("null"),
      { type: "sms", address: ADDRESS },
    ],
    ["null as projected address of a chat identity", projected(PROXY, "ann"), projection("null"), null],
    [
      "an identity to a projected address",
      projected(PROXY),
      { Identity: "ann" },
      { type: "sms", projected_address: PROXY },
    ],
    [
      "an empty identity, which is none",
      projected(PROXY),
      { Identity: "" },
      { type: "sms", projected_address: PROXY },
    ],
  ])("200 for %s", async (_, form, by, messaging_binding) => {
    const { rest, change, one } = await joined(form);
    const { status, body } = await change(by);
    expect({ status, body }).toMatchObject({ status: 200, body: { sid: one.sid, messaging_binding } });
    expect((await rest.get(one.url)).body).toEqual(body);
  });

  it.each([
    [50444, "an identity for a chat identity", { Identity: "ann" }, { Identity: "bob" }],
    [50444, "an identity for a number", binding(ADDRESS, PROXY), { Identity: "bob" }],
    [50444, "an identity for a native member", native(ADDRESS), { Identity: "bob" }],
    [
      50444,
      "an identity for who has one beside a projected address",
      projected(PROXY, "ann"),
      { Identity: "bob" },
    ],
    [50206, "an identity that looks like a SID", projected(PROXY), { Identity: `US${"a".repeat(32)}` }],
    [50207, "an identity that is too long", projected(PROXY), { Identity: "x".repeat(257) }],
    [50203, "a reserved identity", projected(PROXY), { Identity: ".." }],
    [50441, "a proxy for a chat identity", { Identity: "ann" }, proxy(PROXY)],
    [50441, "a second proxy", binding(ADDRESS, PROXY), proxy(OTHER)],
    [50441, "a proxy for a projected address", projected(PROXY), proxy(OTHER)],
    [50440, "no proxy any more where there is none", native(ADDRESS), proxy("null")],
    [50412, "an empty proxy", native(ADDRESS), proxy("")],
    [50408, "a malformed proxy", native(ADDRESS), proxy("ann")],
    [50409, "a proxy that is the address", native(ADDRESS), proxy(ADDRESS)],
    [50414, "a proxy of another channel", native(ADDRESS), proxy(`whatsapp:${PROXY}`)],
    [50453, "a proxy for an email address", native("email:a@b.example"), proxy("email:c@d.example")],
    [50443, "a projected address for a number", binding(ADDRESS, PROXY), projection(OTHER)],
    [50443, "a projected address for a native member", native(ADDRESS), projection(OTHER)],
    [50443, "a second projected address", projected(PROXY, "ann"), projection(OTHER)],
    [50407, "a malformed projected address", { Identity: "ann" }, projection("ann")],
    [50442, "no projected address where there is none", { Identity: "ann" }, projection("null")],
    [50442, "nothing left of who has only that", projected(PROXY), projection("null")],
    [50303, "attributes that are too long", { Identity: "ann" }, { Attributes: `"${"x".repeat(4096)}"` }],
    [50308, "a bad date of creation", { Identity: "ann" }, { DateCreated: "x" }],
    [50309, "a bad date of change", { Identity: "ann" }, { DateUpdated: "x" }],
  ])("400 %d for %s, and nothing changes", async (code, _, form, by) => {
    const { stored, change } = await joined(form);
    const before = await stored();
    expect(await change({ ...by, LastReadMessageIndex: "7" })).toMatchObject(refusal(400, code));
    expect(await stored()).toBe(before);
  });

  it("ignores an address: it can't be changed", async () => {
    const { one, change } = await joined(binding(ADDRESS, PROXY));
    const { status, body } = await change(native(OTHER));
    expect([status, body.messaging_binding]).toEqual([200, one.messaging_binding]);
  });

  it("404 20404 by identity, by the SID of another conversation, and once removed", async () => {
    const { rest, one, participant, stored, newConversation } = await joined({ Identity: "ann" });
    const { url, links } = await newConversation();
    const elsewhere = await participant({ links }, { Identity: "bob" });
    const before = await stored();
    for (const path of [
      `${url}/Participants/${one.sid}`,
      `${links.participants}/bob`,
      `${links.participants}/x`,
    ]) {
      expect(await rest.post(path, { Attributes: "[1]" })).toMatchObject(refusal(404, 20404));
      expect(await rest.delete(path)).toMatchObject(refusal(404, 20404));
    }
    expect(await stored()).toBe(before);
    await rest.delete(elsewhere.url);
    for (const answer of [await rest.post(elsewhere.url), await rest.delete(elsewhere.url)]) {
      expect(answer).toMatchObject(refusal(404, 20404));
    }
  });

  it("409 50437 when a proxy is taken away from one of two participants with an address", async () => {
    const { rest, conversation, one, participant, stored } = await joined(native(ADDRESS));
    const bound = await participant(conversation, binding(ADDRESS, PROXY));
    const before = await stored();
    expect(await rest.post(bound.url, proxy("null"))).toMatchObject(refusal(409, 50437));
    expect(await stored()).toBe(before);
    await rest.delete(one.url);
    expect((await rest.post(bound.url, proxy("null"))).status).toBe(200);
  });

  it("a proxy that is taken away is free, and one that is added is held", async () => {
    const { change, participant, rest, newConversation } = await joined(binding(ADDRESS, PROXY));
    await change(proxy("null"));
    const other = await newConversation();
    const second = await participant(other, binding(ADDRESS, PROXY));
    expect(await change(proxy(PROXY))).toMatchObject(refusal(409, 50416));
    await rest.delete(second.url);
    expect((await change(proxy(PROXY))).status).toBe(200);
    expect(await rest.post(other.links.participants, binding(ADDRESS, PROXY))).toMatchObject(
      refusal(409, 50416),
    );
  });
});
