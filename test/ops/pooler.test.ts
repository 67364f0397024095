import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPgbouncer, keepsPrepared, startPgbouncer } from "../setup/pgbouncer.ts";
import { ACCOUNT, ACCOUNT_ENV, type Environment, eventually, freePort } from "../setup/processes.ts";
import { useProcesses } from "./processes.ts";

const server = process.env.TEST_DATABASE_URL;
const { startServer } = useProcesses();

const why = hasPgbouncer
  ? "without TEST_DATABASE_URL"
  : "no pgbouncer on this machine: apt-get install pgbouncer";

describe.skipIf(!server || !hasPgbouncer)(
  `a server behind PgBouncer in transaction mode (skipped ${why})`,
  () => {
    const name = `parley_pooled_${randomBytes(6).toString("hex")}`;
    let admin: postgres.Sql;
    let pgbouncer: Awaited<ReturnType<typeof startPgbouncer>>;
    let env: Environment;
    beforeAll(async () => {
      admin = postgres(server!, { max: 1, onnotice: () => {} });
      await admin.unsafe(`create database ${name}`);
      const database = new URL(server!);
      database.pathname = `/${name}`;
      pgbouncer = await startPgbouncer(database, await freePort());
      env = {
        ...ACCOUNT_ENV,
        DATABASE_URL: pgbouncer.urlOf(database).href,
        PARLEY_SECRET_KEY: Buffer.alloc(32, 1).toString("base64"),
        PARLEY_DB_POOLER: "true",
      };
    });
    afterAll(async () => {
      await pgbouncer.stop();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    });

    it("says which setting it needs where it was not told of the pooler", async () => {
      const { PARLEY_DB_POOLER, ...untold } = env;
      const parley = await startServer(untold);
      await parley.printed(/DATABASE_URL leads to a pooler: set PARLEY_DB_POOLER=true/);
      expect((await parley.fetch("/readyz")).status).toBe(503);
    });

    it("says what to run until the role's sessions are as they have to be, and four instances come up then", async () => {
      const instances = await Promise.all(Array.from({ length: 4 }, () => startServer(env)));
      const commands = await Promise.all(
        instances.map(async (instance) => {
          const [, text] = await instance.printed(/have the pooler reconnect: (ALTER ROLE .*?;)"/);
          return text!;
        }),
      );
      expect((await instances[0]!.fetch("/readyz")).status).toBe(503);
      expect(new Set(commands).size).toBe(1);
      expect(commands[0]!.match(/SET (\w+)/g)).toEqual(
        expect.arrayContaining(["SET statement_timeout", "SET idle_in_transaction_session_timeout"]),
      );
      await admin.unsafe(commands[0]!);
      for (const instance of instances) {
        await eventually(async () => (await instance.fetch("/readyz")).status === 200);
      }
    });

    it.each([
      { prepared: "unnamed", PARLEY_DB_PREPARE: "false" },
      ...(keepsPrepared ? [{ prepared: "named", PARLEY_DB_PREPARE: "true" }] : []),
    ])(
      "fails none of 624 requests from 12 clients, most of them transactions, with $prepared statements",
      async ({ PARLEY_DB_PREPARE }) => {
        const parley = await startServer({ ...env, PARLEY_DB_PREPARE, PARLEY_DB_POOL_SIZE: "12" });
        await eventually(async () => (await parley.fetch("/readyz")).status === 200);
        const headers = { authorization: `Basic ${btoa(`${ACCOUNT.sid}:${ACCOUNT.authToken}`)}` };
        const ask = async (path: string, form?: Record<string, string>) => {
          const init = form && { method: "POST", body: new URLSearchParams(form) };
          const answer = await parley.fetch(path, { ...init, headers });
          return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
        };
        const client = async (each: number) => {
          const made = await ask("/v1/Conversations", { FriendlyName: `Trip ${each}` });
          const path = `/v1/Conversations/${made.body.sid}`;
          const statuses = [made.status];
          for (let step = 0; step < 25; step++) {
            const added = await ask(`${path}/Participants`, { Identity: `ann-${step}` });
            const said = await ask(`${path}/Messages`, { Author: `ann-${step}`, Body: "Hi" });
            statuses.push(added.status, said.status);
          }
          const { body } = await ask(`${path}/Messages?PageSize=50`);
          return { statuses, indexes: (body.messages as { index: number }[]).map(({ index }) => index) };
        };
        for (const { statuses, indexes } of await Promise.all(
          Array.from({ length: 12 }, (_, i) => client(i)),
        )) {
          expect(statuses).toEqual(Array(51).fill(201));
          expect(indexes).toEqual([...Array(25).keys()]);
        }
      },
    );
  },
);
