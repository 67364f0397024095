import { describe, expect, it } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { appAt, newAccount, race, refusal, type Seed } from "../setup/seed.ts";

const PATH = "/v1/Configuration";
const MESSAGING = `MG${"a".repeat(32)}`;

describe("the configuration of the account", () => {
  it("of a new one names its default service, and nothing else", async () => {
    const { rest, conversation } = await newAccount();
    const { chat_service_sid } = await conversation();
    expect((await rest.get(PATH)).body).toMatchObject({
      default_chat_service_sid: chat_service_sid,
      default_messaging_service_sid: null,
      default_inactive_timer: null,
      default_closed_timer: null,
    });
  });

  it("200 with what is named changed, the rest as it was; an empty text clears", async () => {
    const { rest } = await newAccount();
    const { body: before } = await rest.get(PATH);
    const form = {
      DefaultMessagingServiceSid: MESSAGING,
      DefaultInactiveTimer: "PT60M",
      DefaultClosedTimer: "P1DT0S",
    };
    const after = {
      ...before,
      default_messaging_service_sid: MESSAGING,
      default_inactive_timer: "PT60M",
      default_closed_timer: "P1DT0S",
    };
    expect(await rest.post(PATH, form)).toMatchObject({ status: 200, body: after });
    expect((await rest.post(PATH, { DefaultChatServiceSid: "" })).body).toEqual(after);
    const cleared = { DefaultMessagingServiceSid: "", DefaultInactiveTimer: "", DefaultClosedTimer: "" };
    expect((await rest.post(PATH, cleared)).body).toEqual(before);
  });

  it.each(["PT0S", "P0D", "PT0.0S"])("takes %s for no timer", async (none) => {
    const { rest } = await newAccount();
    const { body: before } = await rest.get(PATH);
    await rest.post(PATH, { DefaultInactiveTimer: "PT1H", DefaultClosedTimer: "P1D" });
    const cleared = await rest.post(PATH, { DefaultInactiveTimer: none, DefaultClosedTimer: none });
    expect(cleared).toMatchObject({ status: 200, body: before });
  });

  it.each([
    [50341, "DefaultMessagingServiceSid", `IS${"0".repeat(32)}`],
    [50379, "DefaultInactiveTimer", "P1M"],
    [50379, "DefaultInactiveTimer", `PT${"0".repeat(100)}60S`],
    [50375, "DefaultInactiveTimer", "PT59S"],
    [50380, "DefaultClosedTimer", "soon"],
    [50376, "DefaultClosedTimer", "PT9M59S"],
  ])("400 %d for a %s of %s, which is named, and nothing changes", async (code, name, value) => {
    const { rest } = await newAccount();
    const { body: before } = await rest.get(PATH);
    const refused = await rest.post(PATH, { DefaultClosedTimer: "P1D", [name]: value });
    expect(refused).toMatchObject(refusal(400, code));
    expect(refused.body.details).toEqual({ parameter: name });
    expect((await rest.get(PATH)).body).toEqual(before);
  });

  it("400 50050 for a default service that is none of the account's, and nothing changes", async () => {
    const [{ rest }, other] = [await newAccount(), await newAccount()];
    const { body: before } = await rest.get(PATH);
    for (const DefaultChatServiceSid of [(await other.service()).sid, `IS${"0".repeat(32)}`, "x"]) {
      const refused = await rest.post(PATH, { DefaultChatServiceSid, DefaultClosedTimer: "P1D" });
      expect(refused).toMatchObject(refusal(400, 50050));
      expect(refused.body.details).toEqual({ parameter: "DefaultChatServiceSid" });
    }
    expect((await rest.get(PATH)).body).toEqual(before);
  });
});

describe("another default service", () => {
  it("is what every path without one means from now on, and the old one can be deleted", async () => {
    const { rest, service, conversation } = await newAccount();
    const old = await conversation();
    const { sid, url } = await service();
    const { body: there } = await rest.post(`${url}/Conversations`, { UniqueName: "visit" });
    expect((await rest.post(PATH, { DefaultChatServiceSid: sid })).body.links.service).toBe(
      `${url}/Configuration`,
    );
    expect((await rest.get("/v1/Conversations/visit")).body.sid).toBe(there.sid);
    expect(await rest.get(`/v1/Conversations/${old.sid}`)).toMatchObject(refusal(404, 20404));
    expect((await conversation()).chat_service_sid).toBe(sid);
    expect(await rest.delete(url)).toMatchObject(refusal(409, 20409));
    expect((await rest.delete(`/v1/Services/${old.chat_service_sid}`)).status).toBe(204);
  });

  it("is seen by the fields after the mutation, in the same request", async () => {
    const { graphql, service } = await newAccount();
    const { sid } = await service();
    const payload = "account { defaultService { sid isDefault } }";
    const { query, variables } = mutationOf("updateConfiguration", { defaultServiceSid: sid }, payload);
    const { body } = await graphql(query, variables);
    expect(body.data.result.account.defaultService).toEqual({ sid, isDefault: true });
  });

  it("is there, however many change it while services are deleted", async () => {
    const seed = await newAccount();
    const { rest, service, query } = seed;
    for (let round = 0; round < 6; round++) {
      const made = [await service(), await service(), await service()];
      const tally = await race(18, (n) => {
        const one = made[n % 3];
        return n % 6 === round ? rest.delete(one.url) : rest.post(PATH, { DefaultChatServiceSid: one.sid });
      });
      const { 200: _, 204: __, "400 50050": ___, "404 20404": ____, "409 20409": _____, ...others } = tally;
      expect(others).toEqual({});
      expect(
        await query(`select a.default_service_sid from accounts a left join services s
          on s.account_sid = $1 and s.sid = a.default_service_sid where a.account_sid = $1 and s.sid is null`),
      ).toEqual([]);
    }
  });
});

describe("a new conversation", () => {
  const DEFAULTS = {
    DefaultMessagingServiceSid: MESSAGING,
    DefaultInactiveTimer: "PT1H",
    DefaultClosedTimer: "P1D",
  };
  const accountWithDefaults = async () => {
    const { app, at, pass } = await appAt("2026-01-01T00:00:00Z");
    const seed = await newAccount(app);
    expect((await seed.rest.post(PATH, DEFAULTS)).status).toBe(200);
    return { ...seed, at, pass };
  };
  const makersOf = async ({ rest, graphql, service }: Seed) => {
    const { url } = await service();
    const selected = "conversation { messagingServiceSid timers { dateInactive dateClosed } }";
    return {
      default: async (form: Record<string, string>) => (await rest.post("/v1/Conversations", form)).body,
      named: async (form: Record<string, string>) => (await rest.post(`${url}/Conversations`, form)).body,
      graphql: async (input: Record<string, unknown>) => {
        const { query, variables } = mutationOf("createConversation", input, selected);
        return (await graphql(query, variables)).body.data.result.conversation;
      },
    };
  };

  it("has the account's defaults where nothing is said, in every service", async () => {
    const seed = await accountWithDefaults();
    const make = await makersOf(seed);
    const [dateInactive, dateClosed] = [seed.at(3600), seed.at(86_400)];
    for (const made of [await make.default({}), await make.named({})]) {
      expect(made).toMatchObject({
        state: "active",
        messaging_service_sid: MESSAGING,
        timers: { date_inactive: dateInactive, date_closed: dateClosed },
      });
    }
    expect(await make.graphql({})).toEqual({
      messagingServiceSid: MESSAGING,
      timers: { dateInactive, dateClosed },
    });
  });

  it("has what is said of each instead; PT0S, null and an empty SID mean none", async () => {
    const seed = await accountWithDefaults();
    const make = await makersOf(seed);
    const own = `MG${"b".repeat(32)}`;
    const closed = seed.at(86_400);
    for (const made of [make.default, make.named]) {
      const form = { MessagingServiceSid: own, State: "active", "Timers.Inactive": "PT2H" };
      expect(await made(form)).toMatchObject({
        messaging_service_sid: own,
        timers: { date_inactive: seed.at(7200), date_closed: closed },
      });
      expect(await made({ MessagingServiceSid: "", "Timers.Inactive": "PT0S" })).toMatchObject({
        messaging_service_sid: null,
        timers: { date_closed: closed },
      });
    }
    const none = { dateInactive: null, dateClosed: null };
    expect(await make.graphql({ timers: null, messagingServiceSid: null })).toEqual({
      messagingServiceSid: null,
      timers: none,
    });
    expect(await make.graphql({ timers: { inactive: null } })).toMatchObject({
      timers: { ...none, dateClosed: closed },
    });
  });

  it("still needs a state for timers of its own (50382), and changes by the default ones", async () => {
    const { rest, conversation, pass } = await accountWithDefaults();
    const refused = await rest.post("/v1/Conversations", { "Timers.Inactive": "PT2H" });
    expect(refused).toMatchObject(refusal(400, 50382));
    const { url } = await conversation();
    pass(3600);
    expect((await rest.get(url)).body.state).toBe("inactive");
    pass(86_400 - 3600);
    expect((await rest.get(url)).body.state).toBe("closed");
  });

  it("keeps what it got when the defaults change", async () => {
    const { rest, conversation } = await accountWithDefaults();
    const made = await conversation();
    await rest.post(PATH, { DefaultMessagingServiceSid: "", DefaultClosedTimer: "" });
    expect((await rest.get(made.url)).body).toEqual(made);
  });
});
