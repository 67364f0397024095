import type { Cases } from "./world.ts";

const NOBODY = { authorization: `Basic ${btoa(`AC${"0".repeat(32)}:nobody`)}` };
const FOREIGN = { origin: "https://elsewhere.example" };
const JSON_TYPE = { "content-type": "application/json" };
const LARGE = "x".repeat(1024 * 1024 + 1);
const QUERY = JSON.stringify({ query: "{ viewer { sid } }" });
const USERS = "query ($after: String) { users(after: $after) { nodes { sid } } }";

/** What is wrong with a request, whatever it asks for. */
export const REQUEST_CASES = {
  INVALID_PARAMETER: {
    rest: (w) => w.get("/v1/Users", { PageSize: "0" }),
    graphql: (w) => w.query("{ users(first: -1) { nodes { sid } } }"),
  },
  PARAMETER_REPEATED: { rest: (w) => w.post("/v1/Users", { Identity: ["ann", "bob"] }), graphql: null },
  UNAUTHENTICATED: {
    rest: (w) => w.send("GET", "/v1/Users", undefined, NOBODY),
    graphql: (w) => w.raw("POST", "/graphql", { headers: { ...JSON_TYPE, ...NOBODY }, body: QUERY }),
  },
  METHOD_NOT_ALLOWED: {
    rest: (w) => w.send("PUT", "/v1/Users"),
    graphql: (w) => w.raw("PUT", "/graphql", { headers: JSON_TYPE, body: QUERY }),
  },
  CROSS_SITE_REQUEST: {
    rest: (w) => w.post("/v1/Users", { Identity: "ann" }, FOREIGN),
    graphql: (w) => w.raw("POST", "/graphql", { headers: { ...JSON_TYPE, ...FOREIGN }, body: QUERY }),
  },
  IDEMPOTENCY_KEY_REUSED: {
    rest: async (w) => {
      await w.post("/v1/Users", { Identity: "ann" }, { "Idempotency-Key": "once" });
      return w.post("/v1/Users", { Identity: "bob" }, { "Idempotency-Key": "once" });
    },
    graphql: async (w) => {
      await w.mutate("createUser", { identity: "ann", idempotencyKey: "once" });
      return w.mutate("createUser", { identity: "bob", idempotencyKey: "once" });
    },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    rest: (w) => w.post("/v1/Users", { Identity: "ann" }, { "content-type": "multipart/form-data" }),
    graphql: (w) =>
      w.raw("POST", "/graphql", { headers: { "content-type": "application/graphql" }, body: QUERY }),
  },
  BODY_TOO_LARGE: {
    rest: (w) => w.post("/v1/Users", { Identity: LARGE }),
    graphql: (w) => w.raw("POST", "/graphql", { headers: JSON_TYPE, body: JSON.stringify({ query: LARGE }) }),
  },
  INVALID_PAGE_TOKEN: {
    rest: (w) => w.get("/v1/Users", { Page: "1", PageToken: "PTdamaged" }),
    graphql: (w) => w.query(USERS, { after: "damaged" }),
  },
  PAGE_WITHOUT_TOKEN: { rest: (w) => w.get("/v1/Users", { Page: "1" }), graphql: null },
  IDENTITY_AND_ADDRESS: {
    rest: (w) => w.get("/v1/ParticipantConversations", { Identity: "ann", Address: "+15558675310" }),
    graphql: (w) =>
      w.query('{ participantConversations(identity: "ann", address: "+15558675310") { totalCount } }'),
  },
  DATE_RANGE_INVALID: {
    rest: (w) =>
      w.get("/v1/Conversations", { StartDate: "2026-01-02T00:00:00Z", EndDate: "2026-01-01T00:00:00Z" }),
    graphql: (w) =>
      w.query(`{ conversations(filter: {
        createdFrom: "2026-01-02T00:00:00Z", createdTo: "2026-01-01T00:00:00Z"
      }) { totalCount } }`),
  },
} satisfies Cases;

const failAs = (sqlState: string): Cases[string] => ({
  rest: async (w) => {
    await w.failing();
    return w.post("/v1/Conversations", { FriendlyName: sqlState });
  },
  graphql: async (w) => {
    await w.failing();
    return w.mutate("createConversation", { friendlyName: sqlState });
  },
});

/** What the database answers: a crash of its own, a shutdown, a transaction that lost against another. */
export const DATABASE_CASES = {
  INTERNAL: failAs("XX000"),
  UNAVAILABLE: failAs("57P01"),
  CONCURRENT_CHANGE: failAs("40001"),
} satisfies Cases;
