import { setTimeout as sleep } from "node:timers/promises";
import { type Experiment, faultsAmong, percentile } from "../experiment.ts";
import { asking, endOf, onPostgres, ready, startReady } from "../house.ts";
import { connections, createClient } from "../http.ts";
import { createLedger } from "../ledger.ts";
import { load } from "../load.ts";

const KILLS = 5;

export const postgresKills: Experiment = {
  name: "postgres-kills",
  claim: `${KILLS} × kill -9 of Postgres: the process lives and is ready again, nothing lost, doubled or half-made`,
  async run(world) {
    const { cluster } = world;
    const { url, env } = await onPostgres(world);
    const server = await startReady(world, env);
    const ask = createClient(server.port, connections());
    const ledger = createLedger();
    await ledger.prepare(ask, 40);
    const stopping = new AbortController();
    const writing = load({
      port: server.port,
      clients: 16,
      seconds: 600,
      signal: stopping.signal,
      send: ledger.write,
    });
    const readyAgain: number[] = [];
    let aliveMeanwhile = true;
    for (let kill = 0; kill < KILLS; kill++) {
      const before = ledger.count("acknowledged");
      while (ledger.count("acknowledged") < before + 50) await sleep(5);
      await cluster.kill();
      await sleep(500);
      const health = await ask({ method: "GET", path: "/healthz" });
      const readiness = await ask({ method: "GET", path: "/readyz" });
      aliveMeanwhile &&= health.status === 200 && readiness.status === 503;
      await cluster.restart();
      readyAgain.push(await ready(server));
    }
    stopping.abort();
    const tally = await writing;
    const repeated = await ledger.repeat(ask);
    const slowest = percentile([...tally.served, ...tally.refused], 1);
    return {
      figures: {
        kills: KILLS,
        "writes asked for": ledger.count(),
        acknowledged: ledger.count("acknowledged"),
        "repeated under their keys": repeated,
        "ready again after Postgres, slowest ms": percentile(readyAgain, 1),
        "slowest answer, ms": slowest,
        statuses: JSON.stringify(tally.statuses),
      },
      faults: [
        ...(await endOf(server)),
        ...tally.untyped,
        ...ledger.unrepeated(),
        ...(await asking(url, ledger.audit)),
        ...faultsAmong({
          "it is alive and not ready while Postgres is away": aliveMeanwhile,
          "it is ready within 10 s of Postgres": percentile(readyAgain, 1) <= 10_000,
          "every answer came within 5 s": slowest <= 5_000,
          "every request was answered": Object.keys(tally.unanswered).length === 0,
        }),
      ],
    };
  },
};
