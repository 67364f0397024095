import { describe, expect, it } from "vitest";
import { newAccount, type Resource, race, refusal } from "../setup/seed.ts";

const ODD = [
  "a/b",
  "/",
  "//",
  "50%",
  "%2F",
  "a+b",
  "two  words ",
  "Zoë",
  "🙂名前",
  "a?b#c",
  "a;b=c,d&e",
  "...",
  "null",
  "Participants",
  `IS${"0".repeat(32)}`,
  `ch${"0".repeat(32)}`,
  "x".repeat(256),
  "🙂".repeat(256),
];

describe("a unique name of odd characters", () => {
  it.each(ODD)("%j stands for the SID in every path", async (name) => {
    const { rest, conversation } = await newAccount();
    const made = await conversation({ UniqueName: name });
    const path = `/v1/Conversations/${encodeURIComponent(name)}`;
    expect((await rest.get(path)).body).toEqual(made);
    const { body: ann } = await rest.post(`${path}/Participants`, { Identity: "ann" });
    expect((await rest.get(`${path}/Participants/${ann.sid}`)).body).toEqual(ann);
    expect((await rest.get(`${path}/Participants`)).body.participants).toEqual([ann]);
    expect((await rest.post(`${path}/Participants/${ann.sid}`, { Attributes: "[1]" })).status).toBe(200);
    const own = `/v1/Users/ann/Conversations/${encodeURIComponent(name)}`;
    expect((await rest.get(own)).body).toMatchObject({ conversation_sid: made.sid, unique_name: name });
    expect((await rest.post(own, { LastReadMessageIndex: "1" })).status).toBe(200);
    expect((await rest.delete(own)).status).toBe(204);
    expect((await rest.post(path, { FriendlyName: "x" })).body.sid).toBe(made.sid);
    expect((await rest.delete(path)).status).toBe(204);
    expect(await rest.get(made.url)).toMatchObject(refusal(404, 20404));
  });
});

describe("UniqueName", () => {
  it("409 50353 for one that is there, at creation and at a change, and nothing changes", async () => {
    const { rest, conversation, stored } = await newAccount();
    await conversation({ UniqueName: "trip" });
    const other = await conversation({ UniqueName: "other" });
    const before = await stored();
    const form = { UniqueName: "trip", Attributes: "[1]", State: "inactive" };
    expect(await rest.post("/v1/Conversations", form)).toMatchObject(refusal(409, 50353));
    expect(await rest.post(other.url, form)).toMatchObject(refusal(409, 50353));
    expect(await stored()).toBe(before);
    expect((await rest.post(other.url, { UniqueName: "other" })).status).toBe(200);
  });

  it("is compared exactly", async () => {
    const { conversation } = await newAccount();
    for (const UniqueName of ["trip", "Trip", "trip ", "\u00e9", "e\u0301"])
      await conversation({ UniqueName });
  });

  it("is cleared by an empty text, and free then; any number have none", async () => {
    const { rest, conversation } = await newAccount();
    const { url } = await conversation({ UniqueName: "trip" });
    await conversation({ UniqueName: "" });
    expect((await rest.post(url, { UniqueName: "" })).body.unique_name).toBeNull();
    expect(await rest.get("/v1/Conversations/trip")).toMatchObject(refusal(404, 20404));
    const { sid } = await conversation({ UniqueName: "trip" });
    expect((await rest.get("/v1/Conversations/trip")).body.sid).toBe(sid);
  });

  it("is of its service and its account", async () => {
    const { rest, conversation, service } = await newAccount();
    const here = await conversation({ UniqueName: "trip" });
    const { sid } = await service();
    const below = `/v1/Services/${sid}/Conversations`;
    expect(await rest.get(`${below}/trip`)).toMatchObject(refusal(404, 20404));
    expect(await rest.get(`${below}/${here.sid}`)).toMatchObject(refusal(404, 20404));
    const there = await rest.post(below, { UniqueName: "trip" });
    expect((await rest.get(`${below}/trip`)).body).toEqual(there.body);
    expect((await rest.get("/v1/Conversations/trip")).body).toEqual(here);
    const stranger = await newAccount();
    expect(await stranger.rest.get("/v1/Conversations/trip")).toMatchObject(refusal(404, 20404));
    await stranger.conversation({ UniqueName: "trip" });
  });

  it("one of 64 writers wins it, 63 get 409 50353", async () => {
    const { rest } = await newAccount();
    const tally = await race(64, () => rest.post("/v1/Conversations", { UniqueName: "trip" }));
    expect(tally).toEqual({ 201: 1, "409 50353": 63 });
    expect((await rest.get("/v1/Conversations")).body.conversations).toHaveLength(1);
  });

  it("one of 16 conversations wins it by a change, the others get 409 50353", async () => {
    const { rest, conversation } = await newAccount();
    const made: Resource[] = [];
    for (let i = 0; i < 16; i++) made.push(await conversation());
    const tally = await race(16, (n) => rest.post(made[n].url, { UniqueName: "trip" }));
    expect(tally).toEqual({ 200: 1, "409 50353": 15 });
  });
});
