import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ApiError } from "../../src/core/errors.ts";
import type { Database, Db, Tx } from "../../src/db/client.ts";
import { nested } from "../../src/db/nested.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { POOL } from "../setup/database.ts";

const url = inject("databaseUrl");

// The embedded database has no connection that could break.
describe.skipIf(url === null)(
  "a transaction whose connection breaks (skipped on the embedded database)",
  () => {
    let db: Database;
    let other: Database;
    beforeAll(async () => {
      // Of one connection, so that whoever comes next gets the one that broke.
      db = openPostgres({ ...POOL, url: url!, poolSize: 1 });
      other = openPostgres({ ...POOL, url: url!, poolSize: 1 });
      await ask(other, "make", "create table broken (n int)");
    });
    afterAll(async () => {
      await ask(other, "drop", "drop table broken");
      await Promise.all([db.close(), other.close()]);
    });

    const ask = (on: Pick<Tx, "execute">, name: string, text: string) =>
      on.execute({ name, text: `/* ${name} */ ${text}` }, []);
    const terminate = async (on: Tx) => {
      const [[pid] = []] = await ask(on, "ownPid", "select pg_backend_pid()");
      return () => ask(other, "terminate", `select pg_terminate_backend(${pid}, 5000)`);
    };
    const expectWhole = async () => {
      // The next one on the connection may be told of its end.
      await ask(db, "next", "select 1").catch(() => {});
      for (let turn = 0; turn < 3; turn++) {
        await db.transaction(async (tx) => {
          await ask(tx, "one", "select 1");
        });
        expect(await ask(db, "rows", "select count(*)::int from broken")).toEqual([[0]]);
      }
    };
    it.each([
      ["between two statements", async () => {}],
      [
        "before a savepoint",
        (tx: Tx) => tx.savepoint((inner) => ask(inner, "insert", "insert into broken values (1)")),
      ],
    ])("is UNAVAILABLE %s, leaves nothing, and the next ones are whole", async (_, then) => {
      const working = db.transaction(async (tx) => {
        await ask(tx, "insert", "insert into broken values (1)");
        await (await terminate(tx))();
        await sleep(50);
        await then(tx);
        await ask(tx, "insert", "insert into broken values (1)");
      });
      await expect(working).rejects.toMatchObject({ code: "UNAVAILABLE" });
      await expectWhole();
    });

    it.each([false, true])(
      "is UNAVAILABLE within a statement (in a savepoint: %s), and the next ones are whole",
      async (nested) => {
        const working = db.transaction(async (tx) => {
          await ask(tx, "insert", "insert into broken values (1)");
          const kill = await terminate(tx);
          const slow = (on: Tx) => ask(on, "sleep", "select pg_sleep(3)");
          const waiting = nested ? tx.savepoint(slow) : slow(tx);
          await sleep(100);
          await Promise.all([waiting, kill()]);
        });
        await expect(working).rejects.toMatchObject({ code: "UNAVAILABLE" });
        await expectWhole();
      },
    );

    it("is UNAVAILABLE where it breaks after the last statement", async () => {
      const working = db.transaction(async (tx) => {
        await ask(tx, "insert", "insert into broken values (1)");
        await (await terminate(tx))();
        await sleep(50);
      });
      await expect(working).rejects.toMatchObject({ code: "UNAVAILABLE" });
      await expectWhole();
    });
  },
);

describe.skipIf(url === null)(
  "a transaction whose work is UNAVAILABLE (skipped on the embedded database)",
  () => {
    let db: Database;
    beforeAll(() => {
      db = openPostgres({ ...POOL, url: url!, poolSize: 1, statementTimeout: 500 });
    });
    afterAll(() => db.close());

    const sleeping = { name: "sleep", text: "select pg_sleep(2)" };
    const backend = async () => (await db.execute({ name: "pid", text: "select pg_backend_pid()" }, []))[0];

    it.each<[string, (on: Db) => Promise<unknown>]>([
      ["in a statement", (on) => on.execute({ ...sleeping, isSelect: true }, [])],
      ["in a savepoint", (on) => on.transaction((tx) => tx.execute(sleeping, []))],
      [
        "in a savepoint of a savepoint",
        (on) => on.transaction((tx) => nested(tx).transaction((inner) => inner.execute(sleeping, []))),
      ],
      [
        "by what it says itself, in a savepoint",
        (on) =>
          on.transaction(async () => {
            throw new ApiError("UNAVAILABLE");
          }),
      ],
    ])("is rolled back %s, and its connection goes on", async (_, work) => {
      const before = await backend();
      await expect(db.transaction((tx) => work(nested(tx)))).rejects.toMatchObject({ code: "UNAVAILABLE" });
      // The same one, and it was not waited for: a connection that is given up is another one afterwards.
      expect(await backend()).toEqual(before);
    });
  },
);
