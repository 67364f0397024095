import { existsSync } from "node:fs";
import { pino } from "pino";
import { chromium } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../src/routes.ts";
import { startServer } from "../../src/server.ts";
import { openRest, type RestClient } from "../rest/client.ts";

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

let rest: RestClient;
beforeAll(async () => {
  rest = await openRest();
});

const get = (path: string, headers?: RequestInit["headers"]) =>
  rest.fetch(new Request(`${rest.publicUrl}${path}`, { headers }));

describe("/openapi.json", () => {
  it("is served without credentials, and describes every operation", async () => {
    const response = await get("/openapi.json");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
    const document = (await response.json()) as {
      openapi: string;
      servers: unknown;
      paths: Record<string, object>;
    };
    expect(document.openapi).toBe("3.1.0");
    expect(document.servers).toEqual([{ url: rest.publicUrl }]);
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
    expect(operations).toHaveLength(routes.length);
  });
});

describe("/docs", () => {
  it("names no other host, and lets none in", async () => {
    const page = await get("/docs");
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect((await get("/docs/nonsense.js")).status).toBe(404);
    expect((await get("/docs/..%2fpackage.json")).status).toBe(404);
  });

  it("304 for a file the browser has", async () => {
    const first = await get("/docs/swagger-ui.css");
    expect(first.status).toBe(200);
    const again = await get("/docs/swagger-ui.css", { "if-none-match": first.headers.get("etag") ?? "" });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it.skipIf(!existsSync(CHROMIUM))(
    "shows the operations in a browser, without a foreign request",
    async () => {
      const server = await startServer({
        app: rest.fetch,
        host: "127.0.0.1",
        port: 0,
        publicUrl: rest.publicUrl,
        log: pino({ level: "silent" }),
      });
      const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
      try {
        const origin = `http://127.0.0.1:${server.port}`;
        const page = await browser.newPage();
        const foreign: string[] = [];
        const faults: string[] = [];
        page.on("request", (request) => {
          if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin))
            foreign.push(request.url());
        });
        page.on("console", (message) => {
          if (message.type() === "error") faults.push(message.text());
        });
        page.on("pageerror", (error) => faults.push(String(error)));
        await page.goto(`${origin}/docs`);
        await page.getByText("/v1/ParticipantConversations").first().click();
        await page.getByText("Identity to look up.").first().waitFor();
        expect([foreign, faults]).toEqual([[], []]);
      } finally {
        await browser.close();
        await server.stop(0);
      }
    },
    60_000,
  );
});
