import { type Goal, type Judged, judge } from "../goals.ts";
import type { Sample } from "../measure/rounds.ts";
import { ratios, spreadOf } from "../measure/spread.ts";
import type { Measured, MeasuredGroup } from "./measure.ts";

/** What was asked for: works, or all of them; and whether they were measured at ten times the data, too. */
interface Asked {
  readonly only: readonly string[] | undefined;
  readonly larger: boolean;
}

/** The figures that are required of what was asked for. One that nothing was found for counts as not measured. */
export function judgeAll(groups: readonly MeasuredGroup[], { only, larger }: Asked): Judged[] {
  const find = (group: string, label = "Parley") =>
    groups.find(({ id }) => id === group)?.entries.find((entry) => entry.label === label);
  const compared = (own: Measured | undefined, other: Measured | undefined, field: keyof Sample) =>
    own && other && ratios(other.samples, own.samples, field);
  const against = (group: string, label: string, field: keyof Sample) =>
    compared(find(group), find(group, label), field);
  const statements = (entry: Measured | undefined) => entry && [entry.statements ?? Number.NaN];

  type Figure = [Goal, readonly number[] | undefined];
  const figures: Figure[] = [
    [atLeast("a", "requests/s against the floor", 0.9, 1), against("a", "floor", "requestsPerSecond")],
    [atMost("a", "server CPU against the floor", 1.15, 1), against("a", "floor", "cpu")],
    [
      atLeast("b", "requests/s against PostGraphile 5, Node 24", 1.1, 1.5),
      against("b-node24", "PostGraphile", "requestsPerSecond"),
    ],
    ...([24, 20] as const).map(
      (node): Figure => [
        atLeast("b", `requests/s against mercurius, Node ${node}`, 1.3, 2),
        against(`b-node${node}`, "mercurius", "requestsPerSecond"),
      ],
    ),
    [
      atMost("b", "server CPU against the json_agg floor, Node 24", 6, 3),
      against("b-node24", "floor", "cpu"),
    ],
    [atMost("b", "SQL statements", 4, 4), statements(find("b-node24"))],
    [atMost("c", "SQL statements", 7, 5), statements(find("c", "Parley, first page"))],
    [
      atMost("c", "last page against first page, p50", 1.2, 1.05),
      compared(find("c", "Parley, last page"), find("c", "Parley, first page"), "p50"),
    ],
    [
      atLeast("d", "requests/s against a hand-written transaction", 0.8, 0.95),
      against("d", "floor", "requestsPerSecond"),
    ],
    ...(larger ? ["a", "b", "c", "d", "e"] : []).map(
      (work): Figure => [
        atMost(work, "p50 at 10 x data against itself", 1.3, 1.1),
        compared(find(`${work}-larger`, "Parley, 10 x data"), find(`${work}-larger`), "p50"),
      ],
    ),
    [{ ...atMost("all", "memory under load", 300, 200), unit: "MB" }, greatestMemory(groups)],
  ];
  return figures
    .filter(([{ work }]) => only === undefined || work === "all" || only.includes(work))
    .map(([goal, values = []]) => judge(goal, values));
}

function atLeast(work: string, figure: string, required: number, aim: number): Goal {
  return { work, figure, direction: "at least", required, aim };
}

function atMost(work: string, figure: string, required: number, aim: number): Goal {
  return { work, figure, direction: "at most", required, aim };
}

/** Of Parley, at the work and on the Node where it holds the most. */
function greatestMemory(groups: readonly MeasuredGroup[]): number[] | undefined {
  const all = groups
    .flatMap(({ entries }) => entries)
    .filter(({ label }) => label.startsWith("Parley"))
    .map(({ samples }) => samples.map(({ memory }) => memory));
  return all.sort((a, b) => spreadOf(b).median - spreadOf(a).median)[0];
}
