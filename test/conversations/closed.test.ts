import { beforeEach, describe, expect, it } from "vitest";
import { newAccount, type Resource, refusal, type Seed } from "../setup/seed.ts";

let seed: Seed;
let closed: Resource;
beforeEach(async () => {
  seed = await newAccount();
  const { url } = await seed.conversation({ UniqueName: "done" });
  closed = (await seed.rest.post(url, { State: "closed" })).body;
});

describe("a closed conversation", () => {
  it("400 50377 for every change, and nothing changes", async () => {
    const before = await seed.stored();
    for (const [name, value] of [
      ["State", "active"],
      ["State", "closed"],
      ["FriendlyName", "x"],
      ["UniqueName", ""],
      ["Attributes", "[1]"],
      ["Timers.Closed", "PT0S"],
      ["DateUpdated", "2020-01-01T00:00:00Z"],
      ["Nothing", ""],
    ] as const) {
      expect(await seed.rest.post(closed.url, { [name]: value }), name).toMatchObject(refusal(400, 50377));
    }
    expect(await seed.rest.post("/v1/Conversations/done", {})).toMatchObject(refusal(400, 50377));
    expect(await seed.stored()).toBe(before);
  });

  it("is read, listed, and keeps its unique name", async () => {
    const { rest } = seed;
    expect((await rest.get("/v1/Conversations/done")).body).toEqual(closed);
    expect((await rest.get("/v1/Conversations")).body.conversations).toEqual([closed]);
    expect((await rest.get("/v1/Conversations?State=closed")).body.conversations).toEqual([closed]);
    expect(await rest.post("/v1/Conversations", { UniqueName: "done" })).toMatchObject(refusal(409, 50353));
  });

  it("204 when deleted, and its unique name is free", async () => {
    const { rest, conversation } = seed;
    expect((await rest.delete("/v1/Conversations/done")).status).toBe(204);
    expect(await rest.get(closed.url)).toMatchObject(refusal(404, 20404));
    await conversation({ UniqueName: "done" });
  });
});

describe("delete a conversation", () => {
  it("204 with everyone in it, whose users stay", async () => {
    const { rest, conversation, participant } = seed;
    const [gone, kept] = [await conversation(), await conversation()];
    const inside = await participant(gone, { Identity: "ann" });
    const outside = await participant(kept, { Identity: "ann" });
    expect((await rest.delete(gone.url)).status).toBe(204);
    for (const path of [gone.url, gone.links.participants, inside.url]) {
      expect(await rest.get(path)).toMatchObject(refusal(404, 20404));
    }
    expect(await rest.post(gone.url)).toMatchObject(refusal(404, 20404));
    expect(await rest.delete(gone.url)).toMatchObject(refusal(404, 20404));
    expect((await rest.get(outside.url)).body).toEqual(outside);
    const { body } = await rest.get("/v1/Users/ann/Conversations");
    expect(body.conversations).toMatchObject([{ conversation_sid: kept.sid }]);
  });
});
