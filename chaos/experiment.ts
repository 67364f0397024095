import type { Processes } from "../test/setup/processes.ts";
import type { Cluster } from "./cluster.ts";

/** What an experiment works with; processes that it starts end with it. */
export interface World {
  readonly processes: Processes;
  /** A Postgres of the run's own, which may be broken. */
  readonly cluster: Cluster;
}

export interface Outcome {
  /** What was measured, in the order to be shown. */
  readonly figures: Readonly<Record<string, number | string>>;
  /** What does not hold, in words; none where all holds. */
  readonly faults: readonly string[];
}

export interface Experiment {
  readonly name: string;
  /** What has to hold. */
  readonly claim: string;
  run(world: World): Promise<Outcome>;
}

/** The requirements that do not hold. */
export function faultsAmong(requirements: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(requirements)
    .filter(([, holds]) => !holds)
    .map(([requirement]) => requirement);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}
