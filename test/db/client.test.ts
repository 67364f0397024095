import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { describe, expect, inject, it, vi } from "vitest";
import { createDb } from "../../src/db/client.ts";
import { createConnection } from "../../src/db/connection.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import type { Executor } from "../../src/db/statement.ts";
import { openTestDatabase, POOL } from "../setup/database.ts";

const run = (executor: Executor, text: string, parameters: unknown[] = []) =>
  executor.execute({ name: "test", text }, parameters);

describe("a transaction", () => {
  it("refuses a statement beside it, which on one connection would wait for ever", async () => {
    const db = await openTestDatabase();
    const beside = db.transaction(() => run(db, "select 1"));
    await expect(beside).rejects.toThrow("statement test beside the open transaction");
    const nested = db.transaction(() => db.transaction((tx) => run(tx, "select 1")));
    await expect(nested).rejects.toThrow("transaction beside the open transaction");
  });

  it("leaves nothing behind when its work throws", async () => {
    const db = await openTestDatabase();
    const failed = db.transaction(async (tx) => {
      await run(tx, "create table left_behind (x int)");
      throw new Error("changed my mind");
    });
    await expect(failed).rejects.toThrow("changed my mind");
    expect(await run(db, "select to_regclass('left_behind')::text")).toEqual([[null]]);
  });

  it.each(["40001", "40P01"])(
    "is tried again from the start after %s, and then succeeds",
    async (sqlstate) => {
      const db = await openTestDatabase();
      let attempts = 0;
      const result = await db.transaction(async (tx) => {
        attempts++;
        if (attempts < 3) await run(tx, `do $$ begin raise sqlstate '${sqlstate}'; end $$`);
        return run(tx, "select 42");
      });
      expect(result).toEqual([[42]]);
      expect(attempts).toBe(3);
    },
  );

  it("is CONCURRENT_CHANGE when it keeps losing", async () => {
    const db = await openTestDatabase();
    const losing = db.transaction((tx) => run(tx, "do $$ begin raise sqlstate '40001'; end $$"));
    await expect(losing).rejects.toMatchObject({ code: "CONCURRENT_CHANGE" });
  });
});

describe("values", () => {
  it("come back as they went in, instants as text with milliseconds in UTC", async () => {
    const db = await openTestDatabase();
    const text = "select $1::timestamptz(3), $2::text[], $3::boolean, $4::int, $5::text";
    const values = ["2026-01-31T12:00:00.120Z", ["a,b", '"', "ü", ""], true, 7, null];
    expect(await run(db, text, values)).toEqual([values]);
    expect(await run(db, "select $1::timestamptz(3)", ["0999-12-31T23:00:00-05:00"])).toEqual([
      ["1000-01-01T04:00:00.000Z"],
    ]);
  });
});

describe.skipIf(inject("databaseUrl") === null)("on real Postgres", () => {
  const open = (options: Partial<typeof POOL> = {}) =>
    openPostgres({ ...POOL, ...options, url: inject("databaseUrl")! });

  it("migrates once when eight instances start at the same moment", async () => {
    const instances = Array.from({ length: 8 }, () => open());
    await Promise.all(instances.map((db) => db.migrate()));
    await Promise.all(instances.map((db) => db.ready()));
    const [row] = await run(
      instances[0]!,
      "select count(*) = count(distinct hash) from drizzle.__drizzle_migrations",
    );
    expect(row).toEqual([true]);
    await Promise.all(instances.map((db) => db.close()));
  });

  it("is UNAVAILABLE when a statement takes longer than its timeout, and the next one succeeds", async () => {
    const db = open({ statementTimeout: 200 });
    await expect(run(db, "select pg_sleep(5)")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await run(db, "select 1")).toEqual([[1]]);
    await db.close();
  });

  it("answers whole after a statement that failed when some of its rows had come", async () => {
    const db = open({ poolSize: 1 });
    const failing = "select repeat('x', 10000), 1 / (3 - n) from generate_series(1, 5) n";
    await expect(run(db, failing)).rejects.toThrow();
    const rows = await run(db, "select n from generate_series(1, 2) n");
    expect([...rows]).toEqual([[1], [2]]);
    await db.close();
  });

  it("is UNAVAILABLE when no connection comes free, and recovers", async () => {
    const db = open({ poolSize: 1 });
    const slow = run(db, "select pg_sleep(3)");
    await expect(run(db, "select 1")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await slow;
    expect(await run(db, "select 1")).toEqual([[1]]);
    await db.close();
  });

  it("is ready while every connection is busy", async () => {
    const db = open({ poolSize: 1 });
    const slow = run(db, "select pg_sleep(1)");
    await db.ready();
    await slow;
    await db.close();
  });

  it("is UNAVAILABLE within 5 seconds for a transaction of many waits, and nothing of it is committed", async () => {
    const db = open();
    await run(db, "create table slow (x int)");
    const started = Date.now();
    const slow = db.transaction(async (tx) => {
      await run(tx, "insert into slow values (1)");
      await run(tx, "select pg_sleep(3)");
      await run(tx, "select pg_sleep(3)");
    });
    await expect(slow).rejects.toMatchObject({ code: "UNAVAILABLE" });
    // Five, and what a busy machine takes to say so; the work itself takes six.
    expect(Date.now() - started).toBeLessThan(6000);
    await vi.waitFor(async () => {
      const locks =
        "select count(*)::int from pg_locks where relation = 'slow'::regclass and pid <> pg_backend_pid()";
      expect(await run(db, locks)).toEqual([[0]]);
    }, 10_000);
    expect(await run(db, "select * from slow")).toEqual([]);
    await run(db, "drop table slow");
    await db.close();
  });

  it("is UNAVAILABLE when its backend is terminated, and recovers", async () => {
    const db = open({ poolSize: 1 });
    const killer = open();
    const [[pid]] = (await run(db, "select pg_backend_pid()")) as [[number]];
    const hanging = run(db, "select pg_sleep(3)");
    const refused = expect(hanging).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await run(killer, "select pg_terminate_backend($1)", [pid]);
    await refused;
    await vi.waitFor(async () => expect(await run(db, "select 1")).toEqual([[1]]), 10_000);
    await Promise.all([db.close(), killer.close()]);
  });

  describe("at the deadline", () => {
    const DEADLINE = 300;
    const idle = { size: 1, inUse: 0, waiting: 0 };
    const hurried = () =>
      createDb({
        ...createConnection({ ...POOL, url: inject("databaseUrl")! }),
        deadline: DEADLINE,
        pool: () => idle,
        migrate: async () => {},
        ready: async () => {},
      });

    it("answers with its outcome what is being committed, in a transaction and alone", async () => {
      const db = hurried();
      await db.transaction(async (tx) => {
        await run(tx, "create table committing (n int)");
        await run(
          tx,
          "create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(0.6); return null; end $$",
        );
        await run(
          tx,
          "create constraint trigger dawdles after insert on committing deferrable initially deferred for each row execute function dawdle()",
        );
      });
      await db.transaction((tx) => run(tx, "insert into committing values (1)"));
      await run(db, "insert into committing values (2)");
      expect(await run(db, "select n from committing order by n")).toEqual([[1], [2]]);
      await run(db, "drop table committing");
      await run(db, "drop function dawdle");
      await db.close();
    });

    it("is no later than what it waits for, where the process was busy while that came", async () => {
      const db = hurried();
      await run(db, "select 1");
      const asked = db.execute({ name: "test", text: "select 42 from pg_sleep(0.05)", isSelect: true }, []);
      await sleep(10);
      // From here the event loop goes on with its timers.
      await setImmediate();
      for (const end = performance.now() + 2 * DEADLINE; performance.now() < end; );
      expect(await asked).toEqual([[42]]);
      await db.close();
    });
  });
});
