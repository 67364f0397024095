import { describe, expect, it } from "vitest";
import { serviceOf } from "../../src/services/resolvers.ts";
import { newAccount, race, refusal } from "../setup/seed.ts";

describe("create a user", () => {
  it("201 with the service's default role, nothing else set", async () => {
    const { user, context } = await newAccount();
    const { defaultChatServiceRoleSid: role_sid } = await serviceOf(context());
    expect(await user("ann")).toMatchObject({
      identity: "ann",
      friendly_name: null,
      attributes: "{}",
      role_sid,
      is_online: null,
      is_notifiable: null,
    });
  });

  it("400 50204 without an identity, and nothing changes", async () => {
    const { rest, stored } = await newAccount();
    const before = await stored();
    expect(await rest.post("/v1/Users", {})).toMatchObject(refusal(400, 50204));
    expect(await rest.post("/v1/Users", { Identity: "" })).toMatchObject(refusal(400, 50204));
    expect(await stored()).toBe(before);
  });

  it("409 50201 for an identity that has one, also by joining, and nothing changes", async () => {
    const { rest, user, conversation, participant, stored } = await newAccount();
    await user("ann");
    await participant(await conversation(), { Identity: "bob" });
    const before = await stored();
    for (const identity of ["ann", "bob"]) {
      const form = { Identity: identity, FriendlyName: "x" };
      expect(await rest.post("/v1/Users", form)).toMatchObject(refusal(409, 50201));
    }
    expect(await stored()).toBe(before);
  });

  it("one of 64 writers wins the identity, 63 get 409 50201", async () => {
    const { rest } = await newAccount();
    const tally = await race(64, () => rest.post("/v1/Users", { Identity: "ann" }));
    expect(tally).toEqual({ 201: 1, "409 50201": 63 });
    expect((await rest.get("/v1/Users")).body.users).toHaveLength(1);
  });

  it("joining never fails while the same identity's user is being made", async () => {
    const { rest, conversation } = await newAccount();
    const made = [await conversation(), await conversation()];
    const tally = await race(32, (n) =>
      n < 2
        ? rest.post(made[n].links.participants, { Identity: "ann" })
        : rest.post("/v1/Users", { Identity: "ann" }),
    );
    const { 201: done, "409 50201": refused, ...others } = tally;
    expect(others).toEqual({});
    expect([2, 3]).toContain(done);
    expect(done! + refused!).toBe(32);
  });
});

describe("update a user", () => {
  it("200 by SID and by identity; what is not named stays, the identity always", async () => {
    const { rest, user } = await newAccount();
    const ann = await user("ann", { FriendlyName: "Ann", Attributes: "[1]" });
    const form = { Identity: "bob", FriendlyName: "Anna" };
    expect((await rest.post("/v1/Users/ann", form)).body).toMatchObject({
      sid: ann.sid,
      identity: "ann",
      friendly_name: "Anna",
      attributes: "[1]",
      role_sid: ann.role_sid,
    });
    const untouched = await rest.post(ann.url);
    expect(untouched).toMatchObject({ status: 200, body: { friendly_name: "Anna", attributes: "[1]" } });
    expect(await rest.get("/v1/Users/bob")).toMatchObject(refusal(404, 20404));
  });

  it("takes a role of the type service, and no other", async () => {
    const { rest, user, service, context, stored } = await newAccount();
    const own = await serviceOf(context());
    const foreign = await serviceOf(context(), (await service()).sid);
    const { url, role_sid } = await user("ann");
    expect((await rest.post(url, { RoleSid: role_sid })).body.role_sid).toBe(role_sid);
    const before = await stored();
    for (const [RoleSid, code] of [
      [own.defaultConversationRoleSid, 50105],
      [foreign.defaultChatServiceRoleSid, 50100],
      [`RL${"0".repeat(32)}`, 50100],
      ["x", 50100],
    ] as const) {
      const form = { RoleSid, FriendlyName: "x" };
      expect(await rest.post(url, form)).toMatchObject(refusal(400, code));
      expect(await rest.post("/v1/Users", { Identity: "bob", ...form })).toMatchObject(refusal(400, code));
    }
    expect(await stored()).toBe(before);
  });

  it("404 20404 for one who is not there, or is another account's", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const ann = await one.user("ann");
    const before = await one.stored();
    for (const path of [ann.url, "/v1/Users/ann", `/v1/Users/US${"0".repeat(32)}`]) {
      expect(await other.rest.get(path)).toMatchObject(refusal(404, 20404));
      expect(await other.rest.post(path, { FriendlyName: "x" })).toMatchObject(refusal(404, 20404));
      expect(await other.rest.delete(path)).toMatchObject(refusal(404, 20404));
    }
    expect(await one.stored()).toBe(before);
    expect((await other.rest.get("/v1/Users")).body.users).toEqual([]);
  });
});
