import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSidSource, looksLikeSid, parseSid } from "../../src/core/sid.ts";

const HEX = "0123456789abcdef0123456789abcdef";

describe("createSidSource", () => {
  it("two letters and 32 lower-case hex digits", () => {
    expect(createSidSource()("CH")).toMatch(/^CH[0-9a-f]{32}$/);
  });

  it("begins with the milliseconds, then the count, then random bytes", () => {
    const newSid = createSidSource(
      () => 0x0123456789ab,
      (n) => Buffer.alloc(n, 0xcd),
    );
    expect(newSid("MB")).toBe("MB0123456789ab0000cdcdcdcdcdcdcdcd");
    expect(newSid("MB")).toBe("MB0123456789ab0001cdcdcdcdcdcdcdcd");
  });

  it("keeps the order of making, whatever the clock does and however many fall into a millisecond", () => {
    const clock = fc.array(fc.integer({ min: 1000, max: 1005 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(clock, (moments) => {
        let call = 0;
        const newSid = createSidSource(() => moments[call++ % moments.length]!);
        const sids = Array.from({ length: 200 }, () => newSid("CH"));
        expect(sids.toSorted()).toEqual(sids);
        expect(new Set(sids).size).toBe(200);
      }),
    );
  });

  it("borrows from the next millisecond when the count overflows", () => {
    const newSid = createSidSource(() => 1000);
    const sids = Array.from({ length: 0x10002 }, () => newSid("CH").slice(2, 18));
    const at = (time: number, count: number) =>
      time.toString(16).padStart(12, "0") + count.toString(16).padStart(4, "0");
    expect(sids[0xffff]).toBe(at(1000, 0xffff));
    expect(sids[0x10000]).toBe(at(1001, 0));
    expect(sids[0x10001]).toBe(at(1001, 1));
  });

  it("no two alike from several sources at the same moment", () => {
    const sources = Array.from({ length: 100 }, () => createSidSource(() => 1000));
    expect(new Set(sources.map((newSid) => newSid("US"))).size).toBe(100);
  });
});

describe("parseSid", () => {
  it.each([
    ["CH", `CH${HEX}`, `CH${HEX}`],
    ["CH", `CH${HEX.toUpperCase()}`, `CH${HEX}`],
    ["CH", `ch${HEX}`, null],
    ["CH", `MB${HEX}`, null],
    ["CH", `CH${HEX}0`, null],
    ["CH", `CH${HEX.slice(1)}`, null],
    ["CH", `CH${HEX.slice(1)}g`, null],
    ["CH", `CH${HEX}\n`, null],
    ["CH", ` CH${HEX}`, null],
    ["CH", "", null],
  ])("of kind %s reads %j as %j", (prefix, text, sid) => {
    expect(parseSid(prefix, text)).toBe(sid);
  });
});

describe("looksLikeSid", () => {
  it.each([`US${HEX}`, `us${HEX}`, `Zz${HEX.toUpperCase()}`])("true for %s", (text) => {
    expect(looksLikeSid(text)).toBe(true);
  });

  it.each([HEX, `U${HEX}`, `US${HEX}a`, `U5${HEX}`, `US${HEX.slice(1)}z`, ""])("false for %j", (text) => {
    expect(looksLikeSid(text)).toBe(false);
  });
});
