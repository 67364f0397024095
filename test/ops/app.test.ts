import { beforeAll, describe, expect, it } from "vitest";
import { ApiError } from "../../src/core/errors.ts";
import { logTo } from "../../src/log.ts";
import { createTestApp, PUBLIC_URL, type TestAccount, type TestApp } from "../setup/app.ts";

const ALLOWED = "https://app.example.com";

let app: TestApp;
let account: TestAccount;
beforeAll(async () => {
  app = await createTestApp({ allowedOrigins: [ALLOWED] });
  account = await app.account();
});

const send = (path: string, init: RequestInit = {}) => app.fetch(new Request(`${PUBLIC_URL}${path}`, init));
const write = (path: string, headers: Record<string, string>) =>
  send(path, {
    method: "POST",
    headers: { authorization: account.authorization, ...headers },
    body: new URLSearchParams(),
  });

describe("every answer", () => {
  it.each([
    "/",
    "/healthz",
    "/readyz",
    "/nowhere",
    "/v1",
    "/v1/Users",
    "/v1/%ff",
    "/graphql",
    "/openapi.json",
    "/docs",
  ])("names its request, on %s too, each time another one", async (path) => {
    const ids = new Set<string | null>();
    for (const init of [{}, { method: "POST" }, { method: "OPTIONS" }]) {
      const response = await send(path, init);
      expect(response.headers.get("Twilio-Request-Id")).toMatch(/^RQ[0-9a-f]{32}$/);
      expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
      ids.add(response.headers.get("Twilio-Request-Id"));
    }
    expect(ids.size).toBe(3);
  });

  it("is 404 20404 in Twilio's form on an unknown path", async () => {
    const response = await send("/nowhere?x=1");
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      code: 20404,
      message: "The requested resource /nowhere was not found",
      more_info: `${PUBLIC_URL}/docs/errors/20404`,
      status: 404,
    });
  });

  it("is 405 20004 where a probe is written to", async () => {
    const response = await send("/healthz", { method: "POST" });
    expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
  });

  it("is 503 20503 from /readyz alone while the database is away", async () => {
    const { db } = app.deps;
    const away = await createTestApp({
      db: { ...db, ready: () => Promise.reject(new ApiError("UNAVAILABLE")) },
    });
    expect((await away.fetch(new Request(`${PUBLIC_URL}/readyz`))).status).toBe(503);
    expect((await away.fetch(new Request(`${PUBLIC_URL}/healthz`))).status).toBe(200);
  });

  it("is 500 20500 with a fixed text after an unforeseen error, which is logged without its message", async () => {
    const lines: string[] = [];
    const log = logTo("info", { write: (line) => void lines.push(line) });
    const broken = await createTestApp({
      log,
      db: { ...app.deps.db, ready: () => Promise.reject(new Error("value +15558675310 of ann")) },
    });
    const response = await broken.fetch(new Request(`${PUBLIC_URL}/readyz`));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: 20500, message: "An internal server error has occurred" });
    expect(lines.join("")).toContain(response.headers.get("Twilio-Request-Id"));
    expect(lines.join("")).toContain("app.test.ts");
    expect(text + lines.join("")).not.toMatch(/15558675310|ann/);
  });
});

describe("the log", () => {
  it("has one line per request, with no identity, address, body or secret in it", async () => {
    const lines: string[] = [];
    const logged = await createTestApp({ log: logTo("trace", { write: (line) => void lines.push(line) }) });
    const caller = await logged.account();
    const headers = { authorization: caller.authorization };
    const ask = (path: string, init: RequestInit = {}) =>
      logged.fetch(new Request(`${PUBLIC_URL}${path}`, { headers, ...init }));
    await ask("/v1/Users", {
      method: "POST",
      headers: { ...headers, "Idempotency-Key": "zoe's key" },
      body: new URLSearchParams({ Identity: "zoe", Attributes: '{"pet":"newt"}' }),
    });
    await ask("/v1/Users/zoe");
    await ask("/v1/ParticipantConversations?Address=%2B15558675310");
    await ask("/v1/Users/zoe?x=%ff", { method: "DELETE", headers: { authorization: "Basic zoe" } });
    await ask("/zoe");
    await ask("/graphql?query={zoe}");
    await ask("/readyz");
    expect(lines.map((line) => JSON.parse(line).route)).toEqual([
      ...Array.from({ length: 5 }),
      "/graphql",
      "/readyz",
    ]);
    const all = lines.join("");
    expect(all).not.toMatch(/zoe|newt|15558675310|Basic/i);
    expect(all).not.toContain(caller.authToken);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      requestId: expect.stringMatching(/^RQ/),
      method: "POST",
      status: 201,
      account: caller.sid,
      ms: expect.any(Number),
    });
  });
});

describe("a browser", () => {
  it.each(["/v1/Conversations", "/graphql"])(
    "is refused with 403 20403 when another site writes to %s",
    async (path) => {
      for (const headers of [
        { origin: "https://evil.example.com" },
        { origin: "null" },
        { origin: "https://evil.example.com", "sec-fetch-site": "same-origin" },
        { "sec-fetch-site": "cross-site" },
        { origin: PUBLIC_URL, "sec-fetch-site": "cross-site" },
      ]) {
        const response = await write(path, headers as unknown as Record<string, string>);
        expect(response.status).toBe(403);
        const body = await response.json();
        const told = path === "/graphql" ? body.errors[0].extensions.twilioCode : body.code;
        expect(told).toBe(20403);
      }
    },
  );

  it("may write from our own pages, and from an allowed origin, which also reads the answer", async () => {
    expect(
      (await write("/v1/Conversations", { origin: PUBLIC_URL, "sec-fetch-site": "same-origin" })).status,
    ).toBe(201);
    expect((await write("/v1/Conversations", {})).status).toBe(201);
    const response = await write("/v1/Conversations", { origin: ALLOWED, "sec-fetch-site": "cross-site" });
    expect(response.status).toBe(201);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(ALLOWED);
    for (const name of ["Methods", "Headers", "Credentials"]) {
      expect(response.headers.get(`Access-Control-Allow-${name}`)).not.toBeNull();
    }
    for (const header of ["Twilio-Request-Id", "Idempotent-Replayed"]) {
      expect(response.headers.get("Access-Control-Expose-Headers")).toContain(header);
    }
  });

  it("has its preflights answered, with leave for an allowed origin alone", async () => {
    for (const path of ["/v1/Conversations", "/graphql"]) {
      const ask = (origin: string) =>
        send(path, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
      const allowed = await ask(ALLOWED);
      expect([allowed.status, allowed.headers.get("Access-Control-Allow-Origin")]).toEqual([204, ALLOWED]);
      for (const header of ["Authorization", "Idempotency-Key"]) {
        expect(allowed.headers.get("Access-Control-Allow-Headers")).toContain(header);
      }
      const refused = await ask("https://evil.example.com");
      expect([refused.status, refused.headers.get("Access-Control-Allow-Origin")]).toEqual([204, null]);
    }
  });

  it("reaches a server on the loopback by each of its names", async () => {
    const local = await createTestApp({ publicUrl: "http://127.0.0.1:4000" });
    const caller = await local.account();
    const ask = async (init: RequestInit) => {
      const response = await local.fetch(new Request("http://127.0.0.1:4000/v1/Conversations", init));
      return [response.status, response.headers.get("Access-Control-Allow-Origin")];
    };
    // To a browser these names are sites of their own.
    const writeFrom = (origin: string) =>
      ask({
        method: "POST",
        headers: { authorization: caller.authorization, origin, "sec-fetch-site": "cross-site" },
        body: new URLSearchParams(),
      });
    const preflightFrom = (origin: string) =>
      ask({ method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
    for (const origin of ["http://localhost:4000", "http://[::1]:4000"]) {
      expect(await writeFrom(origin)).toEqual([201, origin]);
      expect(await preflightFrom(origin)).toEqual([204, origin]);
    }
    for (const origin of ["http://localhost:4001", "https://localhost:4000", "http://localhost.evil:4000"]) {
      expect(await writeFrom(origin)).toEqual([403, null]);
      expect(await preflightFrom(origin)).toEqual([204, null]);
    }
  });
});

describe("credentials", () => {
  const ask = async (authorization: string | null, on: TestApp = app) => {
    const headers: Record<string, string> = authorization === null ? {} : { authorization };
    const response = await on.fetch(new Request(`${PUBLIC_URL}/v1/Conversations`, { headers }));
    return {
      status: response.status,
      challenge: response.headers.get("WWW-Authenticate"),
      body: await response.text(),
    };
  };
  const basic = (user: string, password: string) => `Basic ${btoa(`${user}:${password}`)}`;

  it("are refused with one and the same 401 20003, whatever is wrong with them", async () => {
    const answers = [];
    for (const header of [
      null,
      "",
      "Basic",
      "Basic !",
      "Bearer abc",
      `Basic ${btoa(account.sid)}`,
      basic(account.sid, ""),
      basic(account.sid, `${account.authToken}x`),
      basic(account.sid, "x".repeat(100_000)),
      basic(`AC${"0".repeat(32)}`, account.authToken),
      basic(`SK${"0".repeat(32)}`, account.authToken),
      basic("ann", "x"),
      basic("' or 1=1 --\0", "x"),
      `${account.authorization}, ${account.authorization}`,
    ]) {
      answers.push(await ask(header));
    }
    const refusal = {
      code: 20003,
      message: "Authenticate",
      more_info: `${PUBLIC_URL}/docs/errors/20003`,
      status: 401,
    };
    for (const answer of answers) {
      expect(answer).toEqual({ status: 401, challenge: null, body: JSON.stringify(refusal) });
    }
  });

  it("are accepted with the SID in upper case, and the scheme in any", async () => {
    const sid = `AC${account.sid.slice(2).toUpperCase()}`;
    expect((await ask(basic(sid, account.authToken))).status).toBe(200);
    expect((await ask(account.authorization.replace("Basic", "bAsIc"))).status).toBe(200);
  });

  it("are looked up once in 30 seconds, and a wrong secret in between changes nothing", async () => {
    let now = Date.now();
    let lookups = 0;
    const { db } = app.deps;
    const counted = await createTestApp({
      clock: () => now,
      db: {
        ...db,
        execute(statement, parameters) {
          if (statement.name === "accountSecret") lookups++;
          return db.execute(statement, parameters);
        },
      },
    });
    const caller = await counted.account();
    expect((await ask(caller.authorization, counted)).status).toBe(200);
    expect((await ask(caller.authorization, counted)).status).toBe(200);
    expect(lookups).toBe(1);
    expect((await ask(basic(caller.sid, "wrong"), counted)).status).toBe(401);
    expect((await ask(caller.authorization, counted)).status).toBe(200);
    expect(lookups).toBe(2);
    now += 30_000;
    expect((await ask(caller.authorization, counted)).status).toBe(200);
    expect(lookups).toBe(3);
  });

  it("are not forgotten, and not refused, because the database was away", async () => {
    let away = true;
    const { db } = app.deps;
    const shaky = await createTestApp({
      db: {
        ...db,
        execute: (statement, parameters) =>
          away ? Promise.reject(new ApiError("UNAVAILABLE")) : db.execute(statement, parameters),
      },
    });
    const caller = await shaky.account();
    expect((await ask(caller.authorization, shaky)).status).toBe(503);
    away = false;
    expect((await ask(caller.authorization, shaky)).status).toBe(200);
  });
});
