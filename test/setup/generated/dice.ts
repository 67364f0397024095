import fc from "fast-check";

/** Chooses for one request; the same seed chooses the same. */
export interface Dice {
  /** A whole number below `bound`. */
  below(bound: number): number;
  chance(share: number): boolean;
  of<T>(items: readonly T[]): T;
  /** Text of any kind, hostile too. */
  text(): string;
}

const HOSTILE = [
  "",
  " ",
  ".",
  "..",
  "0",
  "-1",
  "null",
  "true",
  "[]",
  "{",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202eabc",
  "👩‍👩‍👧‍👦",
  "é",
  "e\u0301",
  "İ",
  "'; drop table conversations; --",
  "$1",
  "%00",
  "%",
  "\\",
  '"',
  "\n\r\t",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "toString",
  "NaN",
  "Infinity",
  "1e400",
  "9007199254740993",
  "2147483648",
  "-2147483649",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "10000-01-01T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "2026-01-31T12:00:00+14:00",
  "P100Y",
  "P99999999999D",
  "PT0S",
  `AC${"0".repeat(32)}`,
  `CH${"F".repeat(32)}`,
  "x".repeat(257),
  "é".repeat(300),
  "[".repeat(600),
  `${"[".repeat(500)}${"]".repeat(500)}`,
] as const;
const PLAUSIBLE = [
  "ann",
  "bob",
  "+15558675310",
  "+15017122661",
  "whatsapp:+15558675310",
  '{"a":1}',
  "{}",
  "2026-01-31T12:00:00Z",
  "2020-06-01T00:00:00.123Z",
  "PT1M",
  "PT30M",
  "P1D",
  "active",
  "inactive",
  "closed",
  "default",
  "muted",
  "asc",
  "desc",
  "1",
  "5",
  "20",
  "conversation",
  "service",
  "sendMessage",
  "hello",
] as const;

/** The dice of as many requests as `numRuns`. */
export function diceOf(seed: number, numRuns: number): Dice[] {
  return fc.sample(fc.gen(), { seed, numRuns }).map((generate) => {
    let state = generate(fc.nat);
    // Mulberry32: drawing every choice from fast-check would cost more than the requests do.
    const next = () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
    const below = (bound: number) => Math.floor(next() * bound);
    const of = <T>(items: readonly T[]): T => items[below(items.length)]!;
    return {
      below,
      of,
      chance: (share) => next() < share,
      text() {
        const kind = next();
        if (kind < 0.4) return of(PLAUSIBLE);
        if (kind < 0.6) return of(HOSTILE);
        if (kind < 0.7) return `name-${below(1_000_000)}`;
        if (kind < 0.85) return generate(fc.string, { maxLength: 30 });
        if (kind < 0.98) return generate(fc.string, { unit: "binary", maxLength: 60 });
        return "x".repeat(below(40_000));
      },
    };
  });
}
