import { type Experiment, faultsAmong, percentile } from "../experiment.ts";
import { asking, endOf, onPostgres, startReady } from "../house.ts";
import { type Client, connections, createClient } from "../http.ts";
import { createLedger } from "../ledger.ts";
import { load } from "../load.ts";

const SECONDS = 60;

export const terminations: Experiment = {
  name: "terminations",
  claim: `all connections terminated once a second for ${SECONDS} s: the process lives, no error without a code`,
  async run(world) {
    const { url, env } = await onPostgres(world);
    const server = await startReady(world, env);
    const { port } = server;
    const ledger = createLedger();
    await ledger.prepare(createClient(port, connections()), 40);
    let turn = 0;
    const send = (ask: Client) =>
      turn++ % 2 === 0 ? ledger.write(ask) : ask({ method: "GET", path: "/v1/Conversations?PageSize=20" });

    const normal = await load({ port, clients: 20, seconds: 8, send });
    let terminated = 0;
    const terminating = setInterval(async () => {
      const { admin } = world.cluster;
      const rows = await admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = ${url.pathname.slice(1)} and application_name like 'parley%'`;
      terminated += rows.length;
    }, 1000);
    const broken = await load({ port, clients: 20, seconds: SECONDS, send, patient: false });
    clearInterval(terminating);
    const after = await load({ port, clients: 20, seconds: 3, send });
    await ledger.repeat(createClient(port, connections()));
    const slowest = percentile([...broken.served, ...broken.refused], 1);
    return {
      figures: {
        "connections terminated": terminated,
        "normal goodput, requests/s": normal.goodput,
        "goodput meanwhile": broken.goodput,
        "goodput afterwards": after.goodput,
        "refused (503)": broken.statuses[503] ?? 0,
        "slowest answer, ms": slowest,
        statuses: JSON.stringify(broken.statuses),
      },
      faults: [
        ...(await endOf(server)),
        ...[broken, after].flatMap(({ untyped }) => untyped),
        ...ledger.unrepeated(),
        ...(await asking(url, ledger.audit)),
        ...faultsAmong({
          "every request was answered": Object.keys(broken.unanswered).length === 0,
          "every answer came within 5 s": slowest <= 5_000,
          "all succeed again afterwards": after.refused.length === 0,
        }),
      ],
    };
  },
};
