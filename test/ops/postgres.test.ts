import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layLine } from "../setup/line.ts";
import { ACCOUNT, ACCOUNT_ENV, basic, type Environment, eventually } from "../setup/processes.ts";
import { useProcesses } from "./processes.ts";

const server = process.env.TEST_DATABASE_URL;
const { execute, startServer } = useProcesses();

async function timed<T>(work: Promise<T>): Promise<{ result: T; ms: number }> {
  const started = performance.now();
  return { result: await work, ms: performance.now() - started };
}

// Needs a server that may make databases; the embedded database can't be away.
describe.skipIf(!server)("a server on Postgres (skipped without TEST_DATABASE_URL)", () => {
  const undo: (() => Promise<unknown>)[] = [];
  let admin: postgres.Sql;
  beforeAll(() => {
    admin = postgres(server!, { max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
    await admin.end();
  });

  async function newDatabase(): Promise<URL> {
    const name = `parley_ops_${randomBytes(6).toString("hex")}`;
    await admin.unsafe(`create database ${name}`);
    undo.push(() => admin.unsafe(`drop database ${name} with (force)`));
    const url = new URL(server!);
    url.pathname = `/${name}`;
    return url;
  }

  const environment = (url: URL): Environment => ({
    ...ACCOUNT_ENV,
    DATABASE_URL: url.href,
    PARLEY_SECRET_KEY: Buffer.alloc(32, 1).toString("base64"),
    PARLEY_DB_STATEMENT_TIMEOUT_MS: "1000",
    PARLEY_DB_CONNECT_TIMEOUT_MS: "1000",
  });

  async function behindLine() {
    const target = await newDatabase();
    const line = await layLine(target);
    undo.push(async () => line.cut());
    const url = new URL(target);
    url.hostname = "127.0.0.1";
    url.port = String(line.port);
    return { line, env: environment(url) };
  }

  it("stays up while the database is away at its start, answers coded 503s, and comes up by itself", async () => {
    const { line, env } = await behindLine();
    const parley = await startServer(env);
    expect((await parley.fetch("/healthz")).status).toBe(200);
    for (const path of ["/readyz", "/v1/Conversations"]) {
      const { result, ms } = await timed(parley.fetch(path));
      expect(result.status).toBe(503);
      expect(await result.json()).toMatchObject({ code: 20503, status: 503 });
      expect(ms).toBeLessThan(5_000);
    }
    await line.mend();
    await eventually(async () => (await parley.fetch("/readyz")).status === 200);
    expect((await parley.fetch("/v1/Conversations")).status).toBe(200);
  });

  it.each(["cut", "freeze"] as const)(
    "answers 503 within 5 s after a %s of the line, and recovers",
    async (how) => {
      const { line, env } = await behindLine();
      await line.mend();
      const parley = await startServer(env);
      await eventually(async () => (await parley.fetch("/v1/Conversations")).status === 200);
      line[how]();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => timed(parley.fetch("/v1/Conversations"))),
      );
      // Where the line is frozen, the later ones may already find new connections.
      expect(answers.map(({ result }) => result.status)).toContain(503);
      for (const { result, ms } of answers) {
        expect(how === "cut" ? [503] : [503, 200]).toContain(result.status);
        expect(ms).toBeLessThan(5_000);
      }
      if (how === "cut") {
        const { result, ms } = await timed(parley.fetch("/readyz"));
        expect(result.status).toBe(503);
        expect(ms).toBeLessThan(5_000);
        await line.mend();
      }
      await eventually(async () => (await parley.fetch("/readyz")).status === 200);
      expect((await parley.fetch("/v1/Conversations")).status).toBe(200);
    },
  );

  it("lets four instances start at once on an empty database", async () => {
    const env = environment(await newDatabase());
    const instances = await Promise.all(Array.from({ length: 4 }, () => startServer(env)));
    for (const instance of instances) {
      await eventually(async () => (await instance.fetch("/readyz")).status === 200);
      await eventually(async () => (await instance.fetch("/v1/Conversations")).status === 200);
    }
    const headers = { authorization: basic(ACCOUNT.sid, ACCOUNT.authToken) };
    const services = await (await instances[0]!.fetch("/v1/Services", { headers })).json();
    expect((services as { services: unknown[] }).services).toHaveLength(1);
  });

  it("exits with 1 where the secrets were encrypted with another key, and so does the CLI", async () => {
    const env = environment(await newDatabase());
    const first = await startServer(env);
    await eventually(async () => (await first.fetch("/v1/Conversations")).status === 200);
    first.child.kill("SIGTERM");
    expect((await first.exit).code).toBe(0);
    const { PARLEY_ACCOUNT_SID, PARLEY_AUTH_TOKEN, ...nameless } = env;
    const message = "A stored secret does not open: was PARLEY_SECRET_KEY another one when it was written?";
    for (const one of [env, nameless]) {
      const other = { ...one, PARLEY_SECRET_KEY: Buffer.alloc(32, 2).toString("base64") };
      const { code, stdout, stderr } = await (await startServer(other)).exit;
      expect([code, stderr]).toEqual([1, ""]);
      const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
      const fatal = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 60);
      expect(fatal).toEqual([{ level: 60, time: expect.any(Number), msg: message }]);

      const cli = await execute(["dist/cli.js", "account", "create"], other);
      expect(await cli.exit).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
    }
    const kept = await (await execute(["dist/cli.js", "account", "list", "--json"], env)).exit;
    expect(JSON.parse(kept.stdout)).toHaveLength(1);
  });
});
