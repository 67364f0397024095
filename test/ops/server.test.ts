import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { logTo } from "../../src/log.ts";
import { type HttpServer, startServer } from "../../src/server.ts";
import { createTestApp, PUBLIC_URL } from "../setup/app.ts";

let lines: string[];
let server: HttpServer;
beforeAll(async () => {
  const log = logTo("info", { write: (line) => void lines.push(line) });
  const app = await createTestApp();
  server = await startServer({ app: app.fetch, host: "127.0.0.1", port: 0, publicUrl: PUBLIC_URL, log });
});
afterAll(() => server.stop(0));
beforeEach(() => {
  lines = [];
});

/** Sends the lines as they are, and takes the answer apart once the server has closed the connection. */
async function say(...request: string[]) {
  const socket = connect(server.port, "127.0.0.1").setEncoding("utf8");
  socket.write(`${request.join("\r\n")}\r\n\r\n`);
  let answer = "";
  for await (const text of socket) answer += text;
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  return {
    status: Number(head.split(" ")[1]),
    requestId: /^Twilio-Request-Id: (RQ[0-9a-f]{32})\r?$/im.exec(head)?.[1],
    body: body === "" ? null : JSON.parse(body),
  };
}

describe("a request by hand", () => {
  it("is answered without a Host in HTTP/1.0, which knows none", async () => {
    expect(await say("GET /healthz HTTP/1.0")).toMatchObject({ status: 200, body: { status: "ok" } });
    const list = await say("GET /v1/Conversations HTTP/1.0");
    expect(list).toMatchObject({ status: 401, body: { code: 20003 } });
  });

  it("has no body in what answers HEAD, also where its headers have no end", async () => {
    expect(await say("HEAD / HTTP/1.1", "Host: a", `Zoe: ${"x".repeat(40_000)}`)).toMatchObject({
      status: 431,
      body: null,
    });
  });

  it.each([
    ["no Host in HTTP/1.1", 400, "NO_HOST", ["GET /healthz HTTP/1.1"]],
    [
      "an expectation nobody knows",
      417,
      "UNKNOWN_EXPECTATION",
      ["POST /v1/Users HTTP/1.1", "Host: a", "Expect: zoe", "Content-Length: 1"],
    ],
    ["a method nobody knows", 400, "HPE_INVALID_METHOD", ["ZOE / HTTP/1.1", "Host: a"]],
    [
      "headers without an end",
      431,
      "HPE_HEADER_OVERFLOW",
      ["GET / HTTP/1.1", "Host: a", `Zoe: ${"x".repeat(40_000)}`],
    ],
    [
      "a host that is none",
      400,
      "MALFORMED_TARGET",
      ["GET /zoe HTTP/1.1", "Host: a b/zoe", "Connection: close"],
    ],
  ])("with %s is refused with %i in JSON, and logged as %s", async (_, status, code, request) => {
    const { requestId, ...answer } = await say(...request);
    const more_info = `${PUBLIC_URL}/docs/errors/20001`;
    expect(answer).toMatchObject({ status, body: { code: 20001, more_info, status } });
    expect(requestId).toBeDefined();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ requestId, status, code, msg: "request refused" }),
    ]);
    expect(lines.join("")).not.toMatch(/zoe|xxx/i);
  });
});
