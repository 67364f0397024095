import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import type { Filled } from "../database/prepare.ts";
import type { Judged } from "../goals.ts";
import { NODE, ROOT } from "../settings.ts";
import type { MeasuredGroup } from "../works/measure.ts";
import { chartOf } from "./chart.ts";

interface Run {
  readonly name: "full" | "quick";
  readonly text: string;
  readonly groups: readonly MeasuredGroup[];
  readonly judged: readonly Judged[];
  readonly database: Filled;
  /** How long it took, with databases that were made for it. */
  readonly seconds: number;
}

/** The run as a table, with every sample as JSON, and as a chart. */
export async function writeResults({ name, text, groups, judged, database, seconds }: Run): Promise<void> {
  const folder = join(ROOT, "bench/results");
  mkdirSync(folder, { recursive: true });
  const at = { ...(await machine(database)), date: new Date().toISOString(), seconds };
  writeFileSync(join(folder, `${name}.txt`), text);
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify({ at, goals: judged, groups }, rounded, 1)}\n`,
  );
  writeFileSync(join(folder, `${name}.svg`), chartOf(groups));
}

async function machine({ sql }: Filled) {
  const [row] = await sql<{ server_version: string }[]>`show server_version`;
  return {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    postgres: row!.server_version,
    node: execFileSync(NODE.own, ["--version"], { encoding: "utf8" }).trim(),
  };
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}
