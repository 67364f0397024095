import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import {
  ACCOUNT,
  ACCOUNT_ENV,
  basic,
  type Environment,
  eventually,
  type Server,
} from "../setup/processes.ts";
import { useProcesses } from "./processes.ts";

const server = process.env.TEST_DATABASE_URL;
const { temporaryDirectory, startServer } = useProcesses();
const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

async function embedded(): Promise<Environment> {
  return { ...ACCOUNT_ENV, PARLEY_DATA_DIR: await temporaryDirectory() };
}

async function onPostgres(): Promise<Environment> {
  const admin = postgres(server!, { max: 1, onnotice: () => {} });
  const name = `parley_ops_${randomBytes(6).toString("hex")}`;
  await admin.unsafe(`create database ${name}`);
  undo.push(async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  const url = new URL(server!);
  url.pathname = `/${name}`;
  const secretKey = Buffer.alloc(32, 1).toString("base64");
  return { ...ACCOUNT_ENV, DATABASE_URL: url.href, PARLEY_SECRET_KEY: secretKey };
}

const authorization = basic(ACCOUNT.sid, ACCOUNT.authToken);

async function startReady(env: Environment): Promise<Server> {
  const started = await startServer(env);
  await eventually(async () => (await started.fetch("/readyz")).ok);
  return started;
}

/** Makes a conversation that is named after the key. */
async function create(to: Server, key: string) {
  const response = await to.fetch("/v1/Conversations", {
    method: "POST",
    headers: { authorization, "Idempotency-Key": key },
    body: new URLSearchParams({ FriendlyName: key }),
  });
  return {
    status: response.status,
    text: await response.text(),
    replayed: response.headers.get("Idempotent-Replayed"),
  };
}

async function namesOf(at: Server): Promise<string[]> {
  const { conversations } = (await (await at.fetch("/v1/Conversations?PageSize=1000")).json()) as {
    conversations: { friendly_name: string }[];
  };
  return conversations.map((conversation) => conversation.friendly_name).sort();
}

const databases = [
  ["embedded", embedded],
  ["Postgres", onPostgres],
] as const;

describe.each(databases)("a server on %s that is killed", (name, environment) => {
  const test = it.skipIf(name === "Postgres" && !server);

  test("right after its answer gives the same one again once it is back", async () => {
    const env = await environment();
    const first = await startReady(env);
    const answer = await create(first, "once");
    first.child.kill("SIGKILL");
    expect([answer.status, answer.replayed]).toEqual([201, null]);
    await first.exit;

    const second = await startReady(env);
    expect(await create(second, "once")).toEqual({ ...answer, replayed: "true" });
    expect(await namesOf(second)).toEqual(["once"]);
  });

  test("in the midst of requests has done and stored each of them, or neither", async () => {
    const env = await environment();
    const first = await startReady(env);
    const sent: string[] = [];
    const answered = new Map<string, string>();
    const write = async (writer: number) => {
      for (let at = 0; ; at++) {
        const key = `w${writer}-${at}`;
        sent.push(key);
        const { status, text } = await create(first, key);
        if (status === 201) answered.set(key, text);
      }
    };
    const writers = Array.from({ length: 8 }, (_, writer) => write(writer).catch(() => {}));
    while (answered.size < 100) await sleep(5);
    first.child.kill("SIGKILL");
    await Promise.all([first.exit, ...writers]);
    expect(sent.length).toBeGreaterThan(answered.size);

    const second = await startReady(env);
    const done = new Set(await namesOf(second));
    for (const key of sent) {
      const { status, text, replayed } = await create(second, key);
      expect(status).toBe(201);
      expect(replayed).toBe(done.has(key) ? "true" : null);
      if (answered.has(key)) expect([text, replayed]).toEqual([answered.get(key), "true"]);
    }
    expect(await namesOf(second)).toEqual([...sent].sort());
  });
});
