import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { dateTime, sid, url } from "../../src/rest/format.ts";
import { writerOf } from "../../src/rest/writer.ts";

const item = z.object({
  sid: sid("CH", ""),
  url: url(""),
  text: z.string(),
  name: z.string().nullable(),
  binding: z.object({ type: z.enum(["sms", "chat"]), level: z.string().nullable() }).nullable(),
  timers: z.object({ first: dateTime("").optional(), second: dateTime("").optional() }),
  links: z.object({ self: z.string(), other: z.string().optional() }),
  empty: z.object({}),
  count: z.int().nullable(),
  is_open: z.boolean(),
  names: z.array(z.string()),
});
const page = z.object({ items: z.array(item), meta: z.object({ page: z.int() }) });

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.constantFrom('"', "\\", "\n", "\u0000", "\u007f", "\u2028", "\ud800", "😀", "{}"),
);
const date = fc.constant("2026-01-31T12:00:00Z");
const written = fc.record(
  {
    sid: fc.constant(`CH${"0".repeat(32)}`),
    url: fc.constant("https://parley.example.com/v1"),
    text,
    name: fc.option(text),
    binding: fc.option(
      fc.record({ type: fc.constantFrom("sms" as const, "chat" as const), level: fc.option(text) }),
    ),
    timers: fc.record({ first: date, second: date }, { requiredKeys: [] }),
    links: fc.record({ self: text, other: text }, { requiredKeys: ["self"] }),
    empty: fc.constant({}),
    count: fc.option(fc.integer()),
    is_open: fc.boolean(),
    names: fc.array(text, { maxLength: 3 }),
  },
  { noNullPrototype: true },
);

it("writes what JSON.stringify would", () => {
  const write = writerOf(page);
  fc.assert(
    fc.property(fc.array(written, { maxLength: 3 }), fc.nat(), (items, number) => {
      const value = { items, meta: { page: number } };
      expect(write(value)).toBe(JSON.stringify(value));
    }),
  );
});

it("leaves out what the schema does not name", () => {
  expect(writerOf(z.object({ a: z.int() }))({ a: 1, secret: "s" })).toBe('{"a":1}');
});
