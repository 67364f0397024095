import { bytesOf, type Contestant } from "../contestants/contestant.ts";
import type { Server } from "../contestants/server.ts";
import type { Filled } from "../database/prepare.ts";
import { compared } from "../measure/equal.ts";
import type { Shot } from "../measure/load.ts";
import { type Plan, runRounds, type Sample } from "../measure/rounds.ts";
import type { Entry, Group } from "./groups.ts";
import { statementsOf } from "./statements.ts";

export interface Measured {
  readonly label: string;
  /** SQL statements of one request. */
  readonly statements: number;
  readonly samples: readonly Sample[];
}

export interface MeasuredGroup {
  readonly id: string;
  readonly work: string;
  readonly title: string;
  readonly entries: readonly Measured[];
}

/** Starts everyone, compares what they answer, counts their statements, and then measures them. */
export async function measure(group: Group, database: Filled, plan: Plan): Promise<MeasuredGroup> {
  const entries = await group.entries(database);
  const servers = new Map<Contestant, Server>();
  try {
    for (const { contestant } of entries) {
      if (!servers.has(contestant)) servers.set(contestant, await contestant.start(database, database.url));
    }
    const shots = await shotsOf(entries, servers);
    const runners = entries.map(({ contestant }, index) => ({
      database,
      server: servers.get(contestant)!,
      next: shots[index]!,
    }));
    const samples = await runRounds(runners, { ...plan, connections: group.connections });
    const counted: number[] = [];
    for (const entry of entries) counted.push(await statementsOf(entry, database));
    const { id, work, title } = group;
    const measured = entries.map(({ label }, i) => ({
      label,
      statements: counted[i]!,
      samples: samples[i]!,
    }));
    return { id, work, title, entries: measured };
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

async function shotsOf(entries: readonly Entry[], servers: Map<Contestant, Server>): Promise<(() => Shot)[]> {
  const shots = new Map<Entry, () => Shot>();
  for (const questions of new Set(entries.map((entry) => entry.questions))) {
    const asked = entries.filter((entry) => entry.questions === questions);
    if (typeof questions === "function") {
      for (const { contestant } of asked) void contestant;
      for (const entry of asked) {
        shots.set(entry, () => ({
          bytes: bytesOf(entry.contestant.ask(questions())),
          needsBody: true,
          check: (status, body) => status === 200 && isAddition(body as Buffer),
        }));
      }
    } else {
      const started = asked.map(({ contestant }) => ({ contestant, server: servers.get(contestant)! }));
      for (const [index, all] of (await compared(started, questions)).entries()) {
        let n = 0;
        shots.set(asked[index]!, () => all[n++ % all.length]!);
      }
    }
  }
  return entries.map((entry) => shots.get(entry)!);
}

function isAddition(body: Buffer): boolean {
  return body.includes('"sid":"MB') && !body.includes('"errors"');
}
