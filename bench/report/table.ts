import type { Sample } from "../measure/rounds.ts";
import { spreadOf } from "../measure/spread.ts";
import type { MeasuredGroup } from "../works/measure.ts";

/** A group as lines of text: medians over the rounds, and ratios to the first entry with their quartiles. */
export function tableOf({ title, entries }: MeasuredGroup): string {
  const head = ["", "req/s", "ratio", "p50 ms", "p99 ms", "cpu ms", "ratio", "sql", "db ms", "core", "MB"];
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
      median("p99", 1),
      median("cpu", 3),
      ratio("cpu"),
      String(statements),
      median("database", 3),
      median("saturation", 2),
      median("memory", 0),
    ];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]!.length)));
  const text = [head, ...lines].map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  "),
  );
  const disturbance = spreadOf(
    entries.flatMap(({ samples }) => samples.map((each) => each.disturbance)),
  ).median;
  return `${title}\n${text.join("\n")}\nother work on this machine: ${Math.round(disturbance * 100)} % of it\n\n`;
}

/** Round by round, what a field of one was to that of another. */
export function ratios(base: readonly Sample[], samples: readonly Sample[], field: keyof Sample): number[] {
  return samples.map((sample, round) => sample[field] / base[round]![field]);
}
