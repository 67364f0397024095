import { describe, expect, it } from "vitest";
import { openPostgres } from "../../src/db/postgres.ts";
import { createTestApp, PUBLIC_URL } from "../setup/app.ts";
import { POOL } from "../setup/database.ts";

describe("what nobody foresaw", () => {
  it("500 20500 with a fixed text", async () => {
    let time = Date.now();
    const app = await createTestApp({ clock: () => time });
    const { authorization } = await app.account();
    const ask = () => app.fetch(new Request(`${PUBLIC_URL}/v1/Users`, { headers: { authorization } }));
    expect((await ask()).status).toBe(200);
    time = Number.NaN;
    const response = await ask();
    expect(response.headers.get("x-twilio-error-code")).toBe("20500");
    expect([response.status, await response.json()]).toEqual([
      500,
      {
        code: 20500,
        message: "An internal server error has occurred",
        more_info: "https://www.twilio.com/docs/errors/20500",
        status: 500,
      },
    ]);
  });
});

describe("a database that is away", () => {
  it("503 20503 with Retry-After, within 5 seconds", async () => {
    const db = openPostgres({ ...POOL, url: "postgres://nobody@127.0.0.1:1/nothing" });
    const app = await createTestApp({ db });
    const headers = { authorization: `Basic ${btoa(`AC${"0".repeat(32)}:secret`)}` };
    const started = performance.now();
    const response = await app.fetch(new Request(`${PUBLIC_URL}/v1/Users`, { headers }));
    expect(performance.now() - started).toBeLessThan(5000);
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(((await response.json()) as { code: number }).code).toBe(20503);
    await db.close();
  });
});
