import { beforeAll, describe, expect, it } from "vitest";
import { PUBLIC_URL } from "../../setup/app.ts";
import { openSdk, refusal, type Sdk } from "./client.ts";

let sdk: Sdk;
beforeAll(async () => {
  sdk = await openSdk();
});

describe("conversations", () => {
  it("are created, fetched, updated and removed", async () => {
    const created = await sdk.v1.conversations.create({
      friendlyName: "Home Repair Visit",
      uniqueName: "visit #1/? & +%2F",
      attributes: '{ "topic": "feedback" }',
      messagingServiceSid: `MG${"a".repeat(32)}`,
      state: "inactive",
      "timers.closed": "P1D",
      "bindings.email.address": "visit@example.com",
      "bindings.email.name": "Visit",
      dateCreated: new Date("2015-12-16T22:18:37Z"),
      dateUpdated: new Date("2015-12-16T22:18:38Z"),
      xTwilioWebhookEnabled: "true",
    });
    expect(created).toMatchObject({
      accountSid: sdk.account.sid,
      friendlyName: "Home Repair Visit",
      uniqueName: "visit #1/? & +%2F",
      attributes: '{ "topic": "feedback" }',
      messagingServiceSid: `MG${"a".repeat(32)}`,
      state: "inactive",
      timers: { date_closed: expect.any(String) },
      bindings: { email: { address: "visit@example.com", name: "Visit" } },
      dateCreated: new Date("2015-12-16T22:18:37Z"),
      dateUpdated: new Date("2015-12-16T22:18:38Z"),
    });
    const fetched = await sdk.v1.conversations(created.sid).fetch();
    expect(fetched.toJSON()).toEqual(created.toJSON());
    expect((await sdk.v1.conversations(encodeURIComponent("visit #1/? & +%2F")).fetch()).sid).toBe(
      created.sid,
    );
    const updated = await fetched.update({ state: "closed", friendlyName: "" });
    expect(updated).toMatchObject({ state: "closed", friendlyName: null, timers: {} });
    expect(await refusal(fetched.update({ state: "active" }))).toMatchObject({ status: 400, code: 50377 });
    expect(await updated.remove({ xTwilioWebhookEnabled: "true" })).toBe(true);
    expect(await refusal(updated.fetch())).toMatchObject({
      status: 404,
      code: 20404,
      message: `The requested resource /Conversations/${created.sid} was not found`,
    });
  });

  it("are listed over pages and filters, below a service too", async () => {
    const service = await sdk.v1.services.create({ friendlyName: "Lists" });
    const { conversations } = sdk.v1.services(service.sid);
    const made: string[] = [];
    for (let i = 1; i <= 5; i++) {
      const { sid } = await conversations.create({
        state: i % 2 ? "active" : "inactive",
        dateCreated: new Date(Date.UTC(2020, 0, i)),
      });
      made.unshift(sid);
    }
    const sids = (rows: readonly { sid: string }[]) => rows.map((row) => row.sid);
    expect(sids(await conversations.list())).toEqual(made);
    expect(sids(await conversations.list({ pageSize: 2, limit: 3 }))).toEqual(made.slice(0, 3));
    expect(sids(await conversations.list({ limit: 2000 }))).toEqual(made);
    expect(sids(await conversations.list({ state: "inactive" }))).toEqual([made[1], made[3]]);
    const dates = { startDate: "2020-01-02T00:00:00Z", endDate: "2020-01-04T00:00:00Z" };
    expect(sids(await conversations.list({ ...dates, pageSize: 2 }))).toEqual(made.slice(1, 4));
    const first = await conversations.page({ pageSize: 3 });
    const second = (await first.nextPage())!;
    expect(sids(second.instances)).toEqual(made.slice(3));
    expect(sids((await second.previousPage())!.instances)).toEqual(made.slice(0, 3));
    const listed = sids(await sdk.v1.conversations.list());
    expect(listed.filter((sid) => made.includes(sid))).toEqual([]);
  });

  it("409 50353 where the unique name is taken", async () => {
    await sdk.v1.conversations.create({ uniqueName: "taken" });
    expect(await refusal(sdk.v1.conversations.create({ uniqueName: "taken" }))).toMatchObject({
      status: 409,
      code: 50353,
      moreInfo: `${PUBLIC_URL}/docs/errors/50353`,
    });
  });
});

describe("services(sid).conversations", () => {
  it("are created, fetched, updated and removed there", async () => {
    const service = await sdk.v1.services.create({ friendlyName: "Scoped" });
    const { conversations } = sdk.v1.services(service.sid);
    const created = await conversations.create({ uniqueName: "scoped" });
    expect(created).toMatchObject({ chatServiceSid: service.sid, uniqueName: "scoped" });
    expect((await conversations("scoped").fetch()).sid).toBe(created.sid);
    expect((await conversations(created.sid).update({ friendlyName: "x" })).friendlyName).toBe("x");
    expect(await refusal(sdk.v1.conversations(created.sid).fetch())).toMatchObject({ status: 404 });
    expect(await refusal(sdk.v1.conversations("scoped").fetch())).toMatchObject({ status: 404 });
    expect(await conversations(created.sid).remove()).toBe(true);
  });
});
