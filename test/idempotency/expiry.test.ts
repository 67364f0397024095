import { expect, it } from "vitest";
import { sweepKeys } from "../../src/idempotency/sweep.ts";
import { recorded, statementsOf } from "../setup/database.ts";
import { appAt, insist, newAccount, type Seed } from "../setup/seed.ts";
import { keyed, newKey } from "./keyed.ts";

const START = "1990-06-01T12:00:00Z";
const DAY = 24 * 60 * 60;
const PATH = "/v1/Conversations";

async function timed() {
  const { app, pass } = await appAt(START);
  const seed = await newAccount(app);
  return { app, pass, seed, send: keyed(seed) };
}

const keysOf = (seed: Seed) => seed.query("select key from idempotency_keys where account_sid = $1");

it("a key holds for 24 hours, and is then free for any request, swept or not", async () => {
  const { pass, send } = await timed();
  const key = newKey();
  const first = await send(key, "POST", PATH, { FriendlyName: "first" });
  pass(DAY - 1);
  expect(await send(key, "POST", PATH, { FriendlyName: "first" })).toEqual({ ...first, replayed: "true" });
  expect((await send(key, "POST", PATH, { FriendlyName: "second" })).status).toBe(409);
  pass(1);
  const second = await send(key, "POST", PATH, { FriendlyName: "second" });
  expect([second.status, second.replayed]).toEqual([201, null]);
  // A whole day of its own.
  pass(DAY - 1);
  expect(await send(key, "POST", PATH, { FriendlyName: "second" })).toEqual({ ...second, replayed: "true" });
  expect((await send(key, "POST", PATH, { FriendlyName: "first" })).status).toBe(409);
});

it("an expired key that 50 want at once is taken over by one", async () => {
  const { pass, send, seed } = await timed();
  const key = newKey();
  await send(key, "POST", PATH, { FriendlyName: "first" });
  pass(DAY);
  const ask = () => send(key, "POST", PATH, { FriendlyName: "second" });
  const answers = await Promise.all(Array.from({ length: 50 }, () => insist(ask)));
  expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect((await seed.rest.get(PATH)).body.conversations).toHaveLength(2);
});

it("the sweep deletes what has expired, of every account, some at a time, and leaves the rest", async () => {
  const { app, pass, seed, send } = await timed();
  const other = await newAccount(app);
  await seed.query(`insert into idempotency_keys (account_sid, key, fingerprint, response, date_created)
    select $1, 'old-' || n, '', '', '${START}' from generate_series(1, 2500) n`);
  await keyed(other)("theirs", "POST", PATH);
  pass(DAY);
  await send("young", "POST", PATH);
  const { result, runs } = await recorded(() => sweepKeys(app.deps));
  expect(result).toBeGreaterThanOrEqual(2501);
  const longest = Math.max(
    ...runs.flatMap(({ parameters }) => parameters.filter(Array.isArray).map((keys) => keys.length)),
  );
  expect(longest).toBeLessThanOrEqual(1000);
  expect([await keysOf(seed), await keysOf(other)]).toEqual([[["young"]], []]);
});

it("nothing expired is one statement for the sweep", async () => {
  const { app } = await timed();
  await sweepKeys(app.deps);
  const { statements, result } = await statementsOf(() => sweepKeys(app.deps));
  expect([statements, result]).toEqual([["expiredKeys"], 0]);
});

it("sweeps that meet delete each key once", async () => {
  const { app, pass, seed } = await timed();
  await seed.query(`insert into idempotency_keys (account_sid, key, fingerprint, response, date_created)
    select $1, 'old-' || n, '', '', '${START}' from generate_series(1, 1500) n`);
  pass(DAY);
  await Promise.all([sweepKeys(app.deps), sweepKeys(app.deps), sweepKeys(app.deps)]);
  expect(await keysOf(seed)).toEqual([]);
});

it("each statement on keys, but the claim, reads one range of an index", async () => {
  const { pass, seed, send, app } = await timed();
  await seed.query(`insert into idempotency_keys (account_sid, key, fingerprint, response, date_created)
    select $1, 'young-' || n, '', '', '${START}' from generate_series(1, 2000) n`);
  await send("old", "POST", PATH);
  pass(DAY);
  const { runs } = await recorded(async () => {
    await send("old", "POST", PATH);
    await sweepKeys({ ...app.deps, clock: () => Date.parse("1990-06-01T11:00:00Z") });
  });
  const indexes: Record<string, unknown> = {};
  for (const { statement, parameters } of runs) {
    if (!/from "idempotency_keys"|update "idempotency_keys"/.test(statement.text)) continue;
    const plan = await app.deps.db.transaction(async (tx) => {
      await tx.execute({ name: "set", text: "set local enable_seqscan = off" }, []);
      await tx.execute({ name: "set", text: "set local enable_bitmapscan = off" }, []);
      return tx.execute({ name: "explain", text: `explain ${statement.text}` }, parameters);
    });
    expect(plan.join()).not.toMatch(/Sort|Seq Scan/);
    indexes[statement.name] = /using (\w+)/.exec(plan.join())?.[1];
  }
  expect(indexes).toEqual({
    storedAnswer: "idempotency_keys_pk",
    deleteExpiredKeys: "idempotency_keys_pk",
    storeAnswer: "idempotency_keys_pk",
    expiredKeys: "idempotency_keys_by_date",
  });
});
