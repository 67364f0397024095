import { describe, expect, it } from "vitest";
import { conclude } from "../../bench/goals.ts";
import { judgeAll } from "../../bench/works/required.ts";

const sample = {
  requestsPerSecond: 100,
  p50: 1,
  p99: 2,
  cpu: 1,
  database: 1,
  load: 1,
  saturation: 1,
  disturbance: 0,
  memory: 100,
};
const group = (labels: readonly string[]) => ({
  id: "d",
  work: "d",
  title: "",
  entries: labels.map((label) => ({ label, statements: 1, samples: [sample, sample] })),
});

describe("a required figure", () => {
  it("is judged where it was asked for and measured", () => {
    const judged = judgeAll([group(["floor", "Parley"])], { only: ["d"], larger: false });
    expect(judged.map(({ work, verdict }) => [work, verdict])).toEqual([
      ["d", "aim"],
      ["all", "aim"],
    ]);
  });

  it("has not held where nothing of it was found, as under another name", () => {
    const judged = judgeAll([group(["Floor", "Parley"])], { only: ["d"], larger: false });
    expect(conclude(judged)).toMatchObject({ failed: true, line: expect.stringContaining("not measured") });
  });

  it("is never left out of a whole run", () => {
    for (const [larger, count] of [
      [true, 16],
      [false, 11],
    ] as const) {
      const judged = judgeAll([], { only: undefined, larger });
      expect(judged.map(({ verdict }) => verdict)).toEqual(Array(count).fill("not measured"));
    }
  });
});
