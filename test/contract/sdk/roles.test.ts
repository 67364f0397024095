import { describe, expect, it } from "vitest";
import { openSdk, refusal } from "./client.ts";

const ROLE = {
  friendlyName: "guest",
  type: "conversation",
  permission: ["sendMessage", "leaveConversation"],
};

describe("roles", () => {
  it("are created, fetched, updated, given and removed", async () => {
    const { v1, account } = await openSdk();
    const created = await v1.roles.create({ ...ROLE, type: "conversation" });
    expect(created).toMatchObject({
      accountSid: account.sid,
      friendlyName: "guest",
      type: "conversation",
      permissions: ["sendMessage", "leaveConversation"],
    });
    const role = v1.roles(created.sid);
    expect((await role.fetch()).toJSON()).toEqual(created.toJSON());
    const updated = await role.update({ permission: ["editOwnMessage"] });
    expect(updated.permissions).toEqual(["editOwnMessage"]);
    const { sid } = await v1.conversations.create();
    const ann = await v1.conversations(sid).participants.create({ identity: "ann", roleSid: created.sid });
    expect(ann.roleSid).toBe(created.sid);
    expect(await refusal(role.remove())).toMatchObject({ status: 409, code: 20409 });
    await v1.conversations(sid).participants(ann.sid).remove();
    expect(await role.remove()).toBe(true);
    expect(await refusal(role.fetch())).toMatchObject({ status: 404, code: 20404 });
  });

  it("400 50104 for a permission that is none", async () => {
    const { v1 } = await openSdk();
    const unknown = { friendlyName: "guest", type: "service", permission: ["fly"] } as const;
    expect(await refusal(v1.roles.create({ ...unknown, permission: ["fly"] }))).toMatchObject({
      status: 400,
      code: 50104,
    });
  });
});

describe("services(sid).roles", () => {
  it("are of that service, and listed over pages", async () => {
    const { v1 } = await openSdk();
    const { sid: serviceSid } = await v1.services.create({ friendlyName: "Roles" });
    const { roles } = v1.services(serviceSid);
    const created = await roles.create({ ...ROLE, type: "conversation" });
    expect(created.chatServiceSid).toBe(serviceSid);
    const all = (await roles.list({ pageSize: 2 })).map((role) => role.friendlyName);
    expect(all).toEqual([
      "conversation user",
      "conversation admin",
      "service user",
      "service admin",
      "guest",
    ]);
    const first = await roles.page({ pageSize: 3 });
    const second = await roles.getPage(first.nextPageUrl!);
    expect(second.instances.map((role) => role.friendlyName)).toEqual(["service admin", "guest"]);
    expect((await second.previousPage())!.instances).toHaveLength(3);
    expect((await roles(created.sid).update({ permission: ["sendMessage"] })).permissions).toEqual([
      "sendMessage",
    ]);
    expect(await refusal(v1.roles(created.sid).fetch())).toMatchObject({ status: 404, code: 20404 });
    expect(await roles(created.sid).remove()).toBe(true);
  });
});
