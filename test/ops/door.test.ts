import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createAdmission } from "../../src/core/admission.ts";
import { createDoor } from "../../src/door.ts";
import { logTo } from "../../src/log.ts";
import { type HttpServer, startServer } from "../../src/server.ts";
import { scrape } from "../observe/scrape.ts";
import { createTestApp, PUBLIC_URL, type TestAccount, type TestApp } from "../setup/app.ts";
import { openTestDatabase } from "../setup/database.ts";

const ORIGIN = "https://app.example.com";
const GRAPHQL = { method: "POST", headers: { "content-type": "application/json" }, body: '{"query":"{a}"}' };

const lines: string[] = [];
let app: TestApp;
let account: TestAccount;
let server: HttpServer;
/** While it is there, whoever asks the database waits for it. */
let held: Hold | null = null;

interface Hold {
  readonly until: Promise<void>;
  readonly release: () => void;
}

function hold(): Hold {
  let release = () => {};
  const until = new Promise<void>((done) => {
    release = done;
  });
  return { until, release };
}

beforeAll(async () => {
  const db = await openTestDatabase();
  app = await createTestApp({
    db: {
      ...db,
      async execute(...statement) {
        await held?.until;
        return db.execute(...statement);
      },
    },
    admission: createAdmission(1),
    allowedOrigins: [ORIGIN],
    log: logTo("info", { write: (line) => void lines.push(line) }),
  });
  account = await app.account();
  server = await startServer({
    app: app.fetch,
    host: "127.0.0.1",
    port: 0,
    publicUrl: PUBLIC_URL,
    log: app.deps.log,
    door: await createDoor(app.deps),
  });
});
afterAll(() => server.stop(0));
beforeEach(() => {
  lines.length = 0;
});

const request = (path: string, { headers, ...init }: RequestInit = {}) =>
  new Request(`http://127.0.0.1:${server.port}${path}`, {
    ...init,
    headers: { authorization: account.authorization, ...headers },
  });
const ask = (...asked: Parameters<typeof request>) => fetch(request(...asked));

/** Runs `work` while the only place is taken; who took it is served in the end. */
async function whileFull(work: () => Promise<void>): Promise<void> {
  held = hold();
  const first = ask("/v1/Users");
  try {
    await vi.waitFor(() => expect(app.deps.admission.isFull()).toBe(true));
    await work();
  } finally {
    held.release();
    held = null;
  }
  expect((await first).status).toBe(200);
}

/** A connection on which requests are sent as they are. */
function converse() {
  const socket = connect(server.port, "127.0.0.1").setEncoding("utf8");
  let heard = "";
  socket.on("data", (text) => {
    heard += text;
  });
  return {
    socket,
    say: (...head: string[]) =>
      socket.write(
        `${[...head, "Host: parley.test", `Authorization: ${account.authorization}`].join("\r\n")}\r\n\r\n`,
      ),
    statuses: () => heard.match(/HTTP\/1\.1 \d+/g)?.map((line) => Number(line.slice(-3))) ?? [],
    heard: () => heard,
  };
}

describe("a request for which there is no place", () => {
  it.each([
    ["a list", "/v1/Users", {}],
    ["a write", "/v1/Users", { method: "POST", body: new URLSearchParams({ Identity: "ann" }) }],
    ["a page of another origin", "/v1/Users", { headers: { origin: ORIGIN } }],
    ["a page of a foreign origin", "/v1/Users", { headers: { origin: "https://evil.example.com" } }],
    ["GraphQL", "/graphql", GRAPHQL],
    [
      "newer GraphQL",
      "/graphql",
      { ...GRAPHQL, headers: { ...GRAPHQL.headers, accept: "application/graphql-response+json" } },
    ],
  ])("is refused as the app itself would refuse it: %s", async (_, path, init) => {
    await whileFull(async () => {
      const refused = await ask(path, init);
      const own = await app.fetch(request(path, init));
      expect([refused.status, own.status]).toEqual([503, 503]);
      expect(refused.headers.get("Retry-After")).toBe("1");
      expect(refused.headers.get("Twilio-Request-Id")).toMatch(/^RQ[0-9a-f]{32}$/);
      expect(await refused.json()).toEqual(await own.json());
      const ofEach = ["connection", "content-length", "date", "keep-alive", "twilio-request-id"];
      const shown = ({ headers }: Response) => [...headers].filter(([name]) => !ofEach.includes(name));
      expect(shown(refused)).toEqual(shown(own));
    });
  });

  it("keeps its connection, whatever it sends, and gets no body where it is a HEAD", async () => {
    const { socket, say, statuses, heard } = converse();
    await whileFull(async () => {
      say("HEAD /v1/Users HTTP/1.1");
      await vi.waitFor(() => expect(statuses()).toEqual([503]));
      expect(heard()).toMatch(/\r\n\r\n$/);
      say("POST /v1/Users HTTP/1.1", "Content-Length: 1000000");
      for (let part = 0; part < 10; part++) socket.write("x".repeat(100_000));
      say("GET /v1/Users HTTP/1.1");
      say("GET /healthz HTTP/1.1");
      await vi.waitFor(() => expect(statuses()).toEqual([503, 503, 503, 200]));
    });
    socket.destroy();
  });

  it("is counted, and told of in one line for all of a second", async () => {
    const refusals = async () =>
      (await scrape(app)).value("parley_http_requests_total", {
        method: "GET",
        route: "other",
        operation: "",
        status: "5xx",
      }) ?? 0;
    const before = await refusals();
    await sleep(1_000);
    lines.length = 0;
    await whileFull(async () => {
      for (let turn = 0; turn < 20; turn++) expect((await ask("/v1/Users")).status).toBe(503);
    });
    expect((await refusals()) - before).toBe(20);
    const told = () => lines.map((line) => JSON.parse(line)).filter(({ status }) => status === 503);
    await vi.waitFor(
      () => expect(told()).toEqual([expect.objectContaining({ refused: 20, level: 40 })]),
      3_000,
    );
  });
});

describe("while there is no place", () => {
  it("probes and preflights are answered", async () => {
    await whileFull(async () => {
      for (const path of ["/healthz", "/readyz", "/metrics?x=1"]) expect((await ask(path)).status).toBe(200);
      const preflight = { origin: ORIGIN, "access-control-request-method": "POST" };
      const answer = await ask("/v1/Users", { method: "OPTIONS", headers: preflight });
      expect([answer.status, answer.headers.get("Access-Control-Allow-Origin")]).toEqual([204, ORIGIN]);
    });
  });
});

describe("a client that is slow to send its body", () => {
  it.each([
    ["/v1/Users", "application/x-www-form-urlencoded", "Identity=slow", 201],
    ["/graphql", "application/json", '{"query":"{ __typename }"}', 200],
  ])("takes no place until it has, on %s", async (path, type, body, status) => {
    const { socket, say, statuses } = converse();
    say(`POST ${path} HTTP/1.1`, `Content-Type: ${type}`, `Content-Length: ${body.length}`);
    socket.write(body.slice(0, 4));
    await sleep(100);
    expect((await ask("/v1/Users")).status).toBe(200);
    expect(statuses()).toEqual([]);
    socket.write(body.slice(4));
    await vi.waitFor(() => expect(statuses()).toEqual([status]));
    socket.destroy();
  });
});
