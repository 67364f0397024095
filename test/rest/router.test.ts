import { beforeAll, describe, expect, it } from "vitest";
import { PUBLIC_URL } from "../setup/app.ts";
import { openRest, type RestClient } from "./client.ts";

let rest: RestClient;
beforeAll(async () => {
  rest = await openRest();
});

const CONVERSATION = `CH${"0".repeat(32)}`;

describe("unknown path", () => {
  it.each(["/v1/Nonsense", "/v1/Conversations/x/Messages", "/v1/Credentials", "/v1/Services/x/Services"])(
    "404 20404 for %s, named without its version",
    async (path) => {
      const { status, headers, body } = await rest.get(path);
      expect(status).toBe(404);
      expect(headers.get("x-twilio-error-code")).toBe("20404");
      expect(body).toEqual({
        code: 20404,
        message: `The requested resource ${path.slice(3)} was not found`,
        more_info: `${PUBLIC_URL}/docs/errors/20404`,
        status: 404,
      });
    },
  );
});

describe("what is not there", () => {
  it.each([
    `/v1/Conversations/${CONVERSATION}`,
    `/v1/Conversations/${CONVERSATION}/Participants`,
    `/v1/Users/nobody`,
    `/v1/Users/nobody/Conversations/${CONVERSATION}`,
    `/v1/Services/IS${"0".repeat(32)}`,
    `/v1/Services/IS${"0".repeat(32)}/Users`,
    "/v1/Services/nonsense/Conversations",
  ])("404 20404 for %s", async (path) => {
    const { status, body } = await rest.get(path);
    expect([status, body.code, body.message]).toEqual([
      404,
      20404,
      `The requested resource ${path.slice(3)} was not found`,
    ]);
  });
});

describe("method", () => {
  it.each([
    ["PUT", "/v1/Users", "POST, GET, HEAD, OPTIONS"],
    ["DELETE", "/v1/Users", "POST, GET, HEAD, OPTIONS"],
    ["PATCH", "/v1/Services/x/Users/y", "GET, POST, DELETE, HEAD, OPTIONS"],
    ["POST", "/v1/ParticipantConversations", "GET, HEAD, OPTIONS"],
    ["POST", "/v1/Services/x", "GET, DELETE, HEAD, OPTIONS"],
    ["POST", "/docs", "GET, HEAD"],
    ["POST", "/openapi.json", "GET, HEAD"],
  ])("405 20004 for %s %s, with those allowed", async (method, path, allow) => {
    const { status, headers, body } = await rest.send(method, path);
    expect([status, body.code, headers.get("allow")]).toEqual([405, 20004, allow]);
  });

  it("answers HEAD like GET, without the body", async () => {
    const { status, headers, body } = await rest.send("HEAD", "/v1/Users");
    expect([status, headers.get("content-type"), body]).toEqual([200, "application/json", null]);
    expect((await rest.send("HEAD", "/v1/Users/nobody")).status).toBe(404);
  });

  it("answers OPTIONS with the methods allowed", async () => {
    const { status, headers } = await rest.send("OPTIONS", "/v1/Users");
    expect([status, headers.get("allow")]).toEqual([204, "POST, GET, HEAD, OPTIONS"]);
  });
});

describe("credentials", () => {
  it.each([
    ["GET", "/v1/Users"],
    ["GET", "/v1/Nonsense"],
    ["PUT", "/v1/Users"],
    ["POST", "/v1/Users?PageSize=%zz"],
  ])("401 20003 without them, before anything else of %s %s is judged", async (method, path) => {
    const { status, headers, body } = await rest.send(method, path, {
      headers: { authorization: "Basic eDp5" },
    });
    expect([status, body.code]).toEqual([401, 20003]);
    expect(headers.get("www-authenticate")).toBeNull();
  });
});

describe("X-Twilio-Webhook-Enabled", () => {
  it.each(["true", "True", "FALSE", "false"])("201 with %s", async (value) => {
    expect((await rest.post("/v1/Conversations", {}, { "x-twilio-webhook-enabled": value })).status).toBe(
      201,
    );
  });

  it.each(["yes", "1", ""])("400 20001 with '%s'", async (value) => {
    const { status, body } = await rest.post("/v1/Conversations", {}, { "x-twilio-webhook-enabled": value });
    expect([status, body.code]).toEqual([400, 20001]);
  });
});
