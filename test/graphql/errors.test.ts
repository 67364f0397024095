import { pino } from "pino";
import { beforeAll, describe, expect, it } from "vitest";
import { openPostgres } from "../../src/db/postgres.ts";
import { createTestApp, PUBLIC_URL, type TestAccount, type TestApp } from "../setup/app.ts";
import { graphqlClient } from "../setup/clients.ts";
import { POOL } from "../setup/database.ts";

let app: TestApp;
let account: TestAccount;
let send: ReturnType<typeof graphqlClient>;

beforeAll(async () => {
  app = await createTestApp();
  account = await app.account();
  send = graphqlClient(app, account);
});

async function post(body: BodyInit | null, headers: Record<string, string> = {}) {
  const response = await app.fetch(
    new Request(`${PUBLIC_URL}/graphql`, {
      method: "POST",
      body,
      headers: { authorization: account.authorization, "content-type": "application/json", ...headers },
    }),
  );
  return { response, body: (await response.json()) as { errors: { extensions: Record<string, unknown> }[] } };
}

describe("a request", () => {
  it.each([
    ["GET", undefined],
    ["POST", JSON.stringify({ query: "{ __typename }" })],
  ])("by %s without credentials is 401, coded, and asks no browser for any", async (method, body) => {
    const url = `${PUBLIC_URL}/graphql?query={__typename}`;
    const response = await app.fetch(
      new Request(url, { method, body, headers: { "content-type": "application/json" } }),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBeNull();
    const { errors } = (await response.json()) as { errors: { extensions: object }[] };
    expect(errors[0]!.extensions).toMatchObject({ code: "UNAUTHENTICATED", status: 401, twilioCode: 20003 });
  });

  it.each([
    ["application/x-www-form-urlencoded", "query={__typename}"],
    [
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n{__typename}\r\n--x--',
    ],
    ["text/plain", JSON.stringify({ query: "{ __typename }" })],
    ["application/graphql", "{ __typename }"],
    ["application/json; charset=latin1", JSON.stringify({ query: "{ __typename }" })],
  ])("of %s is 415", async (type, text) => {
    const { response, body } = await post(text, { "content-type": type });
    expect(response.status).toBe(415);
    expect(body.errors[0]!.extensions).toMatchObject({ code: "UNSUPPORTED_MEDIA_TYPE" });
  });

  it("of more than 1 MB is 413", async () => {
    const { response, body } = await post(
      JSON.stringify({ query: "{ __typename }", extensions: { x: "x".repeat(1 << 20) } }),
    );
    expect(response.status).toBe(413);
    expect(body.errors[0]!.extensions.code).toBe("BODY_TOO_LARGE");
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", null],
    ["not UTF-8", new Uint8Array([0x7b, 0xff, 0x7d])],
    ["a batch", JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }])],
    ["null", "null"],
    ["a number", "1"],
    ["no query", "{}"],
    ["unknown parameters", JSON.stringify({ query: "{ __typename }", id: 1 })],
  ])("whose body is %s is 400, coded", async (_, text) => {
    const { response, body } = await post(text);
    expect(response.status).toBe(400);
    expect(body.errors[0]!.extensions.code).toBe("BAD_REQUEST");
  });

  it("for another media type is 406", async () => {
    const { response, body } = await post(JSON.stringify({ query: "{ __typename }" }), {
      accept: "text/event-stream",
    });
    expect(response.status).toBe(406);
    expect(body.errors[0]!.extensions.code).toBe("NOT_ACCEPTABLE");
  });

  it.each([
    ["application/json;q=0", null],
    ["*/*;q=0", null],
    ["application/*; q=0.000", null],
    ["*/*, application/json;q=0, application/graphql-response+json;q=0", null],
    ["application/graphql-response+json;q=0, application/json;q=0.1", "application/json"],
    ["application/graphql-response+json;q=0, */*", "application/json"],
    ["application/json;q=0, */*", "application/graphql-response+json"],
    ["text/html, application/*;q=0.001", "application/json"],
    ["APPLICATION/GraphQL-Response+JSON ; Q=0.5", "application/graphql-response+json"],
  ])("for %s is answered as %s", async (accept, type) => {
    const { response } = await post(JSON.stringify({ query: "{ __typename }" }), { accept });
    expect(response.status).toBe(type === null ? 406 : 200);
    if (type) expect(response.headers.get("content-type")).toContain(type);
  });

  it("to mutate by GET is 405, and changes nothing", async () => {
    const query = encodeURIComponent(
      `mutation { createConversation(input: { uniqueName: "get" }) { __typename } }`,
    );
    const response = await app.fetch(
      new Request(`${PUBLIC_URL}/graphql?query=${query}`, {
        headers: { authorization: account.authorization },
      }),
    );
    expect(response.status).toBe(405);
    const { errors } = (await response.json()) as { errors: { extensions: object }[] };
    expect(errors[0]!.extensions).toMatchObject({ code: "METHOD_NOT_ALLOWED", status: 405 });
    expect((await send(`{ conversation(sid: "get") { sid } }`)).body.data.conversation).toBeNull();
  });

  it("by another method is 405", async () => {
    const response = await app.fetch(
      new Request(`${PUBLIC_URL}/graphql`, {
        method: "PUT",
        headers: { authorization: account.authorization },
      }),
    );
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, POST");
  });
});

describe("a document", () => {
  it.each([
    ["that can't be parsed", "{", {}, "GRAPHQL_PARSE_FAILED"],
    ["that is invalid", "{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"],
    ["without its variables", "query ($id: ID!) { node(id: $id) { id } }", {}, "BAD_USER_INPUT"],
    [
      "with variables of other types",
      "query ($n: Int) { users(first: $n) { totalCount } }",
      { n: "1" },
      "BAD_USER_INPUT",
    ],
    [
      "with an Int too large",
      "query ($n: Int) { users(first: $n) { totalCount } }",
      { n: 2 ** 31 },
      "BAD_USER_INPUT",
    ],
    [
      "with an unknown enum value",
      "query ($f: ConversationFilter) { conversations(filter: $f) { totalCount } }",
      { f: { state: "open" } },
      "BAD_USER_INPUT",
    ],
    [
      "with a date that is a number",
      "query ($f: ConversationFilter) { conversations(filter: $f) { totalCount } }",
      { f: { createdTo: 1 } },
      "BAD_USER_INPUT",
    ],
  ])("%s has a coded error", async (_, query, variables, code) => {
    const legacy = await send(query, variables);
    expect(legacy.status).toBe(200);
    const moreInfo = `${PUBLIC_URL}/docs/errors/${code}`;
    expect(legacy.body.errors[0].extensions).toMatchObject({ code, moreInfo });
    const modern = await post(JSON.stringify({ query, variables }), {
      accept: "application/graphql-response+json",
    });
    expect(modern.response.status).toBe(400);
    expect(modern.body).not.toHaveProperty("data");
    expect(modern.body.errors[0]!.extensions.code).toBe(code);
  });

  it("of two operations is refused without a name, or with another", async () => {
    const query = "query A { __typename } query B { __typename }";
    for (const operationName of [undefined, "C"]) {
      const { response, body } = await post(JSON.stringify({ query, operationName }));
      expect(response.status).toBe(400);
      expect(body.errors[0]!.extensions.code).toBe("OPERATION_RESOLUTION_FAILURE");
    }
  });

  it("runs the operation that is named", async () => {
    const query = `mutation Wipe { createConversation(input: { uniqueName: "wipe" }) { __typename } }
      mutation Keep { createConversation(input: { uniqueName: "keep" }) { __typename } }`;
    for (const operationName of ["Wipe", "Keep"]) await post(JSON.stringify({ query, operationName }));
    const { body } = await send(`{ conversations { nodes { uniqueName } } }`);
    expect(
      body.data.conversations.nodes.map((node: { uniqueName: string }) => node.uniqueName).toSorted(),
    ).toEqual(["keep", "wipe"]);
  });

  it("may ask what there is to ask", async () => {
    const { body } = await send(`{ __schema { queryType { fields { name } } } }`);
    expect(body.data.__schema.queryType.fields).toContainEqual({ name: "participantConversations" });
  });
});

describe("the log", () => {
  async function loggedOperation(query: string, operationName?: string, method = "POST") {
    const lines: string[] = [];
    const logging = await createTestApp({
      log: pino({ base: null }, { write: (line: string) => lines.push(line) }),
      credentials: app.deps.credentials,
    });
    const text = JSON.stringify({ query, operationName });
    const search = new URLSearchParams({ query, ...(operationName && { operationName }) });
    await logging.fetch(
      new Request(`${PUBLIC_URL}/graphql${method === "GET" ? `?${search}` : ""}`, {
        method,
        headers: { authorization: account.authorization, "content-type": "application/json" },
        ...(method === "POST" && { body: text }),
      }),
    );
    const line = lines.map((text) => JSON.parse(text)).find(({ msg }) => msg === "request");
    expect(line.account).toBe(account.sid);
    return line.operation;
  }

  it("holds the name of the operation that ran", async () => {
    expect(await loggedOperation("query Inbox_1 { __typename }")).toBe("Inbox_1");
    expect(await loggedOperation("query A { __typename } query B { __typename }", "B")).toBe("B");
    expect(await loggedOperation(`query ${"n".repeat(64)} { __typename }`)).toBe("n".repeat(64));
  });

  it.each([
    ["an operation without name", "{ __typename }", undefined],
    ["a name that no operation has", "query A { __typename }", "ann@example.com"],
    ["a name given to one without", "{ __typename }", "+15558675310"],
    ["a document that can't be parsed", "query A {", "A"],
    ["a document that is invalid", "query A { nothing }", "A"],
    [
      "an operation too complex",
      "query A { a: __schema { types { name } } b: __schema { types { name } } }",
      "A",
    ],
    ["variables that are missing", "query A($id: ID!) { node(id: $id) { id } }", "A"],
    ["a name too long", `query ${"n".repeat(65)} { __typename }`, undefined],
  ])("holds none of %s", async (_, query, operationName) => {
    expect(await loggedOperation(query, operationName)).toBeUndefined();
  });

  it("holds none of a mutation by GET", async () => {
    const query = `mutation A { createUser(input: { identity: "got" }) { __typename } }`;
    expect(await loggedOperation(query, "A", "GET")).toBeUndefined();
  });
});

describe("hostile text", () => {
  const texts = ["\0", "a\0b", "\ud800", "\udc00x", "", "'; --", "%00", "\u202e", "x".repeat(100_000)];
  const queries = [
    `query ($x: String!) { conversation(sid: $x) { sid } }`,
    `query ($x: String!) { user(sid: $x) { sid } }`,
    `query ($x: String!) { participant(conversationSid: $x, sid: $x) { sid } }`,
    `query ($x: String!) { userConversation(userSid: $x, conversationSid: $x) { id } }`,
    `query ($x: String!) { service(sid: $x) { sid } }`,
    `query ($x: String!) { conversation(sid: "c", serviceSid: $x) { sid } }`,
    `query ($x: String!) { participantConversations(identity: $x) { totalCount } }`,
    `query ($x: String!) { participantConversations(address: $x) { totalCount } }`,
    `query ($x: String!) { participantConversations(identity: "ann", serviceSid: $x) { totalCount } }`,
    `query ($x: String!) { users(after: $x) { totalCount } }`,
    `query ($x: String!) { users(serviceSid: $x) { totalCount } }`,
    `query ($x: DateTime!) { conversations(filter: { createdFrom: $x }) { totalCount } }`,
    `query ($x: ID!) { node(id: $x) { id } nodes(ids: [$x]) { id } }`,
    `mutation ($x: String!) { createUser(input: { identity: $x, friendlyName: $x, attributesText: $x, roleSid: $x }) { ...E } } ${"fragment E on Error { code }"}`,
    `mutation ($x: String!) { createConversation(input: { friendlyName: $x, messagingServiceSid: $x, email: { address: $x, name: $x }, timers: { inactive: $x, closed: $x } }) { ...E } } ${"fragment E on Error { code }"}`,
    `mutation ($x: String!) { addParticipant(input: { conversationSid: $x, identity: $x }) { ...E } } ${"fragment E on Error { code }"}`,
    `mutation ($x: String!) { addParticipant(input: { conversationSid: "c", messagingBinding: { address: $x, proxyAddress: $x, projectedAddress: $x } }) { ...E } } ${"fragment E on Error { code }"}`,
    `mutation ($x: String!) { updateParticipant(input: { conversationSid: $x, sid: $x }) { ...E } removeParticipant(input: { conversationSid: $x, sid: $x }) { ...E } } ${"fragment E on Error { code }"}`,
    `mutation ($x: String!) { updateUser(input: { sid: $x }) { ...E } deleteUser(input: { sid: $x }) { ...E } } ${"fragment E on Error { code }"}`,
    `mutation ($x: String!) { updateUserConversation(input: { userSid: $x, conversationSid: $x }) { ...E } leaveConversation(input: { userSid: $x, conversationSid: $x }) { ...E } } ${"fragment E on Error { code }"}`,
    `mutation ($x: String!) { createService(input: { friendlyName: $x }) { ...E } deleteService(input: { sid: $x }) { ...E } } ${"fragment E on Error { code }"}`,
  ];

  it.each(queries)("never fails %s", async (query) => {
    for (const x of texts) {
      const { status, body } = await send(query, { x });
      expect(status).toBe(200);
      for (const { extensions } of body.errors ?? [])
        expect(extensions).toMatchObject({ code: expect.not.stringMatching(/^INTERNAL$/) });
    }
  });

  it("refuses attributes nested deeper than can be printed", async () => {
    const query = `mutation ($a: JSON) { createConversation(input: { attributes: $a }) { ... on Error { code } } }`;
    for (const depth of [501, 100_000]) {
      const text = `{"query":${JSON.stringify(query)},"variables":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`;
      const { body } = await post(text);
      expect(body).toMatchObject({ data: { createConversation: { code: "ATTRIBUTES_INVALID" } } });
    }
  });
});

describe("a failure", () => {
  it("that nobody foresaw is told by a fixed text, and logged with the request's id", async () => {
    const lines: string[] = [];
    const broken = await createTestApp({
      log: pino({ base: null }, { write: (line: string) => lines.push(line) }),
      newSid: () => {
        throw new Error("secret");
      },
      credentials: app.deps.credentials,
    });
    const { status, headers, body } = await graphqlClient(
      broken,
      account,
    )(`mutation { createConversation(input: {}) { __typename } }`);
    expect(status).toBe(500);
    expect(body).toEqual({
      data: { createConversation: null },
      errors: [
        {
          message: "An internal server error has occurred",
          locations: [{ line: 1, column: 12 }],
          path: ["createConversation"],
          extensions: {
            code: "INTERNAL",
            status: 500,
            twilioCode: 20500,
            moreInfo: `${PUBLIC_URL}/docs/errors/20500`,
          },
        },
      ],
    });
    const logged = lines
      .map((line) => JSON.parse(line))
      .find(({ msg }) => msg === "request failed unforeseen");
    expect(logged).toMatchObject({ requestId: headers.get("twilio-request-id"), account: account.sid });
  });

  it("of the database is 503 and coded", async () => {
    const db = openPostgres({ ...POOL, url: "postgres://nobody@127.0.0.1:1/none" });
    await send("{ __typename }");
    const down = await createTestApp({ db, credentials: app.deps.credentials });
    const { status, headers, body } = await graphqlClient(
      down,
      account,
    )(`{ viewer { sid } users { totalCount } }`);
    await db.close();
    expect(status).toBe(503);
    expect(headers.get("retry-after")).toBe("1");
    expect(body.data).toEqual({ viewer: null, users: null });
    expect(body.errors.map((error: { extensions: object }) => error.extensions)).toEqual(
      [1, 2].map(() => expect.objectContaining({ code: "UNAVAILABLE", status: 503, twilioCode: 20503 })),
    );
  });

  it("of the database while credentials are looked up is 503 and coded", async () => {
    const db = openPostgres({ ...POOL, url: "postgres://nobody@127.0.0.1:1/none" });
    const down = await createTestApp({ db });
    const { status, body } = await graphqlClient(down, account)(`{ __typename }`);
    await db.close();
    expect(status).toBe(503);
    expect(body.errors[0].extensions.code).toBe("UNAVAILABLE");
  });
});
