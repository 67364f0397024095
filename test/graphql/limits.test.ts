import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp } from "../setup/app.ts";
import { graphqlClient } from "../setup/clients.ts";

const INBOX = `query Inbox($first: Int) {
  participantConversations(identity: "ann", first: $first) { edges { cursor node { conversation {
    sid participants(first: $first) { edges { cursor node { sid identity user { sid identity friendlyName } } } }
  } } } }
}`;

describe("limits", () => {
  let send: ReturnType<typeof graphqlClient>;

  beforeAll(async () => {
    const app = await createTestApp();
    send = graphqlClient(app, await app.account());
  });

  async function refused(query: string, variables?: Record<string, unknown>): Promise<string> {
    const started = performance.now();
    const { status, body } = await send(query, variables);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("data");
    expect(body.errors[0].extensions.code).toBe("QUERY_TOO_COMPLEX");
    return body.errors[0].message;
  }

  it("let the fullest inbox through", async () => {
    const { body } = await send(INBOX, { first: 100 });
    expect(body).toEqual({ data: { participantConversations: { edges: [] } } });
  });

  const deeper = `query ($first: Int) { conversations(first: $first) { nodes { participants(first: $first) { nodes {
    user { conversations(first: $first) { nodes { conversation { sid } } } }
  } } } } }`;

  it("count nodes once the variables are known", async () => {
    expect(await refused(deeper, { first: 100 })).toBe(
      "The operation has more than 100000 nodes in its answer",
    );
    expect(await refused(deeper)).toContain("nodes");
    expect((await send(deeper, { first: 10 })).body.errors).toBeUndefined();
  });

  it("count a field once that several fragments ask for", async () => {
    const fragments = Array.from(
      { length: 20 },
      (_, n) => `fragment F${n} on Conversation { participants(first: 100) { nodes { sid user { sid } } } }`,
    );
    const query = `{ conversations(first: 100) { nodes { ${fragments.map((_, n) => `...F${n}`).join(" ")} } } } ${fragments.join(" ")}`;
    expect((await send(query)).body.errors).toBeUndefined();
  });

  it("leave out what a directive leaves out", async () => {
    const query = deeper
      .replace("user {", "user @include(if: $deep) {")
      .replace("($first", "($deep: Boolean!, $first");
    expect((await send(query, { first: 100, deep: false })).body.errors).toBeUndefined();
    await refused(query, { first: 100, deep: true });
  });

  it("count fields", async () => {
    const fields = Array.from({ length: 99 }, (_, n) => `a${n}: attributesText`).join(" ");
    const query = `{ conversations(first: 100) { nodes { participants(first: 100) { nodes { ${fields} sid identity } } } } }`;
    expect(await refused(query)).toContain("fields");
  });

  it("count levels", async () => {
    const nested = (depth: number): string =>
      depth === 0 ? "sid" : `user { participations(first: 1) { nodes { ${nested(depth - 1)} } } }`;
    expect(await refused(`{ participant(conversationSid: "c", sid: "ann") { ${nested(7)} } }`)).toContain(
      "levels",
    );
  });

  it.each([
    ["aliases", `{ ${Array.from({ length: 101 }, (_, n) => `a${n}: __typename`).join(" ")} }`],
    ["directives", `{ __typename ${"@skip(if: false) ".repeat(101)} }`],
    ["tokens", `{ ${"__typename ".repeat(10_001)} }`],
    ["nested brackets", `{ nodes(ids: ${"[".repeat(5000)}${"]".repeat(5000)}) { id } }`],
    ["nested brackets", `{${"a{".repeat(4000)}`],
    ["characters", `{ __typename } # ${"x".repeat(200_000)}`],
  ])("count %s before anything else", async (unit, query) => {
    expect(await refused(query)).toContain(unit);
  });

  it("are not fooled by fragments that multiply", async () => {
    const fragments = Array.from(
      { length: 30 },
      (_, n) =>
        `fragment F${n} on Conversation { a: participants { nodes { conversation { ...F${n + 1} } } } b: participants { nodes { conversation { ...F${n + 1} } } } }`,
    );
    await refused(
      `{ conversation(sid: "c") { ...F0 } } ${fragments.join(" ")} fragment F30 on Conversation { sid }`,
    );
    const empty = Array.from(
      { length: 40 },
      (_, n) => `fragment F${n} on Conversation { ...F${n + 1} x: service { sid } ...F${n + 1} }`,
    );
    const { body } = await send(
      `{ conversation(sid: "c") { ...F0 } } ${empty.join(" ")} fragment F40 on Conversation { sid }`,
    );
    expect(body).toEqual({ data: { conversation: null } });
  });

  it.each([
    ["the same field", `{ ${"__typename ".repeat(9_900)} }`],
    ["the same connection", `{ ${"users { totalCount } ".repeat(1_900)} }`],
    [
      "fields that conflict",
      `{ ${Array.from({ length: 1_200 }, (_, n) => `users(first: ${n}) { totalCount }`).join(" ")} }`,
    ],
  ])("hold for %s many times over", async (_, query) => {
    const started = performance.now();
    await send(query);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
