import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../../src/core/errors.ts";
import type { Database, Tx } from "../../src/db/client.ts";
import { sweepKeys } from "../../src/idempotency/sweep.ts";
import { createTestApp } from "../setup/app.ts";
import { bulk } from "../setup/bulk.ts";
import { openTestDatabase } from "../setup/database.ts";
import { newAccount, type Seed } from "../setup/seed.ts";
import { keyed, newKey } from "./keyed.ts";

const USER = "/v1/Users/user-1";
const START = Date.parse("1990-06-01T12:00:00Z");

/** A database that calls `committed` after each transaction with how many there were, while it has one. */
function watched(db: Database, each: { committed: ((count: number) => Promise<void>) | null }): Database {
  let count = 0;
  return {
    ...db,
    async transaction<T>(work: (tx: Tx) => Promise<T>) {
      const result = await db.transaction(work);
      await each.committed?.(++count);
      return result;
    },
  };
}

/** Two servers on one database, and a user in 2,201 conversations, whom a DELETE takes out of them in three parts. */
async function twoServers() {
  let moment = START;
  const db = await openTestDatabase();
  const each: Parameters<typeof watched>[1] = { committed: null };
  const clock = () => moment;
  const first = await createTestApp({ db: watched(db, each), clock });
  const second = await createTestApp({ db, clock });
  const seed = await newAccount(first);
  const fill = bulk(seed);
  await fill.users(1, 1);
  await fill.conversations(1, 2201);
  await fill.join(1, 1, 2201);
  return {
    seed,
    first: keyed(seed),
    second: keyed({ app: second, account: seed.account }),
    sweep: () => sweepKeys(second.deps),
    /** Once, after so many transactions of the first server. */
    onCommit(transactions: number, work: () => Promise<void>) {
      each.committed = async (count) => {
        if (count === transactions) await work();
      };
    },
    pass(seconds: number) {
      moment += seconds * 1000;
    },
  };
}

const placesOf = async ({ query }: Seed) =>
  (await query("select count(*)::int from participants where account_sid = $1"))[0]![0];

const breakOff = async () => {
  throw new ApiError("UNAVAILABLE");
};

describe("a DELETE under a key that goes in parts", () => {
  let servers: Awaited<ReturnType<typeof twoServers>>;
  let key: string;
  beforeEach(async () => {
    servers = await twoServers();
    key = newKey();
  });
  const create = () => servers.second(key, "POST", "/v1/Users", { Identity: "other" });

  it("holds its key between them: another request of another server is refused", async () => {
    const { seed, first, second, onCommit } = servers;
    const meanwhile: unknown[] = [];
    onCommit(1, async () => {
      meanwhile.push(await placesOf(seed), (await create()).status);
    });
    expect((await first(key, "DELETE", USER)).status).toBe(204);
    expect(meanwhile).toEqual([1201, 409]);
    expect(await second(key, "DELETE", USER)).toMatchObject({ status: 204, replayed: "true" });
  });

  it("goes on where it broke off for who repeats it, and for nobody else", async () => {
    const { seed, first, second, onCommit } = servers;
    onCommit(1, breakOff);
    expect((await first(key, "DELETE", USER)).status).toBe(503);
    expect(await placesOf(seed)).toBe(1201);
    expect((await create()).status).toBe(409);
    expect(await second(key, "DELETE", USER)).toMatchObject({ status: 204, replayed: null });
    expect(await second(key, "DELETE", USER)).toMatchObject({ status: 204, replayed: "true" });
    expect(await placesOf(seed)).toBe(0);
  });

  it("has one effect where two servers go on with it at once", async () => {
    const { seed, first, second, onCommit } = servers;
    onCommit(1, breakOff);
    await first(key, "DELETE", USER);
    const answers = await Promise.all([first, second].map((send) => send(key, "DELETE", USER)));
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
    expect(await placesOf(seed)).toBe(0);
    expect(await seed.inboxFaults()).toEqual([]);
  });

  it("is answered by the server that ends it, and the other one finds the answer", async () => {
    const { first, second, onCommit } = servers;
    const meanwhile: unknown[] = [];
    onCommit(1, async () => {
      meanwhile.push(await second(key, "DELETE", USER));
    });
    expect(await first(key, "DELETE", USER)).toMatchObject({ status: 204, replayed: "true" });
    expect(meanwhile).toMatchObject([{ status: 204, replayed: null }]);
  });

  it("leaves its key free where it is refused in the end", async () => {
    const { first, second, onCommit } = servers;
    onCommit(1, async () => {
      expect((await second(null, "DELETE", USER)).status).toBe(204);
    });
    expect((await first(key, "DELETE", USER)).status).toBe(404);
    expect((await create()).status).toBe(201);
  });

  it("leaves its key free, too, where it broke off and its repeat is refused", async () => {
    const { first, second, onCommit } = servers;
    onCommit(1, breakOff);
    await first(key, "DELETE", USER);
    await second(null, "DELETE", USER);
    expect((await second(key, "DELETE", USER)).status).toBe(404);
    expect((await create()).status).toBe(201);
  });

  it.each(["free for any", "swept"])("has had its time 24 hours after it broke off: %s", async (how) => {
    const { seed, first, onCommit, pass, sweep } = servers;
    onCommit(1, breakOff);
    await first(key, "DELETE", USER);
    pass(24 * 60 * 60);
    if (how === "swept") await sweep();
    const left = "select count(*)::int from idempotency_keys where account_sid = $1";
    expect(await seed.query(left)).toEqual([[how === "swept" ? 0 : 1]]);
    expect((await create()).status).toBe(201);
  });
});
