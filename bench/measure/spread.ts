import type { Sample } from "./rounds.ts";

/** What a figure was in each round, summed up. */
export interface Spread {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

/** Median and quartiles. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    const above = sorted[Math.ceil(place)] ?? Number.NaN;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

/** Round by round, what a field of one was to that of another. */
export function ratios(base: readonly Sample[], samples: readonly Sample[], field: keyof Sample): number[] {
  return samples.map((sample, round) => sample[field] / base[round]![field]);
}
