import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { useProcesses } from "../ops/processes.ts";
import { ACCOUNT_ENV, basic, type Environment, eventually, type Server } from "../setup/processes.ts";
import { type Span, startReceiver } from "./receiver.ts";

const { startServer, temporaryDirectory } = useProcesses();
const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

/** A database of its own, of the kind that the tests run on. */
async function emptyDatabase(): Promise<Environment> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) return { ...ACCOUNT_ENV, PARLEY_DATA_DIR: await temporaryDirectory() };
  const name = `parley_traces_${randomBytes(6).toString("hex")}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  undo.push(async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    ...ACCOUNT_ENV,
    DATABASE_URL: url.href,
    PARLEY_SECRET_KEY: Buffer.alloc(32, 1).toString("base64"),
  };
}

async function startTraced(env: Environment): Promise<Server> {
  const parley = await startServer({ ...(await emptyDatabase()), ...env });
  await eventually(async () => (await parley.fetch("/readyz")).status === 200);
  return parley;
}

async function receiver() {
  const started = await startReceiver();
  undo.push(started.close);
  return started;
}

async function stopped({ child, exit }: Server): Promise<void> {
  child.kill("SIGTERM");
  expect((await exit).code).toBe(0);
}

const authorization = basic(ACCOUNT_ENV.PARLEY_ACCOUNT_SID!, ACCOUNT_ENV.PARLEY_AUTH_TOKEN!);

async function post(parley: Server, path: string, form: Record<string, string>, headers = {}) {
  const answer = await parley.fetch(path, {
    method: "POST",
    headers: { authorization, ...headers },
    body: new URLSearchParams(form),
  });
  expect(answer.status).toBe(201);
}

async function graphql(parley: Server, query: string, headers = {}) {
  const answer = await parley.fetch("/graphql", {
    method: "POST",
    headers: { authorization, "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  expect(await answer.json()).not.toHaveProperty("errors");
}

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CALLER = "b7ad6b7169203331";
const traceparent = (flags: string) => ({ traceparent: `00-${TRACE}-${CALLER}-${flags}` });

/** The tree below a span as text, siblings by name; a statement that ran more than once is there once. */
function tree(spans: readonly Span[], parent: string): string[] {
  const children = spans.filter((span) => span.parentSpanId === parent);
  const lines = children.flatMap(({ name, spanId }) => [
    name,
    ...tree(spans, spanId).map((line) => `  ${line}`),
  ]);
  return children.length > 0 && lines.every((line) => !line.startsWith(" "))
    ? [...new Set(lines)].sort()
    : lines;
}

describe("a server that is asked for traces", () => {
  it("sends spans of requests, resolvers and statements, within each other and without values", async () => {
    const received = await receiver();
    const parley = await startTraced({
      OTEL_EXPORTER_OTLP_ENDPOINT: received.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_SERVICE_NAME: "chat",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
      OTEL_TRACES_SAMPLER: "parentbased_always_off",
    });
    await post(parley, "/v1/Conversations", { UniqueName: "zanzibar" });
    await post(parley, "/v1/Conversations", { UniqueName: "timbuktu" });
    for (const name of ["zanzibar", "timbuktu"]) {
      await post(parley, `/v1/Conversations/${name}/Participants`, { Identity: "zoe" }, traceparent("01"));
    }
    const inbox = `query Inbox { participantConversations(identity: "zoe") {
      nodes { conversation { sid participants { nodes { user { friendlyName } } } } } } }`;
    await graphql(parley, inbox, traceparent("01"));
    const again = new URLSearchParams({ UniqueName: "zanzibar" });
    const headers = { authorization, ...traceparent("01") };
    const refused = await parley.fetch("/v1/Conversations", { method: "POST", headers, body: again });
    expect(refused.status).toBe(409);
    await graphql(parley, "query Unsampled { services { nodes { sid } } }", traceparent("00"));
    await stopped(parley);

    expect(received.bodies.map(({ path }) => path)).toContain("/v1/traces");
    expect(received.resource()).toMatchObject({
      "service.name": "chat",
      "deployment.environment.name": "test",
    });
    const spans = received.spans();
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    const requests = spans.filter(({ parentSpanId }) => parentSpanId === CALLER);
    const participants = "POST /v1/Conversations/{ConversationSid}/Participants";
    expect(requests.map(({ name }) => name).sort()).toEqual([
      "POST /graphql",
      "POST /v1/Conversations",
      participants,
      participants,
    ]);

    const query = requests.find(({ name }) => name === "POST /graphql")!;
    expect(query.attributes).toEqual({
      "http.request.method": "POST",
      "http.route": "/graphql",
      "http.response.status_code": 200,
      "graphql.operation.name": "Inbox",
    });
    const below = tree(spans, query.spanId);
    expect(below.filter((line) => !line.startsWith(" ")).sort()).toEqual([
      "Conversation.participants",
      "Participant.user",
      "Query.participantConversations",
    ]);
    expect(below.filter((line) => line.startsWith(" "))).toContain("  participantsOfConversations_forward");
    const resolver = spans.find(({ name }) => name === "Conversation.participants");
    expect(resolver?.attributes).toEqual({ "parley.calls": 2 });
    const statement = spans.find(({ parentSpanId }) => parentSpanId === resolver?.spanId);
    expect(statement).toMatchObject({
      kind: 3,
      attributes: {
        "db.system.name": "postgresql",
        "db.query.summary": "participantsOfConversations_forward",
        "parley.db.server": "primary",
        "db.response.returned_rows": 2,
      },
    });
    const write = requests.find(({ name }) => name === participants)!;
    expect(tree(spans, write.spanId)[0]).toBe("CreateConversationParticipant");
    expect(tree(spans, write.spanId)).toContain("  joinConversation");

    const failed = spans.filter(({ status }) => status.code === 2);
    expect(failed.map(({ name, attributes }) => [name, attributes["error.type"]])).toEqual([
      ["insertConversation", "23505"],
    ]);

    const byId = new Map(spans.map((span) => [span.spanId, span]));
    for (const span of spans) {
      const parent = byId.get(span.parentSpanId ?? "");
      if (parent === undefined) expect(span.parentSpanId).toBe(CALLER);
      else {
        expect(span.start >= parent.start, `${span.name} begins before ${parent.name}`).toBe(true);
        expect(span.end <= parent.end, `${span.name} ends after ${parent.name}`).toBe(true);
      }
    }
    expect(received.text()).not.toMatch(/zoe|zanzibar|timbuktu|AC[0-9a-f]{32}/);
  });

  it("sends protobuf unless told otherwise", async () => {
    const received = await receiver();
    const parley = await startTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: received.url });
    await graphql(parley, "query Services { services { nodes { sid } } }");
    await stopped(parley);
    expect(new Set(received.bodies.map(({ type }) => type))).toEqual(new Set(["application/x-protobuf"]));
    expect(received.text()).toContain("Query.services");
    expect(received.text()).toContain("parley");
  });

  it("stops in time where nobody takes the traces", async () => {
    const parley = await startTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
    await graphql(parley, "query Services { services { nodes { sid } } }");
    const asked = performance.now();
    await stopped(parley);
    expect(performance.now() - asked).toBeLessThan(10_000);
  });
});
