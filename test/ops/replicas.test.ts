import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { CONSISTENCY, onReplicas } from "../../src/consistency.ts";
import type { Database } from "../../src/db/client.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { createReplicas } from "../../src/db/replicas.ts";
import { sdkOf } from "../contract/sdk/client.ts";
import { scrape } from "../observe/scrape.ts";
import { createTestApp, PUBLIC_URL, SECRET_KEY, type TestAccount, type TestApp } from "../setup/app.ts";
import { restClient } from "../setup/clients.ts";
import { POOL } from "../setup/database.ts";
import { layLine } from "../setup/line.ts";
import { eventually, freePort } from "../setup/processes.ts";
import { type PostgresServer, postgresPrograms, startReplication } from "../setup/standby.ts";

const why = postgresPrograms ? "without TEST_DATABASE_URL" : "no Postgres programs on this machine";
const QUERY = "query Names($sid: String!) { conversation(sid: $sid) { friendlyName } }";
const RENAME =
  "mutation Rename($input: UpdateConversationInput!) { updateConversation(input: $input) { ... on UpdateConversationPayload { conversation { friendlyName } } } }";

// It makes servers of its own; where the tests run on Postgres its programs are likely to be there.
describe.skipIf(!process.env.TEST_DATABASE_URL || !postgresPrograms)(
  `reads from a replica (skipped ${why})`,
  () => {
    vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
    const undo: (() => Promise<unknown>)[] = [];
    /** What is wrong with the replica, each time that it changes; null is nothing. */
    const reports: (string | null)[] = [];
    let primary: PostgresServer;
    let standby: PostgresServer;
    let bystander: PostgresServer;
    let db: Database;
    let app: TestApp;
    let account: TestAccount;

    beforeAll(async () => {
      const replication = await startReplication([await freePort(), await freePort(), await freePort()]);
      undo.push(replication.stop);
      primary = replication.primary;
      [standby, bystander] = replication.standbys as [PostgresServer, PostgresServer];
      db = openPostgres({ ...POOL, url: primary.url });
      undo.push(() => db.close());
      await db.migrate();
      app = await appWith(standby.url);
      account = await app.account();
    });
    afterEach(() => standby.sql`select pg_wal_replay_resume()`.catch(() => {}));
    afterAll(async () => {
      vi.resetConfig();
      for (const step of undo.reverse()) await step();
    });

    /** The application with this replica, once that is in use. */
    async function appWith(url: string, writes = { db, url: primary.url }): Promise<TestApp> {
      const faults: (string | null)[] = [];
      const report = (_: string, fault: string | null) =>
        void [faults, reports].map((all) => all.push(fault));
      const replicas = createReplicas({ primary: { ...POOL, url: writes.url }, urls: [url], report });
      undo.push(() => replicas.close());
      const made = await createTestApp({
        db: writes.db,
        consistently: onReplicas(writes.db, replicas, SECRET_KEY),
      });
      await eventually(async () => faults.at(-1) === null);
      return made;
    }

    const inUse = () => eventually(async () => reports.at(-1) === null);
    const pause = () => standby.sql`select pg_wal_replay_pause()`;
    const resume = () => standby.sql`select pg_wal_replay_resume()`;

    /** A client that keeps what it was told last, and tells it again. */
    function client(of = app) {
      let token: string | null = null;
      const ask = async (path: string, init: RequestInit = {}) => {
        const headers = {
          authorization: account.authorization,
          ...(token !== null && { [CONSISTENCY]: token }),
          ...(init.headers as Record<string, string>),
        };
        const answer = await of.fetch(new Request(`${PUBLIC_URL}${path}`, { ...init, headers }));
        token = answer.headers.get(CONSISTENCY);
        const text = await answer.text();
        // biome-ignore lint/suspicious/noExplicitAny: bodies are what the tests examine
        return { status: answer.status, body: (text === "" ? null : JSON.parse(text)) as any };
      };
      return {
        token: () => token,
        get: (path: string) => ask(path),
        post: (path: string, form: Record<string, string>) =>
          ask(path, { method: "POST", body: new URLSearchParams(form) }),
        delete: (path: string) => ask(path, { method: "DELETE" }),
        query: (query: string, variables: Record<string, unknown>) =>
          ask("/graphql", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ query, variables }),
          }),
      };
    }

    /** How many statements each of the two has answered for requests. */
    async function answered(by: TestApp) {
      const { samples } = await scrape(by);
      const of = (server: string) =>
        samples
          .filter(({ name }) => name === "parley_db_statement_duration_seconds_count")
          .filter(({ labels }) => labels.server === server)
          .reduce((sum, { value }) => sum + value, 0);
      return { primary: of("primary"), replica: of("replica") };
    }

    async function answering<T>(work: () => Promise<T>, by = app) {
      const before = await answered(by);
      const result = await work();
      const after = await answered(by);
      return { result, primary: after.primary - before.primary, replica: after.replica - before.replica };
    }

    async function conversation(of = client()) {
      const { status, body } = await of.post("/v1/Conversations", { FriendlyName: "first" });
      expect(status).toBe(201);
      return { of, path: `/v1/Conversations/${body.sid}`, sid: body.sid as string };
    }

    it("are the replica's for who tells what it has seen, on both surfaces, once it has replayed that", async () => {
      const { of, path, sid } = await conversation();
      await eventually(async () => (await answering(() => of.get(path))).primary === 0);
      const read = await answering(() => of.get(path));
      expect(read).toMatchObject({ result: { body: { friendly_name: "first" } }, primary: 0 });
      expect(read.replica).toBeGreaterThan(0);
      const asked = await answering(() => of.query(QUERY, { sid }));
      expect(asked).toMatchObject({
        result: { body: { data: { conversation: { friendlyName: "first" } } } },
        primary: 0,
      });
      expect(asked.replica).toBeGreaterThan(0);
    });

    it("are the primary's for who tells nothing, and so Twilio's SDK sees what it has written", async () => {
      await pause();
      const { v1 } = sdkOf(app, account);
      const made = await v1.conversations.create({ friendlyName: "by the SDK" });
      const read = await answering(() => v1.conversations(made.sid).fetch());
      expect(read).toMatchObject({ result: { friendlyName: "by the SDK" }, replica: 0 });
      await v1.conversations(made.sid).remove();
      await expect(v1.conversations(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
    });

    it("show a client what it has written while the replica is paused, and are the primary's until then", async () => {
      await pause();
      const { of, path, sid } = await conversation();
      await of.post(path, { FriendlyName: "second" });
      const paused = await answering(() => of.get(path));
      expect(paused).toMatchObject({ result: { body: { friendly_name: "second" } }, replica: 0 });
      const renamed = await of.query(RENAME, { input: { sid, friendlyName: "third" } });
      expect(renamed.body.data.updateConversation.conversation.friendlyName).toBe("third");
      const asked = await answering(() => of.query(QUERY, { sid }));
      expect(asked).toMatchObject({
        result: { body: { data: { conversation: { friendlyName: "third" } } } },
        replica: 0,
      });
      await resume();
      await eventually(async () => (await answering(() => of.get(path))).primary === 0);
    });

    it("inside a write, and for its answer, are the primary's", async () => {
      const { of, path, sid } = await conversation();
      await eventually(async () => (await answering(() => of.get(path))).primary === 0);
      for (const write of [
        () => of.post(path, { FriendlyName: "fourth" }),
        () => of.query(RENAME, { input: { sid, friendlyName: "fifth" } }),
        () => of.post(`${path}/Participants`, { Identity: "ann" }),
        () => of.delete(path),
      ]) {
        const { primary, replica } = await answering(write);
        expect([primary > 0, replica]).toEqual([true, 0]);
      }
    });

    it("show no less than an error has told of", async () => {
      const { of, path } = await conversation();
      const other = client();
      await other.get(path);
      await pause();
      await of.delete(path);
      expect((await other.delete(path)).status).toBe(404);
      expect((await other.get(path)).status).toBe(404);
    });

    it("show what any of several tokens has seen", async () => {
      await pause();
      const one = await conversation();
      const other = await conversation();
      const rest = restClient(app, account);
      const both = `${one.of.token()}, ${other.of.token()}`;
      for (const { path } of [one, other]) {
        const answer = await rest.send("GET", path, undefined, { [CONSISTENCY]: both });
        expect(answer.status).toBe(200);
      }
    });

    it.each([
      ["garbled", "abc"],
      ["empty", ""],
      ["of another server", "AQ5v1yYm4uyDM6oVqXb9n9Xf9Nn4vG8m1Wj0f6o0Z1p2c3Q="],
      ["too many", Array(17).fill("x").join()],
    ])("are 400 INVALID_PARAMETER for a token that is %s, on both surfaces", async (_, token) => {
      const headers = { authorization: account.authorization, [CONSISTENCY]: token };
      const v1 = await app.fetch(new Request(`${PUBLIC_URL}/v1/Conversations`, { headers }));
      expect(v1.status).toBe(400);
      expect(await v1.json()).toMatchObject({ code: 20001, details: { parameter: CONSISTENCY } });
      const graphql = await app.fetch(
        new Request(`${PUBLIC_URL}/graphql`, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: JSON.stringify({ query: "{ __typename }" }),
        }),
      );
      expect(graphql.status).toBe(400);
      expect(await graphql.json()).toMatchObject({ errors: [{ extensions: { code: "INVALID_PARAMETER" } }] });
    });

    it("never show less than was written or read, over 300 writes and a replica that pauses at random", async () => {
      let isDone = false;
      const disturbing = (async () => {
        while (!isDone) {
          await pause();
          await sleep(Math.random() * 150);
          await resume();
          await sleep(Math.random() * 150);
        }
      })();
      const writer = async (each: number) => {
        const { of, path } = await conversation();
        let stale = 0;
        for (let step = 0; step < 30; step++) {
          const name = `${each}.${step}`;
          await of.post(path, { FriendlyName: name });
          for (let read = 0; read < 3; read++) {
            const { body } = await of.get(path);
            if (body.friendly_name !== name) stale++;
          }
        }
        return stale;
      };
      const { result, replica } = await answering(() =>
        Promise.all(Array.from({ length: 10 }, (_, each) => writer(each))),
      );
      isDone = true;
      await disturbing;
      expect(result).toEqual(Array(10).fill(0));
      expect(replica).toBeGreaterThan(0);
    });

    it("fail none of them when the replica is killed under load, which is used again once it is back", async () => {
      const { of, path } = await conversation();
      await eventually(async () => (await answering(() => of.get(path))).primary === 0);
      let isDone = false;
      const statuses = new Set<number>();
      const reader = async () => {
        const { of, path, sid } = await conversation();
        for (let step = 0; !isDone; step++) {
          await of.post(path, { FriendlyName: `${step}` });
          for (let read = 0; read < 5; read++) {
            const told = read % 2 ? await of.get(path) : await of.query(QUERY, { sid });
            statuses.add(told.status);
            const name = read % 2 ? told.body.friendly_name : told.body.data.conversation.friendlyName;
            expect(name).toBe(`${step}`);
          }
        }
      };
      const reading = Promise.all(Array.from({ length: 8 }, reader));
      await sleep(500);
      await standby.kill();
      await sleep(1_500);
      await standby.start();
      await inUse();
      await sleep(500);
      isDone = true;
      await reading;
      expect([...statuses]).toEqual([200]);
      await eventually(async () => (await answering(() => of.get(path))).primary === 0);
    });

    it("are answered within 5 s, and none fails, when the replica says nothing any more", async () => {
      const line = await layLine(new URL(standby.url));
      undo.push(async () => line.cut());
      await line.mend();
      const lined = await appWith(standby.url.replace(/:\d+\//, `:${line.port}/`));
      const { path } = await conversation();
      const clients = Array.from({ length: 20 }, () => client(lined));
      await Promise.all(clients.map((of) => of.get(path)));
      const [one] = clients;
      await eventually(async () => (await answering(() => one!.get(path), lined)).primary === 0);
      await line.swallow();
      const answers = await Promise.all(
        clients.map(async (of) => {
          const started = performance.now();
          const { status } = await of.get(path);
          return { status, isInTime: performance.now() - started < 5_000 };
        }),
      );
      expect(answers).toEqual(Array(20).fill({ status: 200, isInTime: true }));
    });

    it("show no less when the replica comes back further behind than it was", async () => {
      const { of, path } = await conversation();
      // Heeded by the next start only: what was committed less than 4 s before is not shown.
      await standby.sql`alter system set recovery_min_apply_delay = '4s'`;
      await of.post(path, { FriendlyName: "second" });
      await eventually(async () => (await answering(() => of.get(path))).primary === 0);
      await of.post(path, { FriendlyName: "third" });
      await eventually(async () => (await answering(() => of.get(path))).primary === 0);
      await standby.kill();
      await standby.start();
      for (const end = Date.now() + 5_000; Date.now() < end; await sleep(10)) {
        expect((await of.get(path)).body.friendly_name).toBe("third");
      }
      await standby.sql`alter system reset recovery_min_apply_delay`;
      await standby.sql`select pg_reload_conf()`;
      await inUse();
      await eventually(async () => (await answering(() => of.get(path))).primary === 0);
    });

    it("are the primary's once the replica is promoted, which makes a history of its own", async () => {
      const { of, path } = await conversation();
      await standby.promote();
      await eventually(async () => reports.at(-1) === "is no standby");
      await of.post(path, { FriendlyName: "after" });
      const read = await answering(() => of.get(path));
      expect(read).toMatchObject({ result: { body: { friendly_name: "after" } }, replica: 0 });
    });

    it("are not those of a standby that stayed behind on the timeline before a failover", async () => {
      // The old primary goes on, and its other standby with it: further than the new one has got.
      await primary.sql`create table left_behind as select from generate_series(1, 50000)`;
      const db = openPostgres({ ...POOL, url: standby.url });
      undo.push(() => db.close());
      const after = await appWith(bystander.url, { db, url: standby.url });
      const of = client(after);
      const { body } = await of.post("/v1/Conversations", { FriendlyName: "after" });
      for (let read = 0; read < 20; read++) {
        const { result, replica } = await answering(() => of.get(`/v1/Conversations/${body.sid}`), after);
        expect([result.status, replica]).toEqual([200, 0]);
      }
    });
  },
);
