import type { Server } from "../contestants/server.ts";
import type { Filled } from "../database/prepare.ts";
import { LOAD_CORE } from "../settings.ts";
import { load, type Shot } from "./load.ts";
import { backendsOf, cpuOf, createMachineWatch, memoryOf, pin } from "./processes.ts";

/** What one contestant did in one round. */
export interface Sample {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of the server's CPU for a request. */
  readonly cpu: number;
  /** Milliseconds of Postgres' CPU for a request. */
  readonly database: number;
  /** Milliseconds of the load's own CPU for a request. */
  readonly load: number;
  /** Of the server's core, how much it used. */
  readonly saturation: number;
  /** Of the machine, how much was used by what is not part of the run. */
  readonly disturbance: number;
  /** Megabytes that the server holds afterwards. */
  readonly memory: number;
}

export interface Runner {
  readonly database: Filled;
  readonly server: Server;
  readonly next: () => Shot;
}

export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
  /** Seconds, once for each contestant: for as long the engine compiles what is hot. */
  readonly warmUp: number;
  readonly connections: number;
}

/** All runners in each round, in one order and then the other, so that what changes with time meets all of them. */
export async function runRounds(runners: readonly Runner[], plan: Plan): Promise<Sample[][]> {
  const samples = runners.map((): Sample[] => []);
  // Compilers, caches and pools have to be warm: once all around, and then a little before each round.
  for (const runner of runners) await load({ ...target(runner, plan), seconds: plan.warmUp });
  for (let round = 0; round < plan.rounds; round++) {
    const order = [...runners.keys()];
    if (round % 2 === 1) order.reverse();
    for (const index of order) samples[index]!.push(await sample(runners[index]!, plan));
  }
  return samples;
}

function target({ server, next }: Runner, { connections }: Plan) {
  return { port: server.port, connections, next };
}

async function sample(runner: Runner, plan: Plan): Promise<Sample> {
  const { server, database } = runner;
  await load({ ...target(runner, plan), seconds: 0.3 });
  const backends = await backendsOf(database.sql);
  pin(backends, LOAD_CORE);
  const machine = createMachineWatch();
  const before = { server: cpuOf(server.pid), backends: backends.map(cpuOf), own: process.cpuUsage() };
  const { requests, seconds, p50, p99 } = await load({ ...target(runner, plan), seconds: plan.seconds });
  const { used, cores } = machine();
  const cpu = cpuOf(server.pid) - before.server;
  // One that has ended meanwhile takes its part along.
  const worked = backends.map((pid, index) => cpuOf(pid) - before.backends[index]!).filter(Number.isFinite);
  const postgres = worked.length > 0 ? worked.reduce((sum, each) => sum + each, 0) : Number.NaN;
  const { user, system } = process.cpuUsage(before.own);
  const own = (user + system) / 1000;
  const ours = cpu + (postgres || 0) + own;
  return {
    requestsPerSecond: requests / seconds,
    p50,
    p99,
    cpu: cpu / requests,
    database: postgres / requests,
    load: own / requests,
    saturation: cpu / seconds / 1000,
    disturbance: Math.max(0, (used - ours) / (seconds * 1000 * cores)),
    memory: memoryOf(server.pid),
  };
}
