import { readdir, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ACCOUNT, ACCOUNT_ENV, basic, eventually, freePort, type Server } from "../setup/processes.ts";
import { useProcesses } from "./processes.ts";

const { temporaryDirectory, execute, startServer } = useProcesses();

const form = (fields: Record<string, string>): RequestInit => ({
  method: "POST",
  headers: { authorization: basic(ACCOUNT.sid, ACCOUNT.authToken) },
  body: new URLSearchParams(fields),
});

async function pageOf(server: Server, path: string) {
  return (await (await server.fetch(path)).json()) as { conversations: { unique_name: string }[] };
}

function ask(port: number, agent: Agent, writes: boolean) {
  return new Promise<{ status: number; connection: string | undefined }>((answered, failed) => {
    const options = {
      port,
      agent,
      host: "127.0.0.1",
      path: writes ? "/v1/Conversations" : "/healthz",
      method: writes ? "POST" : "GET",
      auth: `${ACCOUNT.sid}:${ACCOUNT.authToken}`,
      headers: writes ? { "content-type": "application/x-www-form-urlencoded", "content-length": 0 } : {},
    };
    request(options, (response) => {
      const { statusCode: status = 0, headers } = response;
      response.on("error", failed).on("end", () => answered({ status, connection: headers.connection }));
      response.resume();
    })
      .on("error", failed)
      .end();
  });
}

describe("the embedded server", () => {
  it("has lost nothing that it acknowledged, when it is killed in the middle of writing", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV };
    const first = await startServer(env);
    const acknowledged: string[] = [];
    const write = async (writer: number) => {
      for (let at = 0; ; at++) {
        const name = `w${writer}-${at}`;
        const response = await first.fetch("/v1/Conversations", form({ UniqueName: name }));
        if (response.status === 201) acknowledged.push(name);
      }
    };
    const writers = Array.from({ length: 8 }, (_, writer) => write(writer).catch(() => {}));
    while (acknowledged.length < 150) await sleep(5);
    first.child.kill("SIGKILL");
    await Promise.all([first.exit, ...writers]);

    const second = await startServer(env);
    const { conversations } = await pageOf(second, "/v1/Conversations?PageSize=1000");
    const kept = new Set(conversations.map((conversation) => conversation.unique_name));
    expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
  });

  it("makes an account at its first start, prints the token once, and logs it never", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory(), PARLEY_DEMO: "true" };
    const first = await startServer(env);
    const [, sid = ""] = await first.printed(/Account SID +(AC[0-9a-f]{32})/);
    const [, authToken = ""] = await first.printed(/Auth token +([0-9a-f]{32})/);
    const headers = { authorization: basic(sid, authToken) };
    const path = "/v1/ParticipantConversations?Address=%2B15558675310";
    const answer = await first.fetch(path, { headers });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { conversations: unknown[] }).conversations.length).toBeGreaterThan(0);
    first.child.kill("SIGTERM");
    const { stdout, code } = await first.exit;
    expect(code).toBe(0);
    expect(stdout.split(authToken)).toHaveLength(2);
    for (const secret of ["15558675310", headers.authorization.slice(6), "Address"]) {
      expect(stdout.split("\n").filter((line) => line.startsWith("{") && line.includes(secret))).toEqual([]);
    }

    const second = await startServer(env);
    expect((await second.fetch(path, { headers })).status).toBe(200);
    second.child.kill("SIGTERM");
    expect((await second.exit).stdout).not.toContain(authToken);
  });

  it("fills in demo data as long as its account has no conversation, and says what it did", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV };
    const names = async (demo: boolean, told: RegExp | null) => {
      const server = await startServer(demo ? { ...env, PARLEY_DEMO: "true" } : env);
      const { conversations } = await pageOf(server, "/v1/Conversations");
      server.child.kill("SIGTERM");
      const { stdout } = await server.exit;
      if (told) expect(stdout).toMatch(told);
      else expect(stdout).not.toMatch(/Demo/);
      return conversations.map((conversation) => conversation.unique_name);
    };
    // As after a start that ended between the account and its demo data.
    expect(await names(false, null)).toEqual([]);
    const filled = await names(true, /Demo +a few conversations were filled in/);
    expect(filled).toContain("order-1001");
    expect(await names(true, /Demo +nothing was filled in/)).toEqual(filled);
  });

  it("refuses a directory that another server holds, and names it", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV };
    const owner = await startServer(env);
    const { exit } = await execute(["dist/main.js"], { ...env, PORT: String(await freePort()) });
    const { code, stderr } = await exit;
    expect(code).toBe(1);
    expect(stderr).toContain(env.PARLEY_DATA_DIR);
    expect((await owner.fetch("/readyz")).status).toBe(200);
  });

  it("takes over a token that changed in the environment", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV };
    const first = await startServer(env);
    expect((await first.fetch("/v1/Users")).status).toBe(200);
    first.child.kill("SIGTERM");
    await first.exit;
    const account = { sid: ACCOUNT.sid, authToken: "anothertokenofthisaccount" };
    const second = await startServer({ ...env, PARLEY_AUTH_TOKEN: account.authToken }, account);
    expect((await second.fetch("/v1/Users")).status).toBe(200);
    expect((await second.fetch("/v1/Users", form({ Identity: "ann" }))).status).toBe(401);
  });
});

describe("a signal", () => {
  it("lets a request under way finish, then ends the process with 0 although a connection is kept alive", async () => {
    const server = await startServer({ PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV });
    await server.fetch("/healthz");
    const idle = connect(server.port, "127.0.0.1").on("error", () => {});
    const slow = connect(server.port, "127.0.0.1").setEncoding("utf8");
    let heard = "";
    slow.on("data", (text) => {
      heard += text;
    });
    slow.write(
      `POST /v1/Users HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${basic(ACCOUNT.sid, ACCOUNT.authToken)}\r\n` +
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n",
    );
    await eventually(async () => heard.includes("100 Continue"));
    slow.write("Identity");
    const signalled = Date.now();
    server.child.kill("SIGTERM");
    await server.printed(/stopping/);
    expect((await server.fetch("/healthz")).headers.get("connection")).toBe("close");
    await expect(ask(server.port, new Agent(), false)).rejects.toThrow("ECONNREFUSED");
    slow.write("=ann");
    const { code } = await server.exit;
    expect(heard).toContain("HTTP/1.1 201");
    expect(code).toBe(0);
    // Nobody waited for the idle connection, which would have had 8 seconds.
    expect(Date.now() - signalled).toBeLessThan(8_000);
    idle.destroy();
  });

  it("fails no request of 24 clients that keep their connections busy, and loses no write", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV };
    const server = await startServer(env);
    let acknowledged = 0;
    const failures: unknown[] = [];
    /** Asks over one connection until it is told that it closes. */
    const client = async (writes: boolean) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      try {
        for (let kept = true; kept; ) {
          const answer = await ask(server.port, agent, writes);
          if (answer.status === 201) acknowledged++;
          if (answer.status >= 400) failures.push(answer.status);
          kept = answer.connection === "keep-alive";
        }
      } catch (error) {
        failures.push(error);
      } finally {
        agent.destroy();
      }
    };
    const clients = Array.from({ length: 24 }, (_, at) => client(at % 2 === 0));
    while (acknowledged < 100) await sleep(5);
    const signalled = Date.now();
    server.child.kill("SIGTERM");
    await Promise.all(clients);
    expect((await server.exit).code).toBe(0);
    expect(Date.now() - signalled).toBeLessThan(10_000);
    expect(failures).toEqual([]);

    const second = await startServer(env);
    const { conversations } = await pageOf(second, "/v1/Conversations?PageSize=1000");
    expect(conversations).toHaveLength(acknowledged);
  });

  it("ends within 10 seconds although a client never finishes its request", async () => {
    const server = await startServer({ PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV });
    const stuck = connect(server.port, "127.0.0.1").on("error", () => {});
    stuck.write(
      `POST /v1/Users HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${basic(ACCOUNT.sid, ACCOUNT.authToken)}\r\n` +
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\n",
    );
    await sleep(200);
    const signalled = Date.now();
    server.child.kill("SIGINT");
    expect((await server.exit).code).toBe(0);
    expect(Date.now() - signalled).toBeLessThan(10_000);
  });

  it("ends a start in its middle with 0, and leaves a directory that starts again", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV };
    const starting = await execute(["dist/main.js"], { ...env, PORT: String(await freePort()) });
    await eventually(async () => (await readdir(env.PARLEY_DATA_DIR)).some((name) => name.endsWith(".sock")));
    starting.child.kill("SIGTERM");
    expect((await starting.exit).code).toBe(0);
    const server = await startServer(env);
    expect((await server.fetch("/readyz")).status).toBe(200);
  });
});

describe("a start that can't be", () => {
  it("names every fault of the configuration and exits with 1", async () => {
    const { exit } = await execute(["dist/main.js"], { PORT: "x", PARLEY_AUTH_TOKEN: "a".repeat(20) });
    const { code, stderr } = await exit;
    expect(code).toBe(1);
    expect(stderr).toMatch(/PORT must be[\s\S]*PARLEY_ACCOUNT_SID is required/);
  });

  it.each([
    ["a file", "", "is no directory"],
    ["below a file", "data", "is no directory"],
    ["where nothing can be made", "/proc/parley", "can't be made"],
  ])("says that the data directory is %s and exits with 1", async (_, below, reason) => {
    const file = join(await temporaryDirectory(), "file");
    await writeFile(file, "");
    const path = resolve(file, below);
    const culprit = `${path.startsWith(file) ? file : path} ${reason}`;
    for (const args of [["dist/main.js"], ["dist/cli.js", "account", "list"]]) {
      const { code, stdout, stderr } = await (await execute(args, { PARLEY_DATA_DIR: path })).exit;
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr.replace("Parley could not start: ", "")).toBe(
        `The data directory ${path} can't be used: ${culprit}. Set PARLEY_DATA_DIR to another directory\n`,
      );
    }
  });

  it("says that the secret key is another one and exits with 1", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory() };
    const made = await (await execute(["dist/cli.js", "account", "create"], env)).exit;
    expect(made.code).toBe(0);
    const other = { ...env, PARLEY_SECRET_KEY: Buffer.alloc(32, 2).toString("base64") };
    // An account of the environment's would else be made beside the one that nobody can open.
    for (const account of [{}, ACCOUNT_ENV]) {
      const { code, stderr } = await (await execute(["dist/main.js"], { ...other, ...account })).exit;
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^.*was PARLEY_SECRET_KEY another one.*\n$/)]);
    }
  });

  it("says that the port is taken and exits with 1", async () => {
    const owner = await startServer({ PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV });
    const other = { PARLEY_DATA_DIR: await temporaryDirectory(), PORT: String(owner.port) };
    const { code, stderr } = await (await execute(["dist/main.js"], other)).exit;
    expect(code).toBe(1);
    expect(stderr).toContain(`127.0.0.1:${owner.port} is taken`);
  });
});
