import type { Judged } from "../goals.ts";
import type { Sample } from "../measure/rounds.ts";
import { ratios, spreadOf } from "../measure/spread.ts";
import type { MeasuredGroup } from "../works/measure.ts";

const HEAD = [
  "",
  "req/s",
  "ratio",
  "p50 ms",
  "ratio",
  "p99 ms",
  "cpu ms",
  "ratio",
  "sql",
  "db ms",
  "load ms",
  "core",
  "MB",
];

/** A group as lines of text: medians over the rounds, and ratios to the first entry with their quartiles. */
export function tableOf({ title, entries }: MeasuredGroup): string {
  const lines = entries.map(({ label, samples, statements }) => {
    const median = (field: keyof Sample, digits: number) =>
      spreadOf(samples.map((sample) => sample[field])).median.toFixed(digits);
    const ratio = (field: keyof Sample) => {
      const { median, lower, upper } = spreadOf(ratios(entries[0]!.samples, samples, field));
      return `${median.toFixed(2)} (${lower.toFixed(2)}-${upper.toFixed(2)})`;
    };
    return [
      label,
      median("requestsPerSecond", 0),
      ratio("requestsPerSecond"),
      median("p50", 2),
      ratio("p50"),
      median("p99", 1),
      median("cpu", 3),
      ratio("cpu"),
      String(statements ?? "-"),
      median("database", 3),
      median("load", 3),
      median("saturation", 2),
      median("memory", 0),
    ];
  });
  const disturbance = spreadOf(
    entries.flatMap(({ samples }) => samples.map((each) => each.disturbance)),
  ).median;
  return `${title}\n${aligned([HEAD, ...lines])}\nother work on this machine: ${Math.round(disturbance * 100)} % of it\n\n`;
}

export function goalsTable(judged: readonly Judged[]): string {
  const head = ["", "measured", "required", "aim", ""];
  const lines = judged.map(
    ({ work, figure, spread: { median, lower, upper }, direction, required, aim, unit, verdict }) => [
      `(${work}) ${figure}`,
      `${median.toFixed(2)} (${lower.toFixed(2)}-${upper.toFixed(2)})${unit ? ` ${unit}` : ""}`,
      `${direction} ${required}`,
      String(aim),
      verdict,
    ],
  );
  return `${aligned([head, ...lines])}\n\n`;
}

/** The first column to the left, the others to the right. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!);
  return lines.map((line) => line.map(pad).join("  ")).join("\n");
}
