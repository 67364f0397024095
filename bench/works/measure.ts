import type { Contestant } from "../contestants/contestant.ts";
import type { Server } from "../contestants/server.ts";
import type { Filled } from "../database/prepare.ts";
import { type Plan, runRounds, type Sample } from "../measure/rounds.ts";
import type { Group } from "./groups.ts";
import { shotsOf } from "./shots.ts";
import { statementsOf } from "./statements.ts";

export interface Measured {
  readonly label: string;
  /** SQL statements of one request; null where requests differ. */
  readonly statements: number | null;
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
    for (const { contestant, database: own } of entries) {
      if (!servers.has(contestant)) servers.set(contestant, await contestant.start(own, own.url));
    }
    const shots = await shotsOf(entries, servers);
    const runners = entries.map(({ contestant, database }, index) => ({
      database,
      server: servers.get(contestant)!,
      next: shots[index]!,
    }));
    const samples = await runRounds(runners, plan);
    await Promise.all([...servers.values()].map((server) => server.stop()));
    servers.clear();
    const counted: (number | null)[] = [];
    for (const entry of entries) counted.push(await statementsOf(entry));
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
