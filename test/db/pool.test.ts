import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, inject, it } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import type { Executor } from "../../src/db/statement.ts";
import { POOL } from "../setup/database.ts";
import { layLine } from "../setup/line.ts";

const url = inject("databaseUrl");

async function backend(executor: Executor, seconds = 0): Promise<number> {
  const text = `select pg_backend_pid() from pg_sleep(${seconds})`;
  const [[pid] = []] = await executor.execute({ name: "backend", text, isSelect: true }, []);
  return pid as number;
}

/** The backends of so many connections, all of them busy at the same time. */
async function backends(db: Database, count: number): Promise<Set<number>> {
  return new Set(await Promise.all(Array.from({ length: count }, () => backend(db, 0.2))));
}

// The embedded database has no connections.
describe.skipIf(url === null)("the connections to Postgres (skipped on the embedded database)", () => {
  const open = (options: Partial<typeof POOL & { url: string }> = {}) =>
    openPostgres({ ...POOL, url: url!, ...options });

  it("are taken up no more than are needed: one after another, all have the same", async () => {
    const db = open();
    const pids = [...(await backends(db, 3))];
    expect(pids).toHaveLength(3);
    const used = new Set<number>();
    for (let turn = 0; turn < 5; turn++) {
      used.add(await backend(db));
      used.add(await db.transaction((tx) => backend(tx)));
    }
    expect(used.size).toBe(1);
    expect(pids).toContain([...used][0]);
    await db.close();
  });

  it("go on, all but the one that is terminated, at work or idle", async () => {
    const db = open();
    const other = open();
    const kept = await backends(db, 4);
    for (const seconds of [2, 0]) {
      const working = backend(db, seconds).catch((error) => error);
      const pid = seconds === 0 ? ((await working) as number) : await busyOf(other, kept);
      await other.execute({ name: "terminate", text: "select pg_terminate_backend($1, 5000)" }, [pid]);
      if (seconds > 0) expect(await working).toMatchObject({ code: "UNAVAILABLE" });
      kept.delete(pid);
      await sleep(50);
      const now = await backends(db, 4);
      expect(now.size).toBe(4);
      expect([...now]).toEqual(expect.arrayContaining([...kept]));
      for (const each of now) kept.add(each);
    }
    await Promise.all([db.close(), other.close()]);
  });

  it("are all made anew once the server says nothing any more, and what waits for them ends at once", async () => {
    const line = await layLine(new URL(url!));
    await line.mend();
    const through = new URL(url!);
    through.port = String(line.port);
    const db = open({ url: through.href, poolSize: 3, statementTimeout: 1_000 });
    const before = await backends(db, 3);
    line.freeze();
    const started = performance.now();
    const first = expect(backend(db)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await sleep(700);
    const later = expect(backend(db)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await Promise.all([first, later]);
    // The statement's own timeout, and a grace: the later one has not been given as much.
    expect(performance.now() - started).toBeLessThan(2_000);
    const after = await backends(db, 3);
    expect([...after].filter((pid) => before.has(pid))).toEqual([]);
    expect(after.size).toBe(3);
    await db.close();
    line.cut();
  });

  it("are handed on in the order in which they were asked for, and tell how they are taken up", async () => {
    const db = open({ poolSize: 2 });
    expect(db.pool()).toEqual({ size: 2, inUse: 0, waiting: 0 });
    const order: number[] = [];
    const asked = [0, 1, 2, 3, 4, 5].map(async (turn) => {
      await backend(db, 0.1);
      order.push(turn);
    });
    expect(db.pool()).toEqual({ size: 2, inUse: 2, waiting: 4 });
    await Promise.all(asked);
    expect([0, 2, 4].map((at) => order.slice(at, at + 2).sort())).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(db.pool()).toEqual({ size: 2, inUse: 0, waiting: 0 });
    await db.close();
  });

  async function busyOf(other: Database, pids: ReadonlySet<number>): Promise<number> {
    await sleep(100);
    const text = "select pid from pg_stat_activity where state = 'active' and pid = any ($1::int[])";
    const [[pid] = []] = await other.execute({ name: "busy", text }, [[...pids]]);
    return pid as number;
  }
});
