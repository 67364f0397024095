import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMilliseconds, inSeconds, parseInstant } from "../../src/core/instant.ts";

describe("parseInstant", () => {
  it.each([
    ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500Z"],
    ["2026-01-31T12:00:00.123456789Z", "2026-01-31T12:00:00.123Z"],
    ["2026-01-31T12:00:00+05:30", "2026-01-31T06:30:00.000Z"],
    ["2026-01-31T12:00:00-08:00", "2026-01-31T20:00:00.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ])("reads %s as %s", (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each([
    "",
    "now",
    "2026-01-31",
    "2026-01-31T12:00:00",
    "2026-01-31 12:00:00Z",
    "2026-02-30T12:00:00Z",
    "2025-02-29T12:00:00Z",
    "2026-13-01T12:00:00Z",
    "2026-01-31T24:00:00Z",
    "2026-01-31T12:60:00Z",
    "0000-12-31T12:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "10000-01-01T00:00:00Z",
    "+010000-01-01T00:00:00Z",
    "1769860800",
    "2026-01-31T12:00:00Z\n",
  ])("null for %j", (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it("reads back whatever it returned", () => {
    const dates = fc.date({
      min: new Date("0001-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseInstant(date.toISOString())).toBe(date.toISOString());
      }),
    );
  });
});

describe("inSeconds", () => {
  it("cuts, never rounds", () => {
    expect(inSeconds("2026-01-31T12:00:00.999Z")).toBe("2026-01-31T12:00:00Z");
  });
});

describe("addMilliseconds", () => {
  it("stops at the end of the year 9999", () => {
    expect(addMilliseconds("2026-01-31T12:00:00.000Z", 60_000)).toBe("2026-01-31T12:01:00.000Z");
    expect(addMilliseconds("9999-12-31T23:59:00.000Z", 60_000)).toBe("9999-12-31T23:59:59.999Z");
  });
});
