import { describe, expect, it } from "vitest";
import { conclude, type Goal, judge } from "../../bench/goals.ts";

const atLeast: Goal = { work: "a", figure: "requests/s", direction: "at least", required: 0.9, aim: 1 };
const atMost: Goal = { work: "a", figure: "server CPU", direction: "at most", required: 1.15, aim: 1 };

describe("a figure of the bench", () => {
  it.each([
    ["missed where its whole interquartile spread lies below", atLeast, [0.7, 0.8, 0.85, 0.89, 2], "missed"],
    ["held where its spread reaches the limit", atLeast, [0.7, 0.8, 0.85, 0.9, 0.9], "held"],
    ["held though no round reaches the aim", atLeast, [0.95, 0.95, 0.95], "held"],
    ["at its aim where its median is", atLeast, [0.2, 1, 1.2], "aim"],
    ["missed where its whole interquartile spread lies above", atMost, [1, 1.16, 1.2, 1.3, 1.4], "missed"],
    ["held where its spread begins at the limit", atMost, [1.15, 1.15, 1.2, 1.3, 1.4], "held"],
    ["at its aim from below", atMost, [0.8, 0.9, 1.4], "aim"],
    ["not measured without a round", atMost, [], "not measured"],
    ["not measured where a round gave no number", atMost, [1, Number.NaN, 1], "not measured"],
  ])("is %s", (_, goal, values, verdict) => {
    expect(judge(goal, values).verdict).toBe(verdict);
  });
});

describe("a run of the bench", () => {
  it("succeeds, and says so, where every required figure holds", () => {
    const outcome = conclude([judge(atLeast, [0.9, 0.95, 1]), judge(atMost, [1, 1, 1.2])]);
    expect(outcome).toEqual({ failed: false, line: "All 2 required figures hold." });
  });

  it("fails, and names what is missed and what was not measured", () => {
    const missed = judge(atLeast, [0.5, 0.5, 0.5]);
    const { failed, line } = conclude([missed, judge(atMost, [1]), judge(atMost, [])]);
    expect(failed).toBe(true);
    expect(line).toBe("Missed: (a) requests/s 0.50, required at least 0.9; (a) server CPU not measured.");
  });
});
