import { expect, it } from "vitest";
import { inTransaction } from "../../src/context.ts";
import { createConversation, getConversation, listConversations } from "../../src/conversations/resolvers.ts";
import { addParticipant } from "../../src/participants/joining/resolvers.ts";
import { newAccount } from "../setup/seed.ts";

const FIRST = { limit: 50, direction: "forward" } as const;

it("what resolvers do in one transaction all happens, and is seen by those who come later in it", async () => {
  const seed = await newAccount();
  const added = await inTransaction(seed.context(), async (ctx) => {
    const { sid } = await createConversation(ctx, { uniqueName: "together" });
    await addParticipant(ctx, { conversation: "together", identity: "ann" });
    return (await getConversation(ctx, { conversation: "together" })).sid === sid;
  });
  expect(added).toBe(true);
  expect((await seed.rest.get("/v1/Conversations/together/Participants")).body.participants).toHaveLength(1);
});

it("what resolvers did in one transaction is undone where a later one throws", async () => {
  const seed = await newAccount();
  const before = await seed.stored();
  const ctx = seed.context();
  const failing = inTransaction(ctx, async (ctx) => {
    const { sid } = await createConversation(ctx, {});
    await addParticipant(ctx, { conversation: sid, identity: "ann" });
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await seed.stored()).toBe(before);
  expect((await listConversations(ctx, {}, FIRST)).items).toEqual([]);
});

it("a conflict leaves what was done before it, and names who stands in the way", async () => {
  const seed = await newAccount();
  const holder = await seed.conversation({ UniqueName: "taken" });
  const kept = await inTransaction(seed.context(), async (ctx) => {
    const first = await createConversation(ctx, { uniqueName: "mine" });
    const refused = createConversation(ctx, { uniqueName: "taken" });
    await expect(refused).rejects.toMatchObject({
      code: "UNIQUE_NAME_EXISTS",
      conflicting: { sid: holder.sid },
    });
    await addParticipant(ctx, { conversation: "mine", identity: "ann" });
    const again = addParticipant(ctx, { conversation: "mine", identity: "ann" });
    await expect(again).rejects.toMatchObject({ code: "PARTICIPANT_EXISTS" });
    return first;
  });
  const { body } = await seed.rest.get(`/v1/Conversations/${kept.sid}/Participants`);
  expect(body.participants).toHaveLength(1);
});

it("a transaction within a transaction within a transaction is undone by itself", async () => {
  const seed = await newAccount();
  await inTransaction(seed.context(), async (ctx) => {
    await createConversation(ctx, { uniqueName: "outer" });
    const inner = inTransaction(ctx, async (ctx) => {
      await createConversation(ctx, { uniqueName: "inner" });
      throw new Error("only this");
    });
    await expect(inner).rejects.toThrow("only this");
    await createConversation(ctx, { uniqueName: "after" });
  });
  const { body } = await seed.rest.get("/v1/Conversations");
  expect(body.conversations.map((c: { unique_name: string }) => c.unique_name).sort()).toEqual([
    "after",
    "outer",
  ]);
});
