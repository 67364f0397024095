import { describe, expect, it } from "vitest";
import { DEFAULT_ROLES } from "../../src/roles/model.ts";
import { PERMISSIONS } from "../../src/roles/permissions.ts";
import { newAccount, refusal } from "../setup/seed.ts";

const ROLE = { FriendlyName: "guest", Type: "conversation", Permission: ["sendMessage"] };

describe("create a role", () => {
  it.each(["conversation", "service"] as const)("201 with every permission of type %s", async (type) => {
    const { rest } = await newAccount();
    const form = { FriendlyName: "everything", Type: type, Permission: PERMISSIONS[type] };
    const { status, body } = await rest.post("/v1/Roles", form);
    expect(status).toBe(201);
    expect(body).toMatchObject({ friendly_name: "everything", type, permissions: PERMISSIONS[type] });
    expect((await rest.get(body.url)).body).toEqual(body);
  });

  it("keeps each permission once, in the order given", async () => {
    const { rest } = await newAccount();
    const Permission = ["sendMessage", "leaveConversation", "sendMessage"];
    const { body } = await rest.post("/v1/Roles", { ...ROLE, Permission });
    expect(body.permissions).toEqual(["sendMessage", "leaveConversation"]);
  });

  it.each([
    [50000, "without a name", { FriendlyName: "" }],
    [50003, "for a name too long", { FriendlyName: "x".repeat(257) }],
    [50105, "without a type", { Type: [] }],
    [50105, "for a type that is none", { Type: "channel" }],
    [50104, "without permissions", { Permission: [] }],
    [50104, "for an empty permission", { Permission: "" }],
    [50104, "for a permission that is none", { Permission: ["sendMessage", "fly"] }],
    [50104, "for a permission of the other type", { Permission: "createConversation" }],
    [50104, "for a permission of the other type", { Type: "service" }],
  ])("400 %d %s, and nothing changes", async (code, _, form) => {
    const { rest, stored } = await newAccount();
    const before = await stored();
    expect(await rest.post("/v1/Roles", { ...ROLE, ...form })).toMatchObject(refusal(400, code));
    expect(await stored()).toBe(before);
  });

  it("the four roles of a new service permit only what a role of their type can", () => {
    for (const { type, permissions } of Object.values(DEFAULT_ROLES)) {
      expect(PERMISSIONS[type]).toEqual(expect.arrayContaining([...permissions]));
    }
  });
});

describe("update a role", () => {
  it("200 with the new permissions instead of the old, all else as it was", async () => {
    const { rest } = await newAccount();
    const { body: made } = await rest.post("/v1/Roles", ROLE);
    const form = { Permission: ["leaveConversation"], FriendlyName: "x", Type: "service" };
    const { status, body } = await rest.post(made.url, form);
    expect([status, body]).toEqual([
      200,
      { ...made, permissions: ["leaveConversation"], date_updated: body.date_updated },
    ]);
    expect((await rest.get(made.url)).body).toEqual(body);
  });

  it("400 50104 without permissions, or with one of the other type, and nothing changes", async () => {
    const { rest, stored } = await newAccount();
    const { body } = await rest.post("/v1/Roles", ROLE);
    const before = await stored();
    for (const form of [
      { Permission: [] },
      { Permission: "" },
      { Permission: ["sendMessage", "createConversation"] },
    ]) {
      expect(await rest.post(body.url, form)).toMatchObject(refusal(400, 50104));
    }
    expect(await stored()).toBe(before);
  });
});

describe("the list of roles", () => {
  it("is by SID, oldest first, of one service alone", async () => {
    const { rest, service } = await newAccount();
    const made = [await rest.post("/v1/Roles", ROLE), await rest.post("/v1/Roles", ROLE)];
    const { url } = await service();
    const { body: there } = await rest.post(`${url}/Roles`, ROLE);
    const { roles } = (await rest.get("/v1/Roles")).body;
    expect(roles.slice(4)).toEqual(made.map(({ body }) => body));
    expect(roles.slice(0, 4).map((role: { friendly_name: string }) => role.friendly_name)).toEqual([
      "conversation user",
      "conversation admin",
      "service user",
      "service admin",
    ]);
    expect((await rest.get(`${url}/Roles`)).body.roles.slice(4)).toEqual([there]);
  });
});

describe("a role that is not there", () => {
  it("404 20404, also for one of another account or service, or what is no SID", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const { body: foreign } = await other.rest.post("/v1/Roles", ROLE);
    const { body: elsewhere } = await one.rest.post(`${(await one.service()).url}/Roles`, ROLE);
    const before = [await one.stored(), await other.stored()];
    for (const sid of [foreign.sid, elsewhere.sid, `RL${"0".repeat(32)}`, "admin"]) {
      const path = `/v1/Roles/${sid}`;
      expect(await one.rest.get(path)).toMatchObject(refusal(404, 20404));
      expect(await one.rest.post(path, ROLE)).toMatchObject(refusal(404, 20404));
      expect(await one.rest.delete(path)).toMatchObject(refusal(404, 20404));
    }
    expect([await one.stored(), await other.stored()]).toEqual(before);
  });
});
