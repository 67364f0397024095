import { existsSync } from "node:fs";
import { pino } from "pino";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CATALOGUE } from "../../src/core/catalogue.ts";
import { PROTOCOL_ERRORS } from "../../src/graphql/protocol.ts";
import { type HttpServer, startServer } from "../../src/server.ts";
import { createTestApp, PUBLIC_URL, type TestApp } from "../setup/app.ts";

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const rows = Object.entries(CATALOGUE);
const numbers = [...new Set(rows.map(([, { code }]) => String(code)))];

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});

const get = (path: string, init?: RequestInit) => app.fetch(new Request(`${PUBLIC_URL}${path}`, init));

/** What a reader sees of HTML. */
const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
    .replace(/\s+/g, " ");
const plain = (text: string) => text.replaceAll("`", "");

describe("/docs/errors/{code}", () => {
  it.each(numbers)(
    "%s tells cause and remedy of all that have the number, and leads to the table",
    async (code) => {
      const response = await get(`/docs/errors/${code}`);
      expect([response.status, response.headers.get("content-type")]).toEqual([
        200,
        "text/html; charset=utf-8",
      ]);
      const html = await response.text();
      expect(html).toContain('href="/docs/errors"');
      for (const [name, row] of rows.filter(([, { code: number }]) => String(number) === code)) {
        for (const part of [name, String(row.status), row.message, row.cause, row.remedy]) {
          expect(textOf(html)).toContain(plain(part));
        }
      }
    },
  );

  it.each(Object.entries(PROTOCOL_ERRORS))("%s, which only GraphQL has", async (name, { cause, remedy }) => {
    const text = textOf(await (await get(`/docs/errors/${name}`)).text());
    for (const part of [name, plain(cause), plain(remedy)]) expect(text).toContain(part);
  });

  it.each(["/docs/errors/50416", "/docs/errors", "/docs"])("308 from %s/ to it", async (path) => {
    const { status, headers } = await get(`${path}/`);
    expect([status, headers.get("location")]).toEqual([308, path]);
  });

  it.each([
    "0",
    "50417x",
    "PARTICIPANT_EXISTS",
    "%35%30%34%31%36",
    "..%2f..%2fpackage.json",
    "50416//",
    "0/",
  ])("404 20404 of '%s'", async (code) => {
    const response = await get(`/docs/errors/${code}`);
    expect([response.status, await response.json()]).toEqual([
      404,
      expect.objectContaining({ code: 20404, more_info: `${PUBLIC_URL}/docs/errors/20404` }),
    ]);
  });

  it.each([...rows, ...Object.entries(PROTOCOL_ERRORS)])("%s is told in whole sentences", (_, row) => {
    for (const text of [row.cause, row.remedy]) {
      expect(text).toMatch(/^[`A-Z].*\.$/);
      expect(text.length).toBeLessThan(300);
    }
  });

  it("escapes what it shows", async () => {
    const html = await (await get("/docs/errors/50384")).text();
    expect(html).toContain("Initial state can&#39;t be &#39;closed&#39;");
  });

  it("405 20004 for a POST", async () => {
    const response = await get("/docs/errors/50416", { method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});

describe("/docs/errors", () => {
  it("is a table of every code, each a link to its page", async () => {
    const html = await (await get("/docs/errors")).text();
    const links = new Set(html.match(/(?<=href=")\/docs\/errors\/[^"]+/g));
    expect([...links].sort()).toEqual(
      [...numbers, ...Object.keys(PROTOCOL_ERRORS)].map((code) => `/docs/errors/${code}`).sort(),
    );
    for (const [name, { message }] of rows) expect(textOf(html)).toContain(name && message);
  });

  it.each(["/", "/docs"])("is linked from %s", async (path) => {
    expect(await (await get(path)).text()).toContain('href="/docs/errors"');
  });

  it("may be kept for a while, and is not sent again to who has it", async () => {
    const first = await get("/docs/errors");
    expect(first.headers.get("cache-control")).toBe("public, max-age=3600");
    const again = await get("/docs/errors", {
      headers: { "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("allows neither scripts nor other hosts", async () => {
    const response = await get("/docs/errors");
    const policy = response.headers.get("content-security-policy")?.split("; ").sort();
    expect(policy).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self'",
      "style-src 'self'",
    ]);
    expect(await response.text()).not.toMatch(/<script|style=|(src|href)="(https?:)?\/\//);
  });
});

describe.skipIf(!existsSync(CHROMIUM))("an error's page in a browser without scripts", () => {
  let server: HttpServer;
  let browser: Browser;
  beforeAll(async () => {
    const log = pino({ level: "silent" });
    server = await startServer({ app: app.fetch, host: "127.0.0.1", port: 0, publicUrl: PUBLIC_URL, log });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.stop(0);
  });

  it.each(["light", "dark"] as const)(
    "is read in %s colours, without a fault",
    async (colorScheme) => {
      const page = await browser.newPage({ colorScheme, javaScriptEnabled: false });
      const faults: string[] = [];
      page.on("console", (message) => void faults.push(message.text()));
      await page.goto(`http://127.0.0.1:${server.port}/docs/errors`);
      await page.getByRole("link", { name: "50416" }).click();
      await page.getByText("BINDING_EXISTS").waitFor();
      const ground = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
      expect([ground, faults]).toEqual([
        colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(21, 25, 31)",
        [],
      ]);
    },
    60_000,
  );
});
