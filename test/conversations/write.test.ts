import { describe, expect, it } from "vitest";
import { newAccount, refusal } from "../setup/seed.ts";

const SHA = "0123456789abcdef0123456789abcdef";

describe("create a conversation", () => {
  it("201 active without parameters, created and changed at once", async () => {
    const { conversation } = await newAccount();
    const made = await conversation();
    expect(made).toMatchObject({
      state: "active",
      friendly_name: null,
      unique_name: null,
      messaging_service_sid: null,
      attributes: "{}",
      timers: {},
      bindings: {},
    });
    expect(made.date_updated).toBe(made.date_created);
  });

  it.each(["active", "inactive"])("201 %s when asked for", async (State) => {
    const { conversation } = await newAccount();
    expect((await conversation({ State })).state).toBe(State);
  });

  it("201 with dates of the past or the future", async () => {
    const { conversation } = await newAccount();
    const form = { DateCreated: "2001-02-03T04:05:06.999Z", DateUpdated: "2101-02-03T06:05:06+02:00" };
    expect(await conversation(form)).toMatchObject({
      date_created: "2001-02-03T04:05:06Z",
      date_updated: "2101-02-03T04:05:06Z",
    });
  });

  it.each(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])(
    "201 with the date %s, which lists in its place",
    async (date) => {
      const { rest, conversation } = await newAccount();
      await conversation();
      const made = await conversation({ DateCreated: date, DateUpdated: date });
      expect(made).toMatchObject({ date_created: date, date_updated: date });
      expect((await rest.get(made.url)).body).toEqual(made);
      const { conversations } = (await rest.get("/v1/Conversations", { StartDate: "0001-01-01T00:00:00Z" }))
        .body;
      expect(conversations[date < "2000" ? 1 : 0]).toEqual(made);
    },
  );

  it("400 50384 closed, and nothing changes", async () => {
    const { rest, stored } = await newAccount();
    const before = await stored();
    expect(await rest.post("/v1/Conversations", { State: "closed" })).toMatchObject(refusal(400, 50384));
    expect(await stored()).toBe(before);
  });
});

const BAD = [
  [50003, "a name of 257 characters", { FriendlyName: "x".repeat(257) }],
  [50004, "a unique name of 257 characters", { UniqueName: "x".repeat(257) }],
  [50004, "a unique name of 257 emoji", { UniqueName: "🙂".repeat(257) }],
  [50004, "the unique name .", { UniqueName: "." }],
  [50004, "the unique name ..", { UniqueName: ".." }],
  [50390, "a unique name that is a conversation's SID", { UniqueName: `CH${SHA}` }],
  [50390, "the same in upper case", { UniqueName: `CH${SHA.toUpperCase()}` }],
  [50303, "attributes above 16 KB", { Attributes: `"${"x".repeat(16_384)}"` }],
  [50304, "attributes that are no JSON", { Attributes: "{" }],
  [50308, "a bad date of creation", { DateCreated: "2026-01-01" }],
  [50309, "a bad date of change", { DateUpdated: "2026-01-01T00:00:00" }],
  [50341, "a messaging service that is no SID", { MessagingServiceSid: "MG1" }],
  [50341, "a messaging service that is a SID of something else", { MessagingServiceSid: `CH${SHA}` }],
  [50374, "an empty state", { State: "" }],
  [50378, "the state initializing", { State: "initializing" }],
  [50378, "a state in upper case", { State: "ACTIVE" }],
  [20001, "an email address that is none", { "Bindings.Email.Address": "ann" }],
] as const;

describe.each(["create", "update"])("%s a conversation", (verb) => {
  it.each(BAD)("400 %d for %s, and nothing changes", async (code, _, form) => {
    const { rest, conversation, stored } = await newAccount();
    const { url } = await conversation({ FriendlyName: "A", UniqueName: "a" });
    const before = await stored();
    const path = verb === "create" ? "/v1/Conversations" : url;
    expect(await rest.post(path, { ...form, "X-Unknown": "ignored" })).toMatchObject(refusal(400, code));
    expect(await stored()).toBe(before);
  });

  it("stores the SID of a messaging service in lower case, an empty one as null", async () => {
    const { rest, conversation } = await newAccount();
    const { url } = await conversation();
    const path = verb === "create" ? "/v1/Conversations" : url;
    const given = await rest.post(path, { MessagingServiceSid: `MG${SHA.toUpperCase()}` });
    expect(given.body.messaging_service_sid).toBe(`MG${SHA}`);
    expect((await rest.post(path, { MessagingServiceSid: "" })).body.messaging_service_sid).toBeNull();
  });

  it("keeps an email binding, and clears it by an empty text", async () => {
    const { rest, conversation } = await newAccount();
    const path = verb === "create" ? "/v1/Conversations" : (await conversation()).url;
    const email = { "Bindings.Email.Address": "shop@example.com", "Bindings.Email.Name": "Shop" };
    const given = await rest.post(path, email);
    expect(given.body.bindings).toEqual({ email: { address: "shop@example.com", name: "Shop" } });
    const cleared = { "Bindings.Email.Address": "", "Bindings.Email.Name": "" };
    expect((await rest.post(given.body.url, cleared)).body.bindings).toEqual({});
  });
});

describe("update a conversation", () => {
  it("200 with nothing to change, and everything stays but the date", async () => {
    const { rest, conversation } = await newAccount();
    const made = await conversation({
      FriendlyName: "A",
      UniqueName: "a",
      Attributes: "[1]",
      State: "inactive",
      MessagingServiceSid: `MG${SHA}`,
      DateUpdated: "2020-01-01T00:00:00Z",
    });
    const { status, body } = await rest.post(made.url);
    expect(status).toBe(200);
    expect(body).toEqual({ ...made, date_updated: body.date_updated });
    expect(body.date_updated > made.date_updated).toBe(true);
  });

  it("200 from active to inactive and back, any number of times, then closed for good", async () => {
    const { rest, conversation } = await newAccount();
    const { url } = await conversation();
    for (const State of ["inactive", "active", "active", "inactive", "active", "closed"]) {
      expect(await rest.post(url, { State })).toMatchObject({ status: 200, body: { state: State } });
    }
  });

  it("200 with the dates given", async () => {
    const { rest, conversation } = await newAccount();
    const { url } = await conversation();
    const form = { DateCreated: "2001-01-01T00:00:00Z", DateUpdated: "2002-01-01T00:00:00Z" };
    expect((await rest.post(url, form)).body).toMatchObject({
      date_created: "2001-01-01T00:00:00Z",
      date_updated: "2002-01-01T00:00:00Z",
    });
  });
});
