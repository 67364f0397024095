import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_TIMER, parseDuration } from "../../src/core/timers.ts";

describe("parseDuration", () => {
  it.each([
    ["PT0S", 0],
    ["P0D", 0],
    ["PT1M", 60],
    ["PT90S", 90],
    ["PT1H30M", 5400],
    ["P1D", 86_400],
    ["P2W", 1_209_600],
    ["P1DT1H1M1S", 90_061],
    ["P1W1DT1S", 691_201],
    ["PT59.9S", 59.9],
    ["PT60,5S", 60.5],
    ["PT3153600000S", LONGEST_TIMER],
  ])("reads %s as %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each([
    "",
    "P",
    "PT",
    "P1DT",
    "P1Y",
    "P1M",
    "P1Y1D",
    "P0Y",
    "P0M",
    "-PT1M",
    "PT-1M",
    "+PT1M",
    "pt1m",
    "PT1M ",
    "PT1M\n",
    "PT1M1H",
    "P1H",
    "PT1D",
    "PT1.5M",
    "1",
    "60",
    "PT1e9S",
    "PT3153600001S",
    `PT${"9".repeat(400)}S`,
    "null",
  ])("null for %j", (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it("never throws, and never returns what is no timer", () => {
    const parts = fc.constantFrom("P", "T", "1", "9", ".", "W", "D", "H", "M", "S", "Y", "-", ",");
    const nearly = fc.array(parts, { maxLength: 12 }).map((all) => all.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (text) => {
        const seconds = parseDuration(text);
        if (seconds === null) return;
        expect(Number.isInteger(seconds) && seconds >= 0 && seconds <= LONGEST_TIMER).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
