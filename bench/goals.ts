import { type Spread, spreadOf } from "./measure/spread.ts";

export interface Goal {
  readonly work: string;
  readonly figure: string;
  readonly direction: "at least" | "at most";
  readonly required: number;
  readonly aim: number;
  readonly unit?: string;
}

export interface Judged extends Goal {
  readonly spread: Spread;
  readonly verdict: "aim" | "held" | "missed" | "not measured";
}

/** Missed is a figure whose whole interquartile spread lies beyond the limit. */
export function judge(goal: Goal, values: readonly number[]): Judged {
  const spread = spreadOf(values);
  const beyond = (limit: number) =>
    goal.direction === "at least" ? spread.upper < limit : spread.lower > limit;
  const reaches = (limit: number) =>
    goal.direction === "at least" ? spread.median >= limit : spread.median <= limit;
  if (values.length === 0 || values.some(Number.isNaN)) return { ...goal, spread, verdict: "not measured" };
  return { ...goal, spread, verdict: beyond(goal.required) ? "missed" : reaches(goal.aim) ? "aim" : "held" };
}

/** The last line of a run, and whether it failed. What could not be measured has not held. */
export function conclude(judged: readonly Judged[]): { line: string; failed: boolean } {
  const wanting = judged.filter(({ verdict }) => verdict === "missed" || verdict === "not measured");
  if (wanting.length === 0) return { line: `All ${judged.length} required figures hold.`, failed: false };
  const names = wanting.map(
    ({ work, figure, spread, direction, required, verdict }) =>
      `(${work}) ${figure} ${verdict === "missed" ? `${spread.median.toFixed(2)}, required ${direction} ${required}` : verdict}`,
  );
  return { line: `Missed: ${names.join("; ")}.`, failed: true };
}
