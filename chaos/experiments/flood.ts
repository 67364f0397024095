import { type Experiment, faultsAmong, percentile } from "../experiment.ts";
import { asking, endOf, memoryOf, onPostgres, startReady } from "../house.ts";
import { type Client, connections, createClient } from "../http.ts";
import { createLedger } from "../ledger.ts";
import { load, type Tally } from "../load.ts";

const NORMAL = 50;
const FLOOD = 2_000;

export const flood: Experiment = {
  name: "flood",
  claim: `${FLOOD} connections at once: 503 with Retry-After, at least 60 % of normal goodput, no refused write took effect`,
  async run(world) {
    const { url, env } = await onPostgres(world);
    const server = await startReady(world, env);
    const { port } = server;
    const ledger = createLedger();
    await ledger.prepare(createClient(port, connections()), 100);
    let turn = 0;
    const send = (ask: Client) =>
      turn++ % 2 === 0 ? ledger.write(ask) : ask({ method: "GET", path: "/v1/Conversations?PageSize=20" });

    await load({ port, clients: NORMAL, seconds: 3, send });
    const before = await load({ port, clients: NORMAL, seconds: 8, send });
    const flooded = await load({ port, clients: FLOOD, seconds: 10, send });
    const memory = await memoryOf(server);
    const impatient = await load({ port, clients: FLOOD, seconds: 8, send, patient: false });
    const after = await load({ port, clients: NORMAL, seconds: 8, send });
    const faults = await asking(url, (query) => ledger.audit(query, { refusedMeansNothing: true }));

    const all = [before, flooded, impatient, after];
    // Of both: what else runs on the machine comes and goes.
    const normal = (before.goodput + after.goodput) / 2;
    const share = flooded.goodput / normal;
    const slowest = (tally: Tally) => percentile([...tally.served, ...tally.refused], 1);
    return {
      figures: {
        "normal goodput before, requests/s": before.goodput,
        "and afterwards": after.goodput,
        "goodput under the flood": flooded.goodput,
        "share of normal": Math.round(share * 100) / 100,
        "share of normal, clients that do not wait": Math.round((impatient.goodput / normal) * 100) / 100,
        "refused (503)": flooded.statuses[503] ?? 0,
        "slowest answer, ms": slowest(flooded),
        "slowest answer, ms, clients that do not wait": slowest(impatient),
        "p50 of success, ms": percentile(flooded.served, 0.5),
        "p50 of refusal, ms": percentile(flooded.refused, 0.5),
        "memory, MB": memory,
        "writes in the ledger": ledger.count(),
        "of them refused": ledger.count("refused"),
        statuses: JSON.stringify(flooded.statuses),
        unanswered: JSON.stringify(flooded.unanswered),
        "unanswered, clients that do not wait": JSON.stringify(impatient.unanswered),
      },
      faults: [
        ...faults,
        ...all.flatMap(({ untyped }) => untyped),
        ...faultsAmong({
          "goodput is at least 60 % of normal": share >= 0.6,
          "some were refused with 503": (flooded.statuses[503] ?? 0) > 0,
          "every answer came within 5 s": slowest(flooded) <= 5_000,
          "every request was answered": Object.keys(flooded.unanswered).length === 0,
        }),
        ...(await endOf(server)),
      ],
    };
  },
};
