import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp, PUBLIC_URL, type TestAccount, type TestApp } from "../setup/app.ts";

const MULTIPLE = "query One { __typename } query Two { two: __typename }";
const TYPE = "query ($name: String!) { __type(name: $name) { name } }";
const PAGE = "query ($first: Int) { conversations(first: $first) { nodes { sid } } }";
const FOLLOWING = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
const ADDING =
  "mutation ($input: CreateConversationInput!) { createConversation(input: $input) { __typename } }";

let app: TestApp;
let account: TestAccount;

beforeAll(async () => {
  app = await createTestApp();
  account = await app.account();
});

async function ask(body: unknown, accept: string) {
  const response = await app.fetch(
    new Request(`${PUBLIC_URL}/graphql`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { authorization: account.authorization, "content-type": "application/json", accept },
    }),
  );
  const headers = Object.fromEntries(response.headers);
  delete headers["twilio-request-id"];
  return { status: response.status, headers, body: await response.text() };
}

// The first time a document goes through everything; the next time, it is known.
describe.each(["application/json", "application/graphql-response+json"])("as %s", (accept) => {
  it.each<[string, { query: string; [more: string]: unknown }, number | null]>([
    ["of one operation", { query: "{ __typename }" }, 200],
    ["of a named one", { query: MULTIPLE, operationName: "Two" }, 200],
    ["that names none of several", { query: MULTIPLE }, 400],
    ["that names one that is not there", { query: MULTIPLE, operationName: "Three" }, 400],
    ["whose operation's name is no text", { query: MULTIPLE, operationName: 3 }, 400],
    ["with variables", { query: TYPE, variables: { name: "Conversation" } }, 200],
    ["with null for what may be absent", { query: PAGE, variables: null, extensions: null }, 200],
    ["without a variable that must be", { query: TYPE }, null],
    ["with a variable of another type", { query: TYPE, variables: { name: [] } }, null],
    ["with variables in a list", { query: TYPE, variables: [] }, 400],
    ["with variables in a text", { query: TYPE, variables: "{}" }, 400],
    ["with extensions in a list", { query: "{ __typename }", extensions: [] }, 400],
    ["with an unknown parameter", { query: "{ __typename }", more: 1 }, 400],
    ["with an unknown parameter that is null", { query: "{ __typename }", more: null }, 200],
    ["that fails in a resolver", { query: PAGE, variables: { first: -1 } }, 200],
    ["for too much", { query: FOLLOWING, variables: { ids: Array(30_000).fill("x") } }, null],
    ["with another error in its input", { query: ADDING, variables: { input: { x: 1 } } }, null],
    ["that does not parse", { query: "{" }, null],
    ["that does not fit the schema", { query: "{ nothing }" }, null],
    ["for a subscription", { query: "subscription { x }" }, null],
  ])("a request %s is answered the second time as the first", async (_, body, status) => {
    // A text of its own, which is known to nobody; behind the document, so that locations stay.
    const asked = { ...body, query: `${body.query} # ${crypto.randomUUID()}` };
    const first = await ask(asked, accept);
    const second = await ask(asked, accept);
    expect(second).toEqual(first);
    expect(second.status).toBe(status ?? (accept === "application/json" ? 200 : 400));
  });

  it("a mutation over GET is refused, known or not", async () => {
    const query = "mutation { createConversation(input: {}) { __typename } }";
    const created = JSON.parse((await ask({ query }, accept)).body);
    expect(created.data.createConversation.__typename).toBe("CreateConversationPayload");
    const response = await app.fetch(
      new Request(`${PUBLIC_URL}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { authorization: account.authorization, accept },
      }),
    );
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });
});
