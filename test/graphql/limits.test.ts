import { buildClientSchema, getIntrospectionQuery } from "graphql";
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
    const { status, body } = await send(query, variables);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("data");
    expect(body.errors[0].extensions.code).toBe("QUERY_TOO_COMPLEX");
    return body.errors[0].message;
  }

  it("let the fullest inbox through", async () => {
    const { body } = await send(INBOX, { first: 100 });
    expect(body).toEqual({ data: { participantConversations: { edges: [] } } });
  });

  it("let the usual inbox through with everything there is to know", async () => {
    const dates = "dateCreated dateUpdated";
    const data = "attributes attributesText";
    const query = `{ participantConversations(identity: "ann", first: 50) {
      totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { __typename id
        participant { __typename id sid identity ${data} ${dates} }
        conversation { __typename id sid accountSid serviceSid friendlyName uniqueName state ${data} ${dates}
          dateActivity createdBy timers { dateInactive dateClosed } email { address name } service { id friendlyName }
          participants(first: 10) {
            totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            edges { cursor node { __typename id sid accountSid serviceSid conversationSid identity roleSid ${data}
              ${dates} notificationLevel lastReadMessageIndex lastReadTimestamp
              messagingBinding { type address proxyAddress projectedAddress name level }
              role { __typename id sid friendlyName type permissions }
              user { __typename id sid identity friendlyName ${data} ${dates} isOnline isNotifiable
                role { id friendlyName } conversations(first: 5) { nodes { id unreadMessagesCount } } }
            } } }
        }
      } }
    } }`;
    expect((await send(query)).body.errors).toBeUndefined();
  });

  const deeper = `query ($first: Int) { conversations(first: $first) { nodes { participants(first: $first) { nodes {
    user { conversations(first: $first) { nodes { conversation { sid } } } }
  } } } } }`;

  it("count nodes once the variables are known", async () => {
    expect(await refused(deeper, { first: 100 })).toBe(
      "The operation has more than 25000 nodes in its answer",
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
    for (const name of ["attributesText", "__typename"]) {
      const fields = Array.from({ length: 20 }, (_, n) => `a${n}: ${name}`).join(" ");
      const query = `{ conversations(first: 100) { nodes { participants(first: 100) { nodes { ${fields} } } } } }`;
      expect(await refused(query)).toContain("150000 fields");
    }
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
    ["lines", `{ __typename ${"\n".repeat(10_000)} }`],
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

  it("end the work of measuring, also where it comes to few fields", async () => {
    const aliased = Array.from({ length: 60 }, (_, n) => `c${n}: conversation(sid: "c") { ...R }`);
    const query = `{ ${aliased.join(" ")} } fragment R on Conversation { ${"...S ".repeat(3_000)} } fragment S on Conversation { sid }`;
    expect(await refused(query)).toContain("150000 selections");
  });

  it("let the schema be asked for once, with all that tools ask of it", async () => {
    const everything = getIntrospectionQuery({
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
    });
    for (const query of [everything, getIntrospectionQuery({ descriptions: false })]) {
      const { body } = await send(query);
      expect(body.errors).toBeUndefined();
      expect(buildClientSchema(body.data).getType("Conversation")).toBeDefined();
    }
    const { body } = await send(`{ __schema { queryType { name } } __type(name: "User") { name } }`);
    expect(body).toEqual({ data: { __schema: { queryType: { name: "Query" } }, __type: { name: "User" } } });
  });

  it.each([
    ["__schema", `{ a: __schema { types { name } } b: __schema { types { name } } }`],
    [
      "__type",
      `{ a: __type(name: "User") { name } ...T } fragment T on Query { __type(name: "Role") { name } }`,
    ],
    ["fields", `{ __schema { types { a: fields { name } b: fields { name } } } }`],
    ["name", `{ __type(name: "User") { fields { type { a: name b: name } } } }`],
  ])("refuse %s of the schema twice", async (name, query) => {
    expect(await refused(query)).toBe(`The operation asks for \`${name}\` of the schema more than once`);
  });

  it("hold for the same field many times over", async () => {
    for (const query of [
      `{ ${"__typename ".repeat(9_900)} }`,
      `{ ${"users { totalCount } ".repeat(1_900)} }`,
      `{ ${Array.from({ length: 1_000 }, (_, n) => `users(first: ${n}) { totalCount }`).join(" ")} }`,
    ]) {
      expect(await refused(query)).toBe("The document asks for too many fields under the same name");
    }
  });

  const unknown = Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`unknown${n}`, n]));

  it.each([
    [
      "unknown fields",
      "mutation ($x: CreateConversationInput!) { createConversation(input: $x) { __typename } }",
      unknown,
    ],
    [
      "unknown fields of a filter",
      "query ($x: ConversationFilter) { conversations(filter: $x) { totalCount } }",
      unknown,
    ],
    [
      "values of another type",
      "query ($x: [ID!]!) { nodes(ids: $x) { id } }",
      Array.from({ length: 90_000 }, () => ({})),
    ],
    ["text", "query ($x: Int) { users(first: $x) { totalCount } }", "x".repeat(900_000)],
  ])("tell only the first fault of a variable with thousands: %s", async (_, query, x) => {
    expect(JSON.stringify({ query, variables: { x } }).length).toBeLessThan(1024 * 1024);
    const { status, body } = await send(query, { x });
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("data");
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(body.errors[0].message).toMatch(/^Variable "\$x" got invalid value/);
    expect(JSON.stringify(body).length).toBeLessThan(1000);
  });

  it("refuse more ids than an answer has nodes", async () => {
    const x = Array.from({ length: 90_000 }, () => "x");
    await refused("query ($x: [ID!]!) { nodes(ids: $x) { id } }", { x });
  });
});
