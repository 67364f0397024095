import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import type { Environment } from "../../test/setup/processes.ts";
import { type Experiment, percentile, type World } from "../experiment.ts";
import { asking, embedded, onPostgres, startReady } from "../house.ts";
import { connections, createClient } from "../http.ts";
import { createLedger, type Query } from "../ledger.ts";

const KILLS = 20;
const WRITERS = 16;
/** Writes that have to be acknowledged between two kills. */
const BETWEEN = 30;

interface Home {
  readonly env: Environment;
  /** Asks the database while no server runs on it. */
  ask<T>(work: (query: Query) => Promise<T>): Promise<T>;
}

function kills(where: string, home: (world: World) => Promise<Home>): Experiment {
  return {
    name: `kills-${where}`,
    claim: `${KILLS} × kill -9 of the server while it writes (${where}): nothing lost, doubled or half-made`,
    async run(world) {
      const { env, ask: askDatabase } = await home(world);
      const ledger = createLedger();
      const restarts: number[] = [];
      const faults: string[] = [];
      let repeated = 0;
      let server = await startReady(world, env);
      await ledger.prepare(createClient(server.port, connections()), 40);
      for (let kill = 0; kill < KILLS; kill++) {
        const ask = createClient(server.port, connections());
        const before = ledger.count("acknowledged");
        const writer = async () => {
          for (;;) await ledger.write(ask);
        };
        const writers = Array.from({ length: WRITERS }, () => writer().catch(() => {}));
        while (ledger.count("acknowledged") < before + BETWEEN) await sleep(5);
        await sleep(Math.random() * 100);
        server.child.kill("SIGKILL");
        await Promise.all([server.exit, ...writers]);

        const started = performance.now();
        server = await startReady(world, env);
        restarts.push(performance.now() - started);
        repeated += await ledger.repeat(createClient(server.port, connections()));
      }
      faults.push(...ledger.unrepeated());
      server.child.kill("SIGTERM");
      await server.exit;
      faults.push(...(await askDatabase(ledger.audit)));
      return {
        figures: {
          kills: KILLS,
          "writes asked for": ledger.count(),
          acknowledged: ledger.count("acknowledged"),
          "unanswered and never repeated": ledger.count("unanswered"),
          "unanswered and repeated under their keys": repeated,
          "restart until ready, p50 ms": percentile(restarts, 0.5),
        },
        faults,
      };
    },
  };
}

export const killsOnPostgres = kills("postgres", async (world) => {
  const { env, url } = await onPostgres(world);
  return { env, ask: (work) => asking(url, work) };
});

export const killsEmbedded = kills("embedded", async (world) => {
  const env = await embedded(world);
  return {
    env,
    async ask(work) {
      const pglite = await PGlite.create(join(env.PARLEY_DATA_DIR!, "database"));
      try {
        return await work(async (text, parameters) => {
          const { rows } = await pglite.query<Record<string, unknown>>(text, [...parameters]);
          return rows;
        });
      } finally {
        await pglite.close();
      }
    },
  };
});
