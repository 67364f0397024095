import { describe, expect, it } from "vitest";
import { statementsOf } from "../setup/database.ts";
import { appAt, binding, native, newAccount, projected, type Resource, refusal } from "../setup/seed.ts";

const ADDRESS = "+15550000001";
const PROXY = "+15550000002";

describe("add a participant", () => {
  it.each([
    ["by identity", { Identity: "ann" }, "ann", null, true],
    [
      "by number behind a proxy",
      binding(ADDRESS, PROXY),
      null,
      { type: "sms", address: ADDRESS, proxy_address: PROXY },
      true,
    ],
    [
      "by WhatsApp",
      binding(`whatsapp:${ADDRESS}`, `whatsapp:${PROXY}`),
      null,
      { type: "whatsapp", address: `whatsapp:${ADDRESS}`, proxy_address: `whatsapp:${PROXY}` },
      true,
    ],
    ["as native member of a group MMS", native(ADDRESS), null, { type: "sms", address: ADDRESS }, false],
    [
      "as an email address",
      native("email:a@b.example"),
      null,
      { type: "email", address: "email:a@b.example" },
      false,
    ],
    [
      "by identity with a projected address",
      projected(PROXY, "ann"),
      "ann",
      { type: "sms", projected_address: PROXY },
      true,
    ],
    ["by projected address alone", projected(PROXY), null, { type: "sms", projected_address: PROXY }, false],
  ])("201 %s", async (_, form, identity, messaging_binding, hasRole) => {
    const { rest, conversation } = await newAccount();
    const { links } = await conversation();
    const { status, body } = await rest.post(links.participants, form);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        identity,
        messaging_binding,
        attributes: "{}",
        last_read_message_index: null,
        last_read_timestamp: null,
      },
    });
    expect(body.role_sid === null).toBe(!hasRole);
    expect((await rest.get(body.url)).body).toEqual(body);
    expect((await rest.get(links.participants)).body.participants).toEqual([body]);
  });

  it("stores the same rows directly and, in the last minute before a conversation closes, step by step", async () => {
    const { app, pass } = await appAt("2020-01-01T00:00:00Z");
    const { conversation, participant, query } = await newAccount(app);
    const soon = await conversation({ State: "active", "Timers.Closed": "PT10M" });
    pass(550);
    const later = await conversation({ State: "active", "Timers.Closed": "PT10M" });
    const form = { Attributes: '{ "a": "é" }', DateCreated: "2019-01-01T01:00:00.5+01:00" };
    const others = [{ Identity: "ann" }, projected(PROXY, "bob"), projected("+15550000003"), native(ADDRESS)];
    const addAll = async (made: Resource, proxy: string) => {
      const who = [...others, binding(ADDRESS, proxy)];
      const { statements } = await statementsOf(async () => {
        for (const one of who) await participant(made, { ...one, ...form });
      });
      return statements.filter((name) => name === "insertParticipant").length;
    };
    expect(await addAll(soon, "+15550000004")).toBe(5);
    expect(await addAll(later, "+15550000005")).toBe(0);
    const rows = await query(`select c.participant_count, c.non_chat_count, c.channels,
        jsonb_agg(to_jsonb(p) - '{sid, conversation_sid, conversation_date_created, proxy_address}'::text[] ||
          to_jsonb(i) - '{conversation_sid, participant_sid, date_activity}'::text[] order by p.sid)::text
      from conversations c join participants p on p.account_sid = $1 and p.conversation_sid = c.sid
      join inbox i on i.account_sid = $1 and i.participant_sid = p.sid
      where c.account_sid = $1 group by c.account_sid, c.sid`);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toEqual(rows[0]);
  });

  it("201 into an inactive conversation, which stays inactive", async () => {
    const { rest, conversation, participant } = await newAccount();
    const { url, ...inactive } = await conversation({ State: "inactive" });
    await participant(inactive, { Identity: "ann" });
    expect((await rest.get(url)).body.state).toBe("inactive");
  });

  it("leaves the conversation's own dates alone", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made = await conversation({ DateUpdated: "2020-01-01T00:00:00Z" });
    const { url } = await participant(made, { Identity: "ann" });
    await rest.post(url, { LastReadMessageIndex: "1" });
    await rest.delete(url);
    expect((await rest.get(made.url)).body).toEqual(made);
  });

  it.each([
    [50204, "nothing", {}],
    [50204, "an empty identity", { Identity: "" }],
    [50211, "an identity and a binding", { Identity: "ann", ...binding(ADDRESS, PROXY) }],
    [50211, "an identity and an address", { Identity: "ann", ...native(ADDRESS) }],
    [50211, "an identity and a WhatsApp address", { Identity: "ann", ...native(`whatsapp:${ADDRESS}`) }],
    [50211, "an identity and a proxy address", { Identity: "ann", "MessagingBinding.ProxyAddress": PROXY }],
    [50411, "a proxy address alone", { "MessagingBinding.ProxyAddress": PROXY }],
    [50411, "an empty address", binding("", PROXY)],
    [50412, "an empty proxy address", binding(ADDRESS, "")],
    [50412, "a WhatsApp address alone", native(`whatsapp:${ADDRESS}`)],
    [50409, "an address that is its own proxy", binding(ADDRESS, ADDRESS)],
    [50414, "addresses of two channels", binding(`whatsapp:${ADDRESS}`, PROXY)],
    [50414, "addresses of two channels, the other way", binding(ADDRESS, `whatsapp:${PROXY}`)],
    [50453, "an email address with a proxy", binding("email:a@b.example", "email:c@d.example")],
    [
      50443,
      "a projected address beside a binding",
      { ...binding(ADDRESS, PROXY), ...projected("+15550000003") },
    ],
    [50443, "a projected address beside a native one", { ...native(ADDRESS), ...projected(PROXY) }],
    [50304, "attributes that are no JSON", { Identity: "ann", Attributes: "{" }],
    [50308, "a bad date of creation", { Identity: "ann", DateCreated: "yesterday" }],
    [50309, "a bad date of change", { Identity: "ann", DateUpdated: "2026-02-30T00:00:00Z" }],
    [50100, "a role that is not there", { Identity: "ann", RoleSid: `RL${"0".repeat(32)}` }],
  ])("400 %d for %s, and nothing changes, no user is made", async (code, _, form) => {
    const { rest, conversation, stored } = await newAccount();
    const { links } = await conversation();
    const before = await stored();
    expect(await rest.post(links.participants, form)).toMatchObject(refusal(400, code));
    expect(await stored()).toBe(before);
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
      `/v1/Services/${sid}/Conversations/here`,
    ]) {
      const answer = await rest.post(`${path}/Participants`, { Identity: "ann" });
      expect(answer, path).toMatchObject(refusal(404, 20404));
    }
    expect([await stored(), await other.stored()]).toEqual(before);
  });

  it("201 by the conversation's unique name", async () => {
    const { rest, conversation } = await newAccount();
    const { sid } = await conversation({ UniqueName: "the trip" });
    const { body } = await rest.post("/v1/Conversations/the%20trip/Participants", { Identity: "ann" });
    expect(body.conversation_sid).toBe(sid);
  });
});

describe("DateCreated and DateUpdated of a participant", () => {
  it("are now when absent, and what is given when given, at creation and at a change", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made = await conversation();
    const old = { DateCreated: "2015-12-16T22:18:37Z", DateUpdated: "2016-01-01T02:00:00.999+02:00" };
    const bob = await participant(made, { Identity: "bob", ...old });
    expect(bob).toMatchObject({ date_created: "2015-12-16T22:18:37Z", date_updated: "2016-01-01T00:00:00Z" });

    const changed = (await rest.post(bob.url, { DateCreated: "2014-01-01T00:00:00Z" })).body;
    expect(changed.date_created).toBe("2014-01-01T00:00:00Z");
    expect(changed.date_updated > "2026").toBe(true);
    const again = (await rest.post(bob.url, { DateUpdated: "2014-01-02T00:00:00Z" })).body;
    expect(again).toMatchObject({
      date_created: "2014-01-01T00:00:00Z",
      date_updated: "2014-01-02T00:00:00Z",
    });
  });
});
