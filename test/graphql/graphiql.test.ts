import { existsSync } from "node:fs";
import { pino } from "pino";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createContext } from "../../src/context.ts";
import { fillWithDemo } from "../../src/demo.ts";
import { examples } from "../../src/examples.ts";
import { type HttpServer, startServer } from "../../src/server.ts";
import { createTestApp, PUBLIC_URL, type TestAccount, type TestApp } from "../setup/app.ts";
import { graphqlClient } from "../setup/clients.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

let app: TestApp;
let account: TestAccount;

beforeAll(async () => {
  const plain = await createTestApp();
  account = await plain.account();
  app = await createTestApp({
    graphiql: { credentials: { username: account.sid, password: account.authToken } },
  });
  await fillWithDemo(createContext(app.deps, { accountSid: account.sid, credentialSid: account.sid }));
});

async function open(target: TestApp, url: string, headers: Record<string, string> = {}) {
  const response = await target.fetch(
    new Request(url, { headers: { accept: "text/html,*/*;q=0.8", ...headers } }),
  );
  return { response, html: await response.text() };
}

describe("GraphiQL", () => {
  it.each(["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "localhost"])(
    "is filled in for %s",
    async (host) => {
      const { response, html } = await open(app, `http://${host}/graphql`);
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(html).toContain(account.authorization);
    },
  );

  it.each([
    ["another name", "http://parley.example/graphql", {}],
    ["a name that begins like one of ours", "http://localhost.example/graphql", {}],
    ["another name in the header", "http://localhost/graphql", { host: "parley.example" }],
    ["a script of another origin", "http://localhost/graphql", { origin: "http://localhost:9999" }],
  ])("holds no credentials for %s", async (_, url, headers) => {
    const { response, html } = await open(app, url, headers);
    expect(response.status).toBe(200);
    expect(html).not.toContain(account.authorization);
    expect(html).not.toContain(account.authToken);
  });

  it("holds none where the server has none to give", async () => {
    const { html } = await open(await createTestApp(), "http://localhost/graphql");
    expect(html).not.toContain("Basic ");
  });

  it("comes compressed to those who take it", async () => {
    const { response } = await open(app, "http://localhost/graphql", { "accept-encoding": "gzip" });
    expect(response.headers.get("content-encoding")).toBe("gzip");
  });

  it("is not there when it is off; then the operation's credentials are asked for", async () => {
    const off = await createTestApp({ graphiql: null });
    const { response } = await open(off, `${PUBLIC_URL}/graphql`);
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toContain("application/json");
  });

  it("begins with examples that run", async () => {
    const send = graphqlClient(app, account);
    for (const { query, variables } of examples.slice(0, 2)) {
      const { body } = await send(query, variables === undefined ? {} : JSON.parse(variables));
      expect(body.errors).toBeUndefined();
      expect(body.data.participantConversations.nodes.length).toBeGreaterThan(0);
    }
    for (const [index, type] of [
      [2, "CreateConversationPayload"],
      [3, "AddParticipantPayload"],
    ] as const) {
      const { query, variables } = examples[index]!;
      const { body } = await send(query, JSON.parse(variables!));
      expect(Object.values(body.data)[0]).toMatchObject({ __typename: type });
    }
  });
});

describe.skipIf(CHROMIUM === undefined)(
  "GraphiQL in a browser (skipped where no Chromium is installed)",
  () => {
    let server: HttpServer;
    let browser: Browser;

    beforeAll(async () => {
      let local = app;
      const log = pino({ level: "silent" });
      const fetch = (request: Request) => local.fetch(request);
      server = await startServer({ app: fetch, host: "127.0.0.1", port: 0, publicUrl: PUBLIC_URL, log });
      const { graphiql } = app.deps;
      local = await createTestApp({ graphiql, publicUrl: `http://localhost:${server.port}` });
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: [
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
        ],
      });
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop(0);
    });

    it("runs an example at a click, also after a reload, asks no other host, and reports no error", async () => {
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      const origin = `http://127.0.0.1:${server.port}`;
      const foreign: string[] = [];
      const faults: string[] = [];
      page.on("request", (request) => {
        if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(origin))
          foreign.push(request.url());
      });
      page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
      page.on("pageerror", (error) => faults.push(error.message));

      await page.goto(`${origin}/graphql`);
      const run = page.locator(".graphiql-execute-button");
      await run.waitFor();
      // While the editors load, clicks go unheard.
      const until = (work: () => Promise<void>) => vi.waitFor(work, { timeout: 20_000, interval: 200 });
      const runUntil = (text: string) =>
        until(async () => {
          await run.click();
          await page.locator(".result-window", { hasText: text }).waitFor({ timeout: 3000 });
        });
      expect(await page.locator(".graphiql-tab").count()).toBe(examples.length);
      await runUntil("Where is my parcel?");
      const choose = (name: string) =>
        until(async () => {
          await page.locator(".graphiql-tab-button", { hasText: name }).click();
          await page.locator(".graphiql-tab-active", { hasText: name }).waitFor({ timeout: 500 });
        });
      await choose("Inbox");
      await runUntil('"Ann"');

      // The browser remembers tabs, a moment after they change, but no credentials; they are filled in again.
      await page.waitForTimeout(1000);
      await page.reload();
      await run.waitFor();
      await choose("ConversationsOfANumber");
      await runUntil("Where is my parcel?");
      expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("Basic ");
      expect(foreign).toEqual([]);
      expect(faults).toEqual([]);
    }, 90_000);
  },
);
