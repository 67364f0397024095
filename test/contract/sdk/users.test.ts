import { beforeAll, describe, expect, it } from "vitest";
import { openSdk, refusal, type Sdk } from "./client.ts";

let sdk: Sdk;
beforeAll(async () => {
  sdk = await openSdk();
});

describe("users", () => {
  it("are created, fetched, updated and removed", async () => {
    const created = await sdk.v1.users.create({
      identity: "ann@example.com",
      friendlyName: "Ann",
      attributes: '{"vip": true}',
      xTwilioWebhookEnabled: "true",
    });
    expect(created).toMatchObject({
      accountSid: sdk.account.sid,
      sid: expect.stringMatching(/^US/),
      roleSid: expect.stringMatching(/^RL/),
      identity: "ann@example.com",
      friendlyName: "Ann",
      attributes: '{"vip": true}',
      isOnline: null,
      isNotifiable: null,
    });
    expect((await sdk.v1.users("ann@example.com").fetch()).toJSON()).toEqual(created.toJSON());
    const updated = await sdk.v1
      .users(created.sid)
      .update({ friendlyName: "Anna", roleSid: created.roleSid });
    expect(updated).toMatchObject({ friendlyName: "Anna", attributes: '{"vip": true}' });
    expect(await updated.remove()).toBe(true);
    expect(await refusal(updated.fetch())).toMatchObject({ status: 404, code: 20404 });
  });

  it("409 50201 for the same identity again, 400 50100 for a role that is not there", async () => {
    await sdk.v1.users.create({ identity: "twice" });
    expect(await refusal(sdk.v1.users.create({ identity: "twice" }))).toMatchObject({
      status: 409,
      code: 50201,
    });
    const unknown = { identity: "bob", roleSid: `RL${"0".repeat(32)}` };
    expect(await refusal(sdk.v1.users.create(unknown))).toMatchObject({ status: 400, code: 50100 });
  });
});

describe("services(sid).users", () => {
  it("are of that service, and listed over pages", async () => {
    const service = await sdk.v1.services.create({ friendlyName: "Users" });
    const { users } = sdk.v1.services(service.sid);
    const made: string[] = [];
    for (const identity of ["a", "b", "c", "d", "e"]) made.push((await users.create({ identity })).sid);
    const sids = (rows: readonly { sid: string }[]) => rows.map((row) => row.sid);
    expect(sids(await users.list())).toEqual(made);
    expect(sids(await users.list({ pageSize: 2, limit: 3 }))).toEqual(made.slice(0, 3));
    expect(sids(await users.list({ limit: 2000 }))).toEqual(made);
    const first = await users.page({ pageSize: 3 });
    const second = await users.getPage(first.nextPageUrl!);
    expect(sids(second.instances)).toEqual(made.slice(3));
    expect(sids((await second.previousPage())!.instances)).toEqual(made.slice(0, 3));
    expect(await users("a").fetch()).toMatchObject({ sid: made[0], chatServiceSid: service.sid });
    expect((await users("a").update({ friendlyName: "A" })).friendlyName).toBe("A");
    expect(await refusal(sdk.v1.users("a").fetch())).toMatchObject({ status: 404, code: 20404 });
    expect(sids(await sdk.v1.users.list()).filter((sid) => made.includes(sid))).toEqual([]);
    expect(await users("a").remove()).toBe(true);
    expect(sids(await users.list())).toEqual(made.slice(1));
  });
});
