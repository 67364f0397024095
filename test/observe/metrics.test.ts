import { describe, expect, it } from "vitest";
import { createTestApp, PUBLIC_URL, type TestApp } from "../setup/app.ts";
import { newAccount } from "../setup/seed.ts";
import { scrape } from "./scrape.ts";

const ask = (app: TestApp, path: string, init: RequestInit = {}) =>
  app.fetch(new Request(`${PUBLIC_URL}${path}`, init));

const fields = (count: number, name: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => name(n)).join(" ");

describe("GET /metrics", () => {
  it("counts requests by the template of their route and the class of their status", async () => {
    const { app, rest, conversation, participant } = await newAccount(await createTestApp());
    const trip = await conversation({ UniqueName: "trip" });
    const { sid } = await participant(trip, { Identity: "ann" });
    const path = `/v1/Conversations/${trip.sid}/Participants`;
    for (let n = 0; n < 3; n++) await rest.get(path);
    await rest.get(`${path}/${sid}`);
    await rest.get(`/v1/Conversations/${"CH".padEnd(34, "0")}/Participants`);
    await ask(app, path);
    await ask(app, "/v1/ann");
    await ask(app, "/ann");

    const { value, text } = await scrape(app);
    const requests = (method: string, route: string, status: string) =>
      value("parley_http_requests_total", { method, route, operation: "", status });
    const list = "/v1/Conversations/{ConversationSid}/Participants";
    expect(requests("GET", list, "2xx")).toBe(3);
    expect(requests("GET", list, "4xx")).toBe(1);
    expect(requests("POST", list, "2xx")).toBe(1);
    expect(requests("GET", `${list}/{Sid}`, "2xx")).toBe(1);
    // Without credentials, or on a path that is none.
    expect(requests("GET", "other", "4xx")).toBe(3);
    const labels = { method: "GET", route: list, operation: "" };
    expect(value("parley_http_request_duration_seconds_count", labels)).toBe(4);
    expect(value("parley_http_request_duration_seconds_bucket", { ...labels, le: "+Inf" })).toBe(4);
    expect(value("parley_http_request_statements_count", labels)).toBe(4);
    expect(text).not.toMatch(/ann|[A-Z]{2}[0-9a-f]{32}/);
  });

  it("counts GraphQL operations by name, and no more names than it keeps", async () => {
    const { app, graphql } = await newAccount(await createTestApp());
    await graphql("query Services { services { nodes { sid } } }");
    await graphql("{ services { nodes { sid } } }");
    for (let n = 0; n < 300; n++) await graphql(`query Made_up_${n} { __typename }`);
    await graphql(`query ${"x".repeat(200)} { __typename }`);
    await graphql("query Services { services { nodes { sid } } }");

    const { value, samples, text } = await scrape(app);
    const requests = (operation: string) =>
      value("parley_http_requests_total", { method: "POST", route: "/graphql", operation, status: "2xx" });
    expect(requests("Services")).toBe(2);
    expect(requests("")).toBe(2);
    expect(requests("Made_up_0")).toBe(1);
    expect(requests("other")).toBe(201);
    expect(new Set(samples.map(({ labels }) => labels.operation)).size).toBeLessThan(110);
    expect(text).not.toContain("xxx");
  });

  it("does not count what is no operation of the schema under its name", async () => {
    const { app, graphql } = await newAccount(await createTestApp());
    await graphql("query Nonsense { nonsense }");
    expect((await scrape(app)).text).not.toContain("Nonsense");
  });

  it("tells of statements, batches, the pool and caches", async () => {
    const { app, graphql, conversation, participant } = await newAccount(await createTestApp());
    for (const name of ["a", "b", "c"])
      await participant(await conversation({ UniqueName: name }), { Identity: "ann" });
    const before = await scrape(app);
    const inbox = `query Inbox { conversations { nodes { sid participants { nodes { user { identity } } } } } }`;
    const { body } = await graphql(inbox);
    expect(body.errors).toBeUndefined();

    const { value } = await scrape(app);
    const labels = { method: "POST", route: "/graphql", operation: "Inbox" };
    expect(value("parley_http_request_statements_sum", labels)).toBe(4);
    const loader = { loader: "participants.ofConversation" };
    expect(value("parley_loader_batch_keys_count", loader)).toBe(1);
    expect(value("parley_loader_batch_keys_sum", loader)).toBe(3);
    const statement = { statement: "defaultService", server: "primary" };
    expect(value("parley_db_statement_duration_seconds_count", statement)).toBe(
      (before.value("parley_db_statement_duration_seconds_count", statement) ?? 0) + 1,
    );
    expect(value("parley_db_pool_size", {})).toBe(app.deps.db.pool().size);
    expect(value("parley_db_pool_in_use", {})).toBe(0);
    expect(value("parley_db_pool_waiting", {})).toBe(0);
    expect(value("parley_db_pool_wait_seconds_count", {})).toBeGreaterThan(3);
    expect(value("parley_cache_misses_total", { cache: "credentials" })).toBe(1);
    expect(value("parley_cache_hits_total", { cache: "credentials" })).toBe(6);
  });

  it("tells whether documents, and the plans of their operations, were known", async () => {
    const { app, graphql } = await newAccount(await createTestApp());
    const query =
      "query Services($all: Boolean!) { services { nodes { sid friendlyName @include(if: $all) } } }";
    for (const all of [true, true, false]) await graphql(query, { all });
    const { value } = await scrape(app);
    const counts = (cache: string) =>
      ["hits", "misses"].map((what) => value(`parley_cache_${what}_total`, { cache }));
    expect(counts("documents")).toEqual([2, 1]);
    expect(counts("plans")).toEqual([1, 2]);
  });

  it.each([
    ["documents of many fields", 50, (n: number) => `{ ...F${n} ${fields(4_000, () => "a")} }`],
    ["documents of many faults", 200, (n: number) => `{ ${fields(100, (at) => `a${at}x${n}`)} }`],
  ])("tells that %s made others forgotten, but none that came again", async (_, count, other) => {
    const { app, graphql } = await newAccount(await createTestApp());
    const [once, again] = ["query Once { __typename }", "query Again { __typename }"];
    const misses = async (query: string) => {
      const count = async () =>
        (await scrape(app)).value("parley_cache_misses_total", { cache: "documents" })!;
      const before = await count();
      await graphql(query);
      return (await count()) - before;
    };
    await graphql(once);
    for (let n = 0; n < count; n++) {
      await graphql(again);
      await graphql(other(n));
    }
    expect(await misses(again)).toBe(0);
    expect(await misses(once)).toBe(1);
  });

  it("tells first writes under a key from repeats, and statements that failed from others", async () => {
    const { app, rest } = await newAccount(await createTestApp());
    for (let n = 0; n < 3; n++) {
      await rest.post("/v1/Conversations", { UniqueName: "trip" }, { "Idempotency-Key": "mine" });
    }
    expect((await rest.post("/v1/Conversations", { UniqueName: "trip" })).status).toBe(409);

    const { value } = await scrape(app);
    expect(value("parley_idempotent_requests_total", { outcome: "first" })).toBe(1);
    expect(value("parley_idempotent_requests_total", { outcome: "repeat" })).toBe(2);
    expect(value("parley_db_statement_failures_total", { statement: "insertConversation" })).toBe(1);
  });

  it("belongs to one app", async () => {
    const [one, other] = [await createTestApp(), await createTestApp()];
    await ask(one, "/healthz");
    const labels = { method: "GET", route: "/healthz", operation: "", status: "2xx" };
    expect((await scrape(one)).value("parley_http_requests_total", labels)).toBe(1);
    expect((await scrape(other)).value("parley_http_requests_total", labels)).toBeUndefined();
  });

  it("is read only: 405 for anything but GET and HEAD", async () => {
    const app = await createTestApp();
    expect((await ask(app, "/metrics", { method: "HEAD" })).status).toBe(200);
    const posted = await ask(app, "/metrics", { method: "POST" });
    expect([posted.status, posted.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
  });

  it("asks for its token where it has one: 401 without, and with another", async () => {
    const metricsToken = "correct-horse-battery-staple";
    const app = await createTestApp({ metricsToken });
    const { authorization } = await app.account();
    for (const shown of [undefined, "Bearer wrong", `Bearer ${metricsToken}x`, metricsToken, authorization]) {
      const answer = await ask(app, "/metrics", { headers: shown ? { authorization: shown } : {} });
      expect([answer.status, answer.headers.get("WWW-Authenticate")]).toEqual([
        401,
        'Bearer realm="metrics"',
      ]);
      expect(await answer.text()).not.toContain("parley_");
    }
    const permitted = { headers: { authorization: `Bearer ${metricsToken}` } };
    expect((await ask(app, "/metrics", permitted)).status).toBe(200);
  });
});
