import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer as Heard } from "../setup/clients.ts";
import { ACCOUNT, ACCOUNT_ENV, type Environment, eventually, freePort } from "../setup/processes.ts";
import { useProcesses } from "./processes.ts";

const server = process.env.TEST_DATABASE_URL;
const { execute } = useProcesses();

interface Answer extends Pick<Heard, "status" | "body"> {
  readonly requestId: string;
  readonly isKept: boolean;
}

/** As the account; over a connection of its own unless `agent` keeps one. */
function ask(
  port: number,
  path: string,
  form?: Record<string, string>,
  agent: Agent | false = false,
  key?: string,
) {
  return new Promise<Answer>((answered, failed) => {
    const headers = {
      ...(form && { "content-type": "application/x-www-form-urlencoded" }),
      ...(key && { "idempotency-key": key }),
    };
    const auth = `${ACCOUNT.sid}:${ACCOUNT.authToken}`;
    request(
      { port, host: "127.0.0.1", path, method: form ? "POST" : "GET", auth, agent, headers },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part) => {
          text += part;
        });
        response.on("error", failed).on("end", () =>
          answered({
            status: response.statusCode!,
            requestId: String(response.headers["twilio-request-id"]),
            isKept: response.headers.connection === "keep-alive",
            body: JSON.parse(text),
          }),
        );
      },
    )
      .on("error", failed)
      .end(form && new URLSearchParams(form).toString());
  });
}

describe("a cluster without DATABASE_URL", () => {
  it("is refused, with the reason", async () => {
    const { code, stdout, stderr } = await (await execute(["dist/cluster.js"])).exit;
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("DATABASE_URL is required by a cluster");
  });
});

// Its workers share a database, which the embedded one can't be.
describe.skipIf(!server)("a cluster on Postgres (skipped without TEST_DATABASE_URL)", () => {
  const name = `parley_ops_${randomBytes(6).toString("hex")}`;
  let admin: postgres.Sql;
  let env: Environment;
  beforeAll(async () => {
    admin = postgres(server!, { max: 1, onnotice: () => {} });
    await admin.unsafe(`create database ${name}`);
    const url = new URL(server!);
    url.pathname = `/${name}`;
    const secretKey = Buffer.alloc(32, 1).toString("base64");
    env = {
      ...ACCOUNT_ENV,
      DATABASE_URL: url.href,
      PARLEY_SECRET_KEY: secretKey,
      PARLEY_WORKERS: "2",
      PARLEY_DB_POOL_SIZE: "4",
    };
  });
  afterAll(async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });

  async function startCluster() {
    const port = await freePort();
    const running = await execute(["dist/cluster.js"], { ...env, PORT: String(port) });
    const log = () =>
      running
        .output()
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line));
    const pids = () => log().flatMap(({ msg, pid }) => (msg === "worker ready" ? [pid as number] : []));
    const isUp = async () => pids().length === 2 && (await ask(port, "/v1/Services")).status === 200;
    await eventually(isUp, 100_000);
    return {
      ...running,
      port,
      log,
      pids,
      /** The workers that have answered, as they log it a little later. */
      workersOf: async (answers: readonly Answer[]) => {
        const ids = new Set(answers.map(({ requestId }) => requestId));
        const lines = () => log().filter(({ msg, requestId }) => msg === "request" && ids.has(requestId));
        await eventually(async () => lines().length === ids.size);
        return new Set(lines().map(({ worker }) => worker));
      },
    };
  }

  let shared: Awaited<ReturnType<typeof startCluster>>;
  beforeAll(async () => {
    shared = await startCluster();
  });

  it("goes on at one worker with a page that began at another", async () => {
    const { port, workersOf } = shared;
    for (let i = 0; i < 5; i++) await ask(port, "/v1/Users", { Identity: `page ${i}` });
    const answers: Answer[] = [];
    const identities: string[] = [];
    for (let next = "/v1/Users?PageSize=1"; next; ) {
      const answer = await ask(port, next);
      identities.push(...answer.body.users.map(({ identity }: { identity: string }) => identity));
      answers.push(answer);
      const url = answer.body.meta.next_page_url;
      next = url && new URL(url).pathname + new URL(url).search;
    }
    expect(identities).toEqual([0, 1, 2, 3, 4].map((i) => `page ${i}`));
    expect((await workersOf(answers)).size).toBe(2);
  });

  it("does a write once for 100 repeats at once under its key, whoever they come to", async () => {
    const { port, workersOf } = shared;
    const form = { Identity: "once" };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => ask(port, "/v1/Users", form, false, "once")),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.sid)).size).toBe(1);
    expect((await workersOf(answers)).size).toBe(2);
  });

  it("tells the metrics of all workers, whichever is asked", async () => {
    const { port, workersOf } = shared;
    const answers: Answer[] = [];
    for (let i = 0; i < 6; i++) answers.push(await ask(port, "/v1/Roles"));
    expect((await workersOf(answers)).size).toBe(2);
    for (let i = 0; i < 4; i++) {
      const text = await (
        await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: "close" } })
      ).text();
      const counts = [...text.matchAll(/^parley_http_requests_total\{.*Roles".* (\d+)$/gm)].map(
        ([, count]) => count,
      );
      expect(counts).toEqual(["6"]);
      expect(text).not.toMatch(/ (null|undefined)$/m);
    }
  });

  /** Writes over new and kept connections, by turns, until `isOver` or the server says that it closes. */
  async function load(port: number, clients: number, isOver: () => boolean) {
    const run = randomBytes(4).toString("hex");
    const done: string[] = [];
    const failures: unknown[] = [];
    /** On connections of their own that were reset: who closes a port resets what has come and was not accepted yet. */
    const reset: string[] = [];
    const client = async (which: number) => {
      const agent = which % 2 === 0 && new Agent({ keepAlive: true, maxSockets: 1 });
      for (let at = 0; !isOver(); at++) {
        const Identity = `${run} ${which} ${at}`;
        try {
          const { status, isKept } = await ask(port, "/v1/Users", { Identity }, agent);
          if (status !== 201) failures.push(status);
          else done.push(Identity);
          if (agent && !isKept) break;
        } catch (error) {
          // Nobody listens any more: the request was never under way.
          const { code } = error as NodeJS.ErrnoException;
          if (code === "ECONNREFUSED") break;
          if (code === "ECONNRESET" && !agent) reset.push(Identity);
          else failures.push(code);
        }
      }
      if (agent) agent.destroy();
    };
    await Promise.all(Array.from({ length: clients }, (_, which) => client(which)));
    return { done, failures, reset };
  }

  const present = async (identities: string[]) => {
    const sql = postgres(env.DATABASE_URL!, { max: 1 });
    const [row] = await sql`select count(*)::int from users where identity = any(${identities})`;
    await sql.end();
    return row!.count;
  };

  it("goes on without a worker that is killed under load, and replaces it", async () => {
    const { port, pids, log } = shared;
    const [victim] = pids();
    let isOver = false;
    const loading = load(port, 8, () => isOver);
    await sleep(500);
    process.kill(victim!, "SIGKILL");
    await eventually(async () => pids().length === 3, 100_000);
    const { status } = await ask(port, "/v1/Services");
    isOver = true;
    const { done, failures, reset } = await loading;
    expect(status).toBe(200);
    // Only what the killed one had: no more than a request of each client.
    expect(failures.length + reset.length).toBeLessThanOrEqual(8);
    expect(failures.filter((failure) => !["ECONNRESET", "EPIPE"].includes(String(failure)))).toEqual([]);
    expect(await present(done)).toBe(done.length);
    expect(log().filter(({ msg }) => msg === "worker ended")).toMatchObject([
      { pid: victim, signal: "SIGKILL" },
    ]);
  });

  it("stops under load without failing a request that it took, and ends with 0 and all of its workers", async () => {
    const { port, child, exit, pids } = shared;
    const loading = load(port, 24, () => false);
    await sleep(1_000);
    const signalled = Date.now();
    // As a terminal or a service manager does: to all of them.
    for (const pid of [child.pid!, ...pids().slice(1)]) process.kill(pid, "SIGTERM");
    const { done, failures, reset } = await loading;
    expect((await exit).code).toBe(0);
    expect(Date.now() - signalled).toBeLessThan(10_000);
    expect(failures).toEqual([]);
    expect(done.length).toBeGreaterThan(24);
    expect(await present(done)).toBe(done.length);
    // It takes in whoever waits before it closes, so that hardly anyone can come between; and that one was never heard.
    expect(reset.length).toBeLessThanOrEqual(1);
    expect(await present(reset)).toBe(0);
    for (const pid of pids()) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("leaves no worker behind when it is killed itself", async () => {
    const { child, pids, exit } = await startCluster();
    child.kill("SIGKILL");
    await exit;
    await eventually(async () => pids().every((pid) => !isAlive(pid)));
  });

  it("exits with 1 where the port is taken, and where the secrets were encrypted with another key", async () => {
    const { port, child, exit } = await startCluster();
    const second = await execute(["dist/cluster.js"], { ...env, PORT: String(port) });
    const taken = await second.exit;
    expect([taken.code, taken.stderr]).toEqual([
      1,
      expect.stringContaining(`${port} is taken by another process`),
    ]);
    child.kill("SIGINT");
    expect((await exit).code).toBe(0);
    const other = { ...env, PORT: String(port), PARLEY_SECRET_KEY: Buffer.alloc(32, 2).toString("base64") };
    const { code, stdout } = await (await execute(["dist/cluster.js"], other)).exit;
    expect(code).toBe(1);
    expect(stdout).toContain("A stored secret does not open");
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
