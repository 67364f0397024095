import { beforeAll, describe, expect, it } from "vitest";
import { createObjects } from "../contract/objects.ts";
import { MUTATIONS, mutationOf } from "../contract/operations.graphql.ts";
import { PUBLIC_URL } from "../setup/app.ts";
import { newAccount, type Seed } from "../setup/seed.ts";
import { keyed, newKey } from "./keyed.ts";

let seed: Seed;
beforeAll(async () => {
  seed = await newAccount();
});

const REUSED = {
  __typename: "ConflictError",
  code: "IDEMPOTENCY_KEY_REUSED",
  status: 409,
  twilioCode: 20409,
};

async function mutate(name: string, input: Record<string, unknown>, payload?: string) {
  const { query, variables } = mutationOf(name, input, payload);
  const { body } = await seed.graphql(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data.result;
}

describe.each(Object.keys(MUTATIONS))("%s under a key", (name) => {
  const { input, payload, scoped } = MUTATIONS[name]!;

  it("has one outcome for all its repeats, and refuses anything else", async () => {
    const objects = await createObjects(seed.rest);
    const { serviceSid } = objects;
    const given = { ...input(objects, "SID"), ...(scoped && { serviceSid }), idempotencyKey: newKey() };
    const first = await mutate(name, given, payload);
    expect(first.__typename).toMatch(/Payload$/);
    const stored = await seed.stored();
    expect(await mutate(name, given, payload)).toEqual(first);
    // A selection of its own.
    expect((await mutate(name, given)).__typename).toBe(first.__typename);
    expect(await mutate(name, { ...given, ...anotherThan(given) })).toMatchObject(REUSED);
    expect(await seed.stored()).toBe(stored);
  });
});

/** The input with one of its texts changed. */
function anotherThan(given: Record<string, unknown>): Record<string, unknown> {
  const name = Object.keys(given).find((key) => key !== "idempotencyKey" && typeof given[key] === "string")!;
  return { [name]: `${given[name]}x` };
}

describe("idempotencyKey", () => {
  const create = (input: Record<string, unknown>, payload = "conversation { sid friendlyName }") =>
    mutate("createConversation", input, payload);

  it("renders the first outcome for the repeat's own selection, what hangs on it as it is now", async () => {
    const idempotencyKey = newKey();
    const { conversation } = await create({ uniqueName: "drawn", idempotencyKey }, "conversation { sid }");
    await seed.rest.post("/v1/Conversations/drawn/Participants", { Identity: "ann" });
    const payload = "conversation { sid uniqueName state participants { totalCount } }";
    expect((await create({ uniqueName: "drawn", idempotencyKey }, payload)).conversation).toEqual({
      sid: conversation.sid,
      uniqueName: "drawn",
      state: "ACTIVE",
      participants: { totalCount: 1 },
    });
  });

  it("tells null and absent apart, but no order of fields", async () => {
    const idempotencyKey = newKey();
    const attributes = { a: 1, b: { c: [1, 2], d: null } };
    const first = await create({ friendlyName: "x", attributes, idempotencyKey });
    const turned = { b: { d: null, c: [1, 2] }, a: 1 };
    expect(await create({ idempotencyKey, attributes: turned, friendlyName: "x" })).toEqual(first);
    for (const other of [
      { uniqueName: null },
      { attributes: { ...attributes, b: { c: [2, 1], d: null } } },
    ]) {
      expect(await create({ friendlyName: "x", attributes, idempotencyKey, ...other })).toMatchObject(REUSED);
    }
  });

  it("stores no error: the same input succeeds under the same key once it can", async () => {
    const input = { conversationSid: "to come", identity: "ann", idempotencyKey: newKey() };
    expect(await mutate("addParticipant", input)).toMatchObject({ code: "NOT_FOUND" });
    await seed.conversation({ UniqueName: "to come" });
    const added = await mutate("addParticipant", input, "participant { sid }");
    expect(added.participant.sid).toMatch(/^MB/);
    expect(await mutate("addParticipant", input, "participant { sid }")).toEqual(added);
  });

  it("stores no bulk in which nothing was added: the same succeeds under the same key once it can", async () => {
    const made = await seed.conversation();
    const { url } = await seed.participant(made, { Identity: "ann" });
    const participants = [{ identity: "ann" }, { identity: "ann" }];
    const given = { conversationSid: made.sid, participants, mode: "PER_ITEM", idempotencyKey: newKey() };
    const add = () =>
      mutate("addParticipants", given, "addedCount items { participant { sid } error { code } }");
    const error = { code: "PARTICIPANT_EXISTS" };
    expect(await add()).toMatchObject({ addedCount: 0, items: [{ error }, { error }] });
    await seed.rest.delete(url);
    const added = await add();
    expect(added).toMatchObject({ addedCount: 1, items: [{ error: null }, { error }] });
    expect(await add()).toEqual(added);
  });

  it("stores no bulk in which nothing was removed: the key is free for any other", async () => {
    const made = await seed.conversation();
    const { sid } = await seed.participant(made, { Identity: "ann" });
    const place = { conversationSid: made.sid, mode: "PER_ITEM", idempotencyKey: newKey() };
    const remove = (sids: string[]) => mutate("removeParticipants", { ...place, sids }, "removedCount");
    expect(await remove([`MB${"0".repeat(32)}`])).toMatchObject({ removedCount: 0 });
    expect(await remove([sid])).toMatchObject({ removedCount: 1 });
    expect(await remove([`MB${"0".repeat(32)}`])).toMatchObject(REUSED);
  });

  it("is another request than v1's, and v1's is another than GraphQL's", async () => {
    const [first, second] = [newKey(), newKey()];
    const send = keyed(seed);
    expect((await send(first, "POST", "/v1/Conversations", { FriendlyName: "x" })).status).toBe(201);
    expect(await create({ friendlyName: "x", idempotencyKey: first })).toMatchObject(REUSED);
    expect((await create({ friendlyName: "x", idempotencyKey: second })).conversation.sid).toMatch(/^CH/);
    expect((await send(second, "POST", "/v1/Conversations", { FriendlyName: "x" })).status).toBe(409);
  });

  it("null is none", async () => {
    const made = [await create({ idempotencyKey: null }), await create({ idempotencyKey: null })];
    expect(made[0].conversation.sid).not.toBe(made[1].conversation.sid);
  });

  it.each([
    ["empty", ""],
    ["of 256 characters", "x".repeat(256)],
    ["not ASCII", "schlüssel"],
  ])("is refused where it is %s, by name", async (_, idempotencyKey) => {
    const { query, variables } = mutationOf("createConversation", { idempotencyKey });
    const parameter = query.replace(
      "... on Error {",
      "... on InvalidInputError { parameter } ... on Error {",
    );
    const { body } = await seed.graphql(parameter, variables);
    expect(body.data.result).toMatchObject({ code: "INVALID_PARAMETER", parameter: "idempotencyKey" });
  });

  it("refuses an input nested deeper than it can compare", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const { query, variables } = mutationOf("createConversation", {
      attributes: 0,
      idempotencyKey: newKey(),
    });
    const headers = { authorization: seed.account.authorization, "content-type": "application/json" };
    const body = JSON.stringify({ query, variables }).replace('"attributes":0', `"attributes":${deep}`);
    const request = new Request(`${PUBLIC_URL}/graphql`, { method: "POST", headers, body });
    const { data } = (await (await seed.app.fetch(request)).json()) as { data: { result: object } };
    expect(data.result).toMatchObject({ __typename: "InvalidInputError", code: "INVALID_PARAMETER" });
  });
});

describe("several mutations of one request", () => {
  const document = (first: string, second: string) => `mutation {
    a: createConversation(input: { friendlyName: "x", idempotencyKey: "${first}" }) { ...made }
    b: createConversation(input: { friendlyName: "x", idempotencyKey: "${second}" }) { ...made }
  }
  fragment made on CreateConversationResult { ... on CreateConversationPayload { conversation { sid } } }`;

  it("each have a key of their own", async () => {
    const query = document(newKey(), newKey());
    const { data } = (await seed.graphql(query)).body;
    expect(data.a.conversation.sid).not.toBe(data.b.conversation.sid);
    expect((await seed.graphql(query)).body.data).toEqual(data);
  });

  it("under the same key the second is a repeat", async () => {
    const key = newKey();
    const { data } = (await seed.graphql(document(key, key))).body;
    expect(data.b).toEqual(data.a);
  });
});
