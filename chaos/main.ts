import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createProcesses } from "../test/setup/processes.ts";
import { makeCluster } from "./cluster.ts";
import type { Experiment, Outcome } from "./experiment.ts";
import { cutOff } from "./experiments/cut-off.ts";
import { exhausted } from "./experiments/exhausted.ts";
import { flood } from "./experiments/flood.ts";
import { generated } from "./experiments/generated.ts";
import { hangUps } from "./experiments/hang-ups.ts";
import { killsEmbedded, killsOnPostgres } from "./experiments/kills.ts";
import { postgresKills } from "./experiments/postgres-kills.ts";
import { sigterm } from "./experiments/sigterm.ts";
import { slowClients } from "./experiments/slow-clients.ts";
import { terminations } from "./experiments/terminations.ts";

const EXPERIMENTS: readonly Experiment[] = [
  killsOnPostgres,
  killsEmbedded,
  postgresKills,
  terminations,
  cutOff,
  exhausted,
  flood,
  slowClients,
  sigterm,
  hangUps,
  generated,
];
const ROOT = process.cwd();

interface Result extends Outcome {
  readonly name: string;
  readonly claim: string;
  readonly seconds: number;
}

const { values } = parseArgs({ options: { only: { type: "string" } } });
const chosen = EXPERIMENTS.filter(({ name }) => values.only === undefined || values.only === name);
if (chosen.length === 0) {
  say(`There is no experiment of this name; there are: ${EXPERIMENTS.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}

const cluster = await makeCluster();
const results: Result[] = [];
try {
  for (const experiment of chosen) results.push(await carryOut(experiment));
} finally {
  await cluster.end();
}
for (const { name, faults, seconds } of results) {
  say(`${faults.length === 0 ? "holds" : "FAILS"}  ${name.padEnd(16)} ${String(seconds).padStart(4)} s`);
}
if (values.only === undefined) await keep(results);
const failed = results.filter(({ faults }) => faults.length > 0).map(({ name }) => name);
say(failed.length === 0 ? "All hold." : `These do not hold: ${failed.join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);

async function carryOut({ name, claim, run }: Experiment): Promise<Result> {
  say(`\n${name}: ${claim}`);
  const started = performance.now();
  const processes = createProcesses(async () => resolve(ROOT, "dist"));
  try {
    const { figures, faults } = await run({ processes, cluster }).catch((error) => ({
      figures: {},
      faults: [`broke off: ${error instanceof Error ? error.stack : error}`],
    }));
    for (const [figure, value] of Object.entries(figures)) say(`  ${figure}: ${value}`);
    for (const fault of faults.slice(0, 20)) say(`  NOT SO: ${fault}`);
    if (faults.length > 20) say(`  and ${faults.length - 20} more`);
    return { name, claim, figures, faults, seconds: Math.round((performance.now() - started) / 1000) };
  } finally {
    await processes.end();
  }
}

async function keep(results: readonly Result[]): Promise<void> {
  const dir = join(ROOT, "chaos/results");
  await mkdir(dir, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  const text = JSON.stringify({ machine, date: new Date().toISOString(), results }, null, 2);
  await writeFile(join(dir, "latest.json"), `${text}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
