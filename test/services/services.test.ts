import { describe, expect, it } from "vitest";
import { binding, newAccount, type Resource, race, refusal } from "../setup/seed.ts";

describe("create a service", () => {
  it("201 with a name, also one that is taken", async () => {
    const { rest, service } = await newAccount();
    const made = [await service("Shop"), await service("Shop")];
    const { body } = await rest.get("/v1/Services");
    expect(body.services.slice(1)).toEqual(made);
    expect((await rest.get(made[0].url)).body).toEqual(made[0]);
  });

  it("400 50000 without a name, and nothing changes", async () => {
    const { rest, stored } = await newAccount();
    const before = await stored();
    expect(await rest.post("/v1/Services")).toMatchObject(refusal(400, 50000));
    expect(await rest.post("/v1/Services", { FriendlyName: "" })).toMatchObject(refusal(400, 50000));
    expect(await stored()).toBe(before);
  });
});

describe("a path without a service", () => {
  it("means the account's default one, and nothing of another", async () => {
    const { rest, conversation, participant, service } = await newAccount();
    const here = await conversation();
    await participant(here, { Identity: "ann" });
    await participant(here, binding("+15550000001", "+15550000002"));
    const { sid } = await service();
    const other = `/v1/Services/${sid}`;
    const there = (await rest.post(`${other}/Conversations`)).body;
    await rest.post(there.links.participants, { Identity: "ann" });
    await rest.post(there.links.participants, binding("+15550000001", "+15550000003"));

    for (const path of [
      "/ParticipantConversations?Identity=ann",
      "/ParticipantConversations?Address=%2B15550000001",
      "/Users/ann/Conversations",
    ]) {
      const found = async (base: string) => (await rest.get(`${base}${path}`)).body.conversations;
      expect(await found("/v1")).toMatchObject([{ conversation_sid: here.sid }]);
      expect(await found(other)).toMatchObject([{ conversation_sid: there.sid }]);
      const named = await found(`/v1/Services/${here.chat_service_sid}`);
      expect(named).toMatchObject([{ conversation_sid: here.sid }]);
    }
    expect(await rest.get(`/v1/Conversations/${there.sid}`)).toMatchObject(refusal(404, 20404));
  });

  it("404 20404 below a service that is not there, or is another account's", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const { sid } = await other.service();
    for (const service of [sid, `IS${"0".repeat(32)}`, "x"]) {
      const base = `/v1/Services/${service}`;
      for (const path of [
        "",
        "/Conversations",
        "/Users",
        "/Users/ann/Conversations",
        "/ParticipantConversations?Identity=a",
      ]) {
        expect(await one.rest.get(`${base}${path}`), path).toMatchObject(refusal(404, 20404));
      }
      expect(await one.rest.post(`${base}/Conversations`)).toMatchObject(refusal(404, 20404));
      expect(await one.rest.delete(base)).toMatchObject(refusal(404, 20404));
    }
    expect((await other.rest.get(`/v1/Services/${sid}`)).status).toBe(200);
  });
});

describe("delete a service", () => {
  it("409 20409 for the default one, and nothing changes", async () => {
    const { rest, conversation, stored } = await newAccount();
    const { chat_service_sid } = await conversation();
    const before = await stored();
    expect(await rest.delete(`/v1/Services/${chat_service_sid}`)).toMatchObject(refusal(409, 20409));
    expect(await stored()).toBe(before);
  });

  it("204 with everything in it, and nothing else", async () => {
    const { rest, service, stored } = await newAccount();
    const before = await stored();
    const { url } = await service();
    const { body } = await rest.post(`${url}/Conversations`, { UniqueName: "a" });
    await rest.post(body.links.participants, { Identity: "ann" });
    await rest.post(body.links.participants, binding("+15550000001", "+15550000002"));
    expect((await rest.delete(url)).status).toBe(204);
    expect(await stored()).toBe(before);
    for (const path of [url, body.url, `${url}/Users/ann`]) {
      expect(await rest.get(path)).toMatchObject(refusal(404, 20404));
    }
    expect(await rest.delete(url)).toMatchObject(refusal(404, 20404));
  });

  it("while others write to it, leaves nothing behind", async () => {
    const { rest, service, stored } = await newAccount();
    const before = await stored();
    for (let round = 0; round < 4; round++) {
      const { url } = await service();
      const made: Resource = (await rest.post(`${url}/Conversations`)).body;
      const tally = await race(24, (n) => {
        if (n === 5 * round + 2) return rest.delete(url);
        if (n % 3 === 0) return rest.post(`${url}/Conversations`);
        if (n % 3 === 1) return rest.post(`${url}/Users`, { Identity: `user-${n}` });
        return rest.post(made.links.participants, { Identity: `member-${n}` });
      });
      const { 201: _, 204: deleted = 0, "404 20404": __, "409 20409": ___, ...others } = tally;
      expect(others).toEqual({});
      if (deleted === 0) expect((await rest.delete(url)).status).toBe(204);
      expect(await stored()).toBe(before);
    }
  });
});
