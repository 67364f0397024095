import { describe, expect, it } from "vitest";
import { newAccount, type Resource, refusal } from "../setup/seed.ts";

const ODD = [
  "a/b",
  "50%",
  "%2F",
  "a+b@example.com",
  "two  words ",
  " leading",
  "Zoë",
  "🙂名前",
  "a?b#c",
  "a;b=c,d&e",
  "~!$'()*:",
  "...",
  "null",
  "0",
  "\u0001",
  "x".repeat(256),
  "🙂".repeat(256),
  "a".repeat(32),
  "MB",
];

describe("an identity of odd characters", () => {
  it.each(ODD)("%j joins, and is found in every path that takes an identity", async (identity) => {
    const { rest, conversation, participant } = await newAccount();
    const { sid, links } = await conversation();
    const one = await participant({ links }, { Identity: identity });
    const named = encodeURIComponent(identity);

    const fetched = await rest.get(`${links.participants}/${named}`);
    expect(fetched.body).toEqual(one);
    const user = (await rest.get(`/v1/Users/${named}`)).body;
    expect(user.identity).toBe(identity);
    const listed = await rest.get(`/v1/Users/${named}/Conversations`);
    expect(listed.body.conversations.map((row: Resource) => row.participant_sid)).toEqual([one.sid]);
    const own = await rest.get(`/v1/Users/${named}/Conversations/${sid}`);
    expect(own.body).toMatchObject({ participant_sid: one.sid, user_sid: user.sid });
    const looked = await rest.get("/v1/ParticipantConversations", { Identity: identity });
    expect(looked.body.conversations).toMatchObject([
      { participant_sid: one.sid, participant_identity: identity, participant_user_sid: user.sid },
    ]);
    expect((await rest.post(`/v1/Users/${named}`, { FriendlyName: "x" })).body.sid).toBe(user.sid);
    expect((await rest.delete(`/v1/Users/${named}/Conversations/${sid}`)).status).toBe(204);
    expect((await rest.delete(`/v1/Users/${named}`)).status).toBe(204);
    expect(await rest.get(user.url)).toMatchObject(refusal(404, 20404));
  });

  it("is compared exactly: case, spaces, normal forms, trailing spaces", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made = await conversation();
    const all = ["ann", "Ann", "ann ", " ann", "\u00e9", "e\u0301", "ａｎｎ"];
    const sids = [];
    for (const identity of all) sids.push((await participant(made, { Identity: identity })).sid);
    for (const [index, identity] of all.entries()) {
      const { body } = await rest.get("/v1/ParticipantConversations", { Identity: identity });
      expect(body.conversations.map((row: Resource) => row.participant_sid)).toEqual([sids[index]]);
    }
    expect((await rest.get("/v1/Users")).body.users).toHaveLength(all.length);
  });
});

describe("an identity that is refused", () => {
  const hex = "0123456789abcdefABCDEF0123456789";
  it.each([
    [50206, `US${hex}`],
    [50206, `MB${hex}`],
    [50206, `zz${hex}`],
    [50207, "x".repeat(257)],
    [50207, "🙂".repeat(257)],
    [50203, "."],
    [50203, ".."],
  ])("400 %d for %j, as participant and as user, and nothing changes", async (code, identity) => {
    const { rest, conversation, stored } = await newAccount();
    const { links } = await conversation();
    const before = await stored();
    expect(await rest.post(links.participants, { Identity: identity })).toMatchObject(refusal(400, code));
    expect(await rest.post("/v1/Users", { Identity: identity })).toMatchObject(refusal(400, code));
    expect(await stored()).toBe(before);
  });
});

describe("a user", () => {
  it("is made when its identity joins, with the default role, and is the same one everywhere", async () => {
    const { rest, conversation, participant } = await newAccount();
    const standard = (await rest.post("/v1/Users", { Identity: "someone" })).body;
    for (const made of [await conversation(), await conversation()]) {
      await participant(made, { Identity: "ann", Attributes: '{"of":"participant"}' });
    }
    const { users } = (await rest.get("/v1/Users")).body;
    expect(users.map((user: Resource) => user.identity).toSorted()).toEqual(["ann", "someone"]);
    const ann = (await rest.get("/v1/Users/ann")).body;
    expect(ann).toMatchObject({ friendly_name: null, attributes: "{}", role_sid: standard.role_sid });
    expect((await rest.get(ann.links.user_conversations)).body.conversations).toHaveLength(2);
  });

  it("that is there already is used as it is", async () => {
    const { rest, user, conversation, participant } = await newAccount();
    const ann = await user("ann", { FriendlyName: "Ann", Attributes: "[1]" });
    await participant(await conversation(), { Identity: "ann" });
    expect((await rest.get("/v1/Users/ann")).body).toEqual(ann);
  });

  it("stays when its participant is removed", async () => {
    const { rest, conversation, participant } = await newAccount();
    const { url } = await participant(await conversation(), { Identity: "ann" });
    await rest.delete(url);
    expect((await rest.get("/v1/Users/ann")).status).toBe(200);
  });

  it("of the same identity in another service is another one", async () => {
    const { rest, user, service } = await newAccount();
    const [here, { sid }] = [await user("ann"), await service()];
    const there = await rest.post(`/v1/Services/${sid}/Users`, { Identity: "ann" });
    expect(there.status).toBe(201);
    expect(there.body.sid).not.toBe(here.sid);
    expect(await rest.get(`/v1/Services/${sid}/Users/${here.sid}`)).toMatchObject(refusal(404, 20404));
  });
});
