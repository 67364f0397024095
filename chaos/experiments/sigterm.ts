import { setTimeout as sleep } from "node:timers/promises";
import { type Experiment, faultsAmong, percentile } from "../experiment.ts";
import { asking, onPostgres, startReady } from "../house.ts";
import { type Client, connections, createClient } from "../http.ts";
import { createLedger } from "../ledger.ts";

const TIMES = 3;
const CLIENTS = 50;

export const sigterm: Experiment = {
  name: "sigterm",
  claim: "SIGTERM under load: no request in flight fails, exit with 0 within 10 s",
  async run(world) {
    const { url, env } = await onPostgres(world);
    const ledger = createLedger();
    const failures: string[] = [];
    const exits: number[] = [];
    const codes: (number | null)[] = [];
    let answered = 0;
    for (let time = 0; time < TIMES; time++) {
      const server = await startReady(world, env);
      if (time === 0) await ledger.prepare(createClient(server.port, connections()), 40);
      let turn = 0;
      const send = (ask: Client) =>
        turn++ % 2 === 0 ? ledger.write(ask) : ask({ method: "GET", path: "/v1/Conversations?PageSize=20" });
      /** Asks over one connection until it is told that it closes. */
      const client = async () => {
        const agent = connections(1);
        const ask = createClient(server.port, agent);
        try {
          for (let kept = true; kept; answered++) {
            const { status, headers, text } = await send(ask);
            if (status >= 400) failures.push(`${status} ${text}`);
            kept = headers.connection !== "close";
          }
        } catch (error) {
          failures.push(String(error));
        } finally {
          agent.destroy();
        }
      };
      const clients = Array.from({ length: CLIENTS }, client);
      await sleep(2_000);
      const signalled = performance.now();
      server.child.kill("SIGTERM");
      codes.push((await server.exit).code);
      exits.push(performance.now() - signalled);
      await Promise.all(clients);
    }
    return {
      figures: {
        "requests answered": answered,
        "requests failed": failures.length,
        "slowest exit, ms": percentile(exits, 1),
      },
      faults: [
        ...failures,
        ...(await asking(url, (query) => ledger.audit(query, { refusedMeansNothing: true }))),
        ...faultsAmong({
          "it exits with 0": codes.every((code) => code === 0),
          "it exits within 10 s": percentile(exits, 1) <= 10_000,
        }),
      ],
    };
  },
};
