import { beforeEach, describe, expect, it } from "vitest";
import type { Form } from "../setup/clients.ts";
import { binding, newAccount, projected, type Resource, refusal, type Seed } from "../setup/seed.ts";

let seed: Seed;
let conversation: Resource;
let ann: Resource;
let nameless: Resource;
beforeEach(async () => {
  seed = await newAccount();
  conversation = await seed.conversation();
  ann = await seed.participant(conversation, { Identity: "ann" });
  nameless = await seed.participant(conversation, projected("+15550000003"));
  await seed.rest.post(conversation.url, { State: "closed" });
});

describe("a closed conversation", () => {
  it("400 50377 for adding and changing participants, and nothing changes, no user is made", async () => {
    const { rest, stored } = seed;
    const before = await stored();
    for (const form of [{ Identity: "bob" }, { Identity: "ann" }, binding("+15550000001", "+15550000002")]) {
      expect(await rest.post(conversation.links.participants, form)).toMatchObject(refusal(400, 50377));
    }
    const changes: Form[] = [{}, { Attributes: "[1]" }, { LastReadMessageIndex: "1" }];
    for (const change of changes) {
      expect(await rest.post(ann.url, change)).toMatchObject(refusal(400, 50377));
    }
    expect(await rest.post(nameless.url, { Identity: "eve" })).toMatchObject(refusal(400, 50377));
    expect(await stored()).toBe(before);
  });

  it("is read like any other", async () => {
    const { rest } = seed;
    expect((await rest.get(ann.url)).body).toEqual(ann);
    expect((await rest.get(`${conversation.links.participants}/ann`)).body).toEqual(ann);
    expect((await rest.get(conversation.links.participants)).body.participants).toEqual([ann, nameless]);
    const looked = await rest.get("/v1/ParticipantConversations", { Identity: "ann" });
    expect(looked.body.conversations).toMatchObject([{ conversation_state: "closed" }]);
    const own = await rest.get("/v1/Users/ann/Conversations");
    expect(own.body.conversations).toMatchObject([{ conversation_state: "closed" }]);
  });

  it("204 for removing a participant", async () => {
    const { rest } = seed;
    for (const one of [ann, nameless]) expect((await rest.delete(one.url)).status).toBe(204);
    expect((await rest.get(conversation.links.participants)).body.participants).toEqual([]);
  });

  it("200 for what its user has read, 204 for leaving it", async () => {
    const { rest } = seed;
    const path = `/v1/Users/ann/Conversations/${conversation.sid}`;
    const read = await rest.post(path, { LastReadMessageIndex: "4", NotificationLevel: "muted" });
    expect(read).toMatchObject({
      status: 200,
      body: { last_read_message_index: 4, notification_level: "muted" },
    });
    expect((await rest.delete(path)).status).toBe(204);
    expect(await rest.get(ann.url)).toMatchObject(refusal(404, 20404));
  });

  it("204 for deleting a user who is in it, who goes from it", async () => {
    const { rest } = seed;
    expect((await rest.delete("/v1/Users/ann")).status).toBe(204);
    expect((await rest.get(conversation.links.participants)).body.participants).toEqual([nameless]);
  });
});
