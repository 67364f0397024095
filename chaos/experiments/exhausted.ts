import postgres from "postgres";
import { eventually } from "../../test/setup/processes.ts";
import { type Experiment, faultsAmong, percentile } from "../experiment.ts";
import { atWork, endOf, onPostgres, startReady } from "../house.ts";
import { connections, createClient, isTyped } from "../http.ts";

const POOL = 10;
const LIST = { method: "GET", path: "/v1/Conversations" } as const;

export const exhausted: Experiment = {
  name: "exhausted",
  claim: "every connection held by a lock: 503 with Retry-After within 2 s, and it recovers",
  async run(world) {
    const { url, env } = await onPostgres(world, { PARLEY_DB_POOL_SIZE: String(POOL) });
    const server = await startReady(world, env);
    const ask = createClient(server.port, connections());
    await ask(LIST);
    const sql = postgres(url.href, { max: 2 });
    const holder = await sql.reserve();
    await holder`begin`;
    await holder`lock table conversations`;
    const holding = Array.from({ length: POOL }, () => ask(LIST));
    await eventually(async () => (await atWork(sql)) === POOL);
    const waiting = await Promise.all(Array.from({ length: 100 }, () => ask(LIST)));
    await holder`rollback`;
    const held = await Promise.all(holding);
    const released = performance.now();
    const after = await Promise.all(Array.from({ length: 100 }, () => ask(LIST)));
    const recovered = Math.round(performance.now() - released);
    holder.release();
    await sql.end();
    const slowest = percentile(
      waiting.map(({ ms }) => ms),
      1,
    );
    return {
      figures: {
        "slowest refusal, ms": slowest,
        "p50 of refusal, ms": percentile(
          waiting.map(({ ms }) => ms),
          0.5,
        ),
        "100 requests afterwards, ms": recovered,
      },
      faults: [
        ...(await endOf(server)),
        ...[...waiting, ...held, ...after].filter((heard) => !isTyped(heard)).map(({ text }) => text),
        ...faultsAmong({
          "who found no connection was answered 503": waiting.every(({ status }) => status === 503),
          "they were told when to come again": waiting.every(
            ({ headers }) => Number(headers["retry-after"]) > 0,
          ),
          "they were told within 2 s": slowest <= 2_000,
          "all succeed afterwards": after.every(({ status }) => status === 200),
        }),
      ],
    };
  },
};
