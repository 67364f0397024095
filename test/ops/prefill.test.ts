import { type IncomingHttpHeaders, request } from "node:http";
import { describe, expect, it } from "vitest";
import { ACCOUNT, ACCOUNT_ENV, basic, type Server } from "../setup/processes.ts";
import { useProcesses } from "./processes.ts";

const { temporaryDirectory, startServer } = useProcesses();

/** The page of GraphiQL, and whether it holds the account's credentials. */
function open({ port }: Server, headers: IncomingHttpHeaders): Promise<boolean> {
  return new Promise((opened, failed) => {
    const options = {
      port,
      host: "127.0.0.1",
      path: "/graphql",
      headers: { accept: "text/html", connection: "keep-alive", ...headers },
    };
    request(options, async (response) => {
      let html = "";
      for await (const text of response.setEncoding("utf8")) html += text;
      expect(response.statusCode).toBe(200);
      expect(html).toContain("GraphiQL");
      opened(html.includes(basic(ACCOUNT.sid, ACCOUNT.authToken)) || html.includes(ACCOUNT.authToken));
    })
      .on("error", failed)
      .end();
  });
}

describe("GraphiQL's credentials", () => {
  it("are filled in for a browser on this machine, and for no proxy on it that uses our own name", async () => {
    const server = await startServer({ PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV });
    const host = `127.0.0.1:${server.port}`;
    expect(await open(server, { host })).toBe(true);
    expect(await open(server, { host: `localhost:${server.port}` })).toBe(true);
    for (const tell of [
      { forwarded: "for=203.0.113.7" },
      { "x-forwarded-for": "203.0.113.7" },
      { "x-forwarded-host": "parley.example.com" },
      { "x-forwarded-proto": "https" },
      { "x-real-ip": "203.0.113.7" },
      { via: "1.1 proxy" },
      { origin: "http://localhost:9999" },
      // All that nginx says of itself where nothing but proxy_pass is set.
      { connection: "close" },
    ]) {
      expect([tell, await open(server, { host, ...tell })]).toEqual([tell, false]);
    }
  });

  it("are filled in nowhere once the server has a public name", async () => {
    const server = await startServer({
      PARLEY_DATA_DIR: await temporaryDirectory(),
      PARLEY_PUBLIC_URL: "https://parley.example.com",
      ...ACCOUNT_ENV,
    });
    expect(await open(server, { host: `127.0.0.1:${server.port}` })).toBe(false);
  });
});
