import { beforeAll, describe, expect, it } from "vitest";
import { openPostgres } from "../../src/db/postgres.ts";
import { createTestApp, PUBLIC_URL } from "../setup/app.ts";
import { POOL } from "../setup/database.ts";
import { native, newAccount, type Seed } from "../setup/seed.ts";

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
        more_info: `${PUBLIC_URL}/docs/errors/20500`,
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

describe("a message", () => {
  let seed: Seed;
  beforeAll(async () => {
    seed = await newAccount();
  });

  it("keeps Twilio's wording in front, with the SID that is in the way behind it", async () => {
    const { sid } = await seed.conversation({ UniqueName: "taken" });
    expect((await seed.rest.post("/v1/Conversations", { UniqueName: "taken" })).body).toMatchObject({
      message: `Conversation with provided unique name already exists: ${sid}`,
      details: { parameter: "UniqueName", conflicting_sid: sid },
    });
    const participants = `/v1/Conversations/${sid}/Participants`;
    const { body: member } = await seed.rest.post(participants, native("+15558675310"));
    expect((await seed.rest.post(participants, native("+15558675310"))).body).toMatchObject({
      message: `Group Participant already exists: ${member.sid}`,
      details: { parameter: "MessagingBinding.Address", conflicting_sid: member.sid },
    });
  });

  it.each([
    ["Invalid PageSize.", "PageSize", "/v1/Users?PageSize=0"],
    ["Invalid date-time 'soon': StartDate", "StartDate", "/v1/Conversations?StartDate=soon"],
    [
      "EndDate must be after StartDate",
      "EndDate",
      "/v1/Conversations?StartDate=2026-01-02T00:00:00Z&EndDate=2026-01-01T00:00:00Z",
    ],
    ["Parameter State given more than once", "State", "/v1/Conversations?State=active&State=closed"],
  ])("%s names its parameter", async (message, parameter, path) => {
    expect((await seed.rest.get(path)).body).toMatchObject({ message, details: { parameter } });
  });

  it("names it as the form does", async () => {
    const { body } = await seed.rest.post("/v1/Conversations", { "Bindings.Email.Address": "ann" });
    expect(body).toMatchObject({
      code: 20001,
      message: "Invalid email address: Bindings.Email.Address",
      details: { parameter: "Bindings.Email.Address" },
    });
  });

  it("stands alone where neither a parameter nor an object is to blame", async () => {
    const missing = await seed.rest.get(`/v1/Conversations/CH${"0".repeat(32)}`);
    expect(Object.keys(missing.body)).toEqual(["code", "message", "more_info", "status"]);
  });
});
