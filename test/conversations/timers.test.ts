import { describe, expect, it } from "vitest";
import { appAt, newAccount, refusal } from "../setup/seed.ts";

const TIMERS = { "Timers.Inactive": "PT1M", "Timers.Closed": "PT10M" };

/** An account whose clock stands still, and a conversation with both timers. */
async function timed() {
  const clock = await appAt("2020-01-01T00:00:00Z");
  const seed = await newAccount(clock.app);
  const { url, timers } = await seed.conversation({ State: "active", ...TIMERS });
  const set = (form: Record<string, string>) => seed.rest.post(url, form);
  const both = (since: number) => ({
    date_inactive: clock.at(since + 60),
    date_closed: clock.at(since + 600),
  });
  const now = async () => (await seed.rest.get(url)).body;
  return { ...clock, ...seed, url, timers, set, both, now };
}

describe("timers", () => {
  it("are shown as the moments when they run out, counted from creation", async () => {
    const { timers, both } = await timed();
    expect(timers).toEqual(both(0));
  });

  it("count from now, whatever dates are given", async () => {
    const { conversation, both } = await timed();
    const old = { DateCreated: "2001-01-01T00:00:00Z", DateUpdated: "2001-01-01T00:00:00Z" };
    expect((await conversation({ State: "active", ...TIMERS, ...old })).timers).toEqual(both(0));
  });

  it.each([
    ["State", { State: "active" }],
    ["State to inactive", { State: "inactive" }],
    ["Timers.Inactive", { "Timers.Inactive": "PT1M" }],
    ["Timers.Closed", { "Timers.Closed": "PT10M" }],
  ])("both start anew when %s is set, to the same value even", async (_, form) => {
    const { pass, set, both } = await timed();
    pass(30);
    expect((await set(form as Record<string, string>)).body.timers).toEqual(both(0));
  });

  it("run on when anything else is set, when someone joins or reads", async () => {
    const { pass, set, both, rest, url } = await timed();
    pass(30);
    await set({ FriendlyName: "x", Attributes: "[1]", DateCreated: "2001-01-01T00:00:00Z" });
    const { body } = await rest.post(`${url}/Participants`, { Identity: "ann" });
    await rest.post(body.url, { LastReadMessageIndex: "1" });
    expect((await rest.get(url)).body.timers).toEqual(both(-30));
  });

  it("are removed one by one with PT0S", async () => {
    const { set, at } = await timed();
    expect((await set({ "Timers.Inactive": "PT0S" })).body.timers).toEqual({ date_closed: at(600) });
    expect((await set({ "Timers.Closed": "P0D" })).body.timers).toEqual({});
    expect((await set({ "Timers.Inactive": "P1D" })).body.timers).toEqual({ date_inactive: at(86_400) });
  });

  it("make it inactive, then closed, at their very moment", async () => {
    const { pass, now } = await timed();
    const states = [];
    for (const seconds of [59, 1, 539, 1]) {
      pass(seconds);
      states.push((await now()).state);
    }
    expect(states).toEqual(["active", "inactive", "inactive", "closed"]);
  });

  it("start anew by a return to active", async () => {
    const { pass, set, both, now, url } = await timed();
    pass(60);
    expect((await now()).state).toBe("inactive");
    expect((await set({ State: "active" })).body).toMatchObject({ state: "active", timers: both(0), url });
    pass(59);
    expect((await now()).state).toBe("active");
  });

  it("leave it inactive when something else is changed after their moment", async () => {
    const { pass, set, both } = await timed();
    pass(61);
    const { body } = await set({ FriendlyName: "x" });
    expect(body).toMatchObject({
      state: "inactive",
      timers: both(-61),
      date_updated: "2020-01-01T00:01:01Z",
    });
  });

  it("close it without ever making it inactive, where only that one is set", async () => {
    const { pass, set, now } = await timed();
    await set({ "Timers.Inactive": "PT0S" });
    pass(599);
    expect((await now()).state).toBe("active");
    pass(1);
    expect((await now()).state).toBe("closed");
  });

  it("200 on an update without State", async () => {
    const { set, rest, conversation, at } = await timed();
    const { url } = await conversation();
    const answer = await rest.post(url, { "Timers.Closed": "PT10M" });
    expect(answer).toMatchObject({ status: 200, body: { timers: { date_closed: at(600) } } });
    expect((await set({ "Timers.Closed": "P2W" })).body.timers.date_closed).toBe(at(1_209_600));
  });
});

describe("a timer that is refused", () => {
  it.each(["Timers.Inactive", "Timers.Closed"])(
    "400 50382 for %s without State at creation",
    async (name) => {
      const { rest, stored, conversation } = await newAccount();
      const before = await stored();
      expect(await rest.post("/v1/Conversations", { [name]: "PT1H" })).toMatchObject(refusal(400, 50382));
      expect(await stored()).toBe(before);
      await conversation({ [name]: "PT0S" });
    },
  );

  it.each([
    [50375, "Timers.Inactive", ["PT59S", "PT59.9S", "PT1S"]],
    [50376, "Timers.Closed", ["PT9M59S", "PT1M", "PT599.999S", "PT0.5S"]],
    [
      50379,
      "Timers.Inactive",
      ["", "P1Y", "P1M", "P", "PT", "1 minute", "60", "-PT5M", "PT5M ", "pt5m", "P101Y"],
    ],
    [
      50380,
      "Timers.Closed",
      ["", "P1Y", "P1M", "P", "PT", "1 hour", "600", "-PT15M", "null", "P999999999999W"],
    ],
  ] as const)("400 %d for %s=%j, and nothing changes", async (code, name, values) => {
    const { rest, conversation, stored } = await newAccount();
    const { url } = await conversation({ State: "active", ...TIMERS });
    const before = await stored();
    for (const value of values) {
      const form = { State: "inactive", [name]: value };
      expect(await rest.post(url, form), value).toMatchObject(refusal(400, code));
      expect(await rest.post("/v1/Conversations", form), value).toMatchObject(refusal(400, code));
    }
    expect(await stored()).toBe(before);
  });

  it("400 50382 never stands for a malformed one: that is said first", async () => {
    const { rest } = await newAccount();
    const answer = await rest.post("/v1/Conversations", { "Timers.Closed": "P1M" });
    expect(answer).toMatchObject(refusal(400, 50380));
  });
});
