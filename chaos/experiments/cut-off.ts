import { setTimeout as sleep } from "node:timers/promises";
import { layLine } from "../../test/setup/line.ts";
import { type Experiment, faultsAmong, percentile, type World } from "../experiment.ts";
import { asking, endOf, onPostgres, ready, startReady } from "../house.ts";
import { type Client, connections, createClient } from "../http.ts";
import { createLedger } from "../ledger.ts";
import { load } from "../load.ts";

const SECONDS = 60;
type How = "cut" | "swallow";

export const cutOff: Experiment = {
  name: "cut-off",
  claim: `the database cut off for ${SECONDS} s, refused and black-holed: every request answered within 5 s, ready within 10 s`,
  async run(world) {
    const outcomes = await Promise.all([cutOffBy(world, "cut"), cutOffBy(world, "swallow")]);
    return {
      figures: Object.assign({}, ...outcomes.map(({ figures }) => figures)),
      faults: outcomes.flatMap(({ faults }) => faults),
    };
  },
};

async function cutOffBy(world: World, how: How) {
  const { url, env } = await onPostgres(world);
  const line = await layLine(url);
  await line.mend();
  const through = new URL(url);
  through.port = String(line.port);
  const server = await startReady(world, { ...env, DATABASE_URL: through.href });
  const { port } = server;
  const ledger = createLedger();
  await ledger.prepare(createClient(port, connections()));
  const paths = ["/v1/Conversations?PageSize=20", "/readyz", "/v1/Users"];
  let turn = 0;
  const send = (ask: Client) => {
    const path = paths[turn++ % 4];
    return path === undefined ? ledger.write(ask) : ask({ method: "GET", path });
  };

  const asked = load({ port, clients: 20, seconds: SECONDS + 2, send });
  await sleep(1000);
  await line[how]();
  await sleep(SECONDS * 1000);
  await line.mend();
  const readyAgain = await ready(server);
  const { served, refused, statuses, untyped, unanswered } = await asked;
  const after = await load({ port, clients: 20, seconds: 3, send });
  await ledger.repeat(createClient(port, connections()));
  const faults = await asking(url, ledger.audit);
  line.cut();
  const slowest = percentile([...served, ...refused], 1);
  const told = (text: string) => `${how}: ${text}`;
  return {
    figures: {
      [told("slowest answer, ms")]: slowest,
      [told("p50 of refusal, ms")]: percentile(refused, 0.5),
      [told("ready again, ms")]: readyAgain,
      [told("statuses")]: JSON.stringify(statuses),
      [told("statuses afterwards")]: JSON.stringify(after.statuses),
    },
    faults: [
      ...(await endOf(server)),
      ...untyped,
      ...faults,
      ...ledger.unrepeated(),
      ...faultsAmong({
        "every answer came within 5 s": slowest <= 5_000,
        "every request was answered": Object.keys(unanswered).length === 0,
        "it was ready within 10 s": readyAgain <= 10_000,
        "all succeed again afterwards": after.refused.length === 0,
      }),
    ].map(told),
  };
}
