import { describe, expect, it } from "vitest";
import { appAt, newAccount, refusal } from "../setup/seed.ts";

describe("a new message", () => {
  it("wakes a conversation that was set inactive, which is a change of its own", async () => {
    const { rest, conversation, message } = await newAccount();
    const made = await conversation({ State: "inactive", DateUpdated: "2020-01-01T00:00:00Z" });
    await message(made);
    const { body } = await rest.get(made.url);
    expect(body.state).toBe("active");
    expect(body.date_updated > "2026").toBe(true);
    expect((await rest.get("/v1/Conversations?State=active")).body.conversations).toHaveLength(1);
  });

  it("leaves the conversation's own dates alone where it is active", async () => {
    const { rest, conversation, message } = await newAccount();
    const made = await conversation({ DateUpdated: "2020-01-01T00:00:00Z" });
    await message(made);
    expect((await rest.get(made.url)).body).toEqual(made);
  });

  it("wakes one that its timer has made inactive, and starts both timers anew", async () => {
    const { app, pass, at } = await appAt("2026-01-01T00:00:00Z");
    const { rest, conversation, message } = await newAccount(app);
    const made = await conversation({
      State: "active",
      "Timers.Inactive": "PT10M",
      "Timers.Closed": "PT20M",
    });
    pass(15 * 60);
    expect((await rest.get(made.url)).body.state).toBe("inactive");
    // Its own date may be any; what counts is that it came now.
    await message(made, { DateCreated: "2015-12-16T22:18:37Z" });
    expect((await rest.get(made.url)).body).toMatchObject({
      state: "active",
      timers: { date_inactive: at(600), date_closed: at(1200) },
      date_updated: at(0),
    });
    pass(9 * 60);
    await message(made);
    pass(9 * 60);
    expect((await rest.get(made.url)).body).toMatchObject({ state: "active", date_updated: at(-18 * 60) });
    pass(11 * 60);
    expect((await rest.get(made.url)).body.state).toBe("closed");
    expect(await rest.post(made.links.messages, { Body: "late" })).toMatchObject(refusal(400, 50377));
  });

  it("makes its conversation the latest in the list of conversations", async () => {
    const { rest, conversation, message } = await newAccount();
    const made = [await conversation(), await conversation(), await conversation()];
    await new Promise((resolve) => setTimeout(resolve, 5));
    await message(made[1]);
    await message(made[0], { DateCreated: "2015-12-16T22:18:37Z" });
    const { body } = await rest.get("/v1/Conversations");
    const order = [made[1], made[2], made[0]].map(({ sid }) => sid);
    expect(body.conversations.map(({ sid }: { sid: string }) => sid)).toEqual(order);
  });
});

describe("a closed conversation", () => {
  it("400 50377 for new and changed messages, and nothing changes; 204 for deleting one; read like any other", async () => {
    const { rest, conversation, message, stored } = await newAccount();
    const made = await conversation();
    const said = await message(made);
    await rest.post(made.url, { State: "closed" });
    const before = await stored();
    expect(await rest.post(made.links.messages, { Body: "x" })).toMatchObject(refusal(400, 50377));
    expect(await rest.post(said.url)).toMatchObject(refusal(400, 50377));
    expect(await rest.post(said.url, { Body: "x" })).toMatchObject(refusal(400, 50377));
    expect(await stored()).toBe(before);
    expect((await rest.get(said.url)).body).toEqual(said);
    expect((await rest.get(made.links.messages)).body.messages).toEqual([said]);
    expect((await rest.delete(said.url)).status).toBe(204);
    expect((await rest.get(made.url)).body.state).toBe("closed");
  });
});
