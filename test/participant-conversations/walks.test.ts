import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newAccount, type Resource } from "../setup/seed.ts";
import { joinAsAnn, LISTS, ORDERS, reader } from "./lists.ts";

const CASES = Object.keys(LISTS).flatMap((name) =>
  ORDERS.flatMap((order) => ["null", "{ state: ACTIVE }"].map((filter) => ({ name, order, filter }))),
);

const script = fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  // When they were created, to the second: many at the same; and whether they stay as they are.
  rooms: fc.array(fc.record({ second: fc.integer({ min: 0, max: 3 }), stays: fc.boolean() }), {
    minLength: 1,
    maxLength: 7,
  }),
});

describe.each(CASES)("a walk through $name by $order, filter $filter", ({ name, order, filter }) => {
  it("meets every conversation that stays as it is exactly once, both ways, while others move, go and come", async () => {
    await fc.assert(
      fc.asyncProperty(script, async ({ size, rooms }) => {
        const seed = await newAccount();
        const make = async (UniqueName: string, second: number) => {
          const room = await seed.conversation({ UniqueName, DateCreated: `2020-01-01T00:00:0${second}Z` });
          await joinAsAnn(seed, room);
          return room;
        };
        // A user to begin with, where everything may have gone.
        await make("z", 0);
        const restless: Resource[] = [];
        for (const [n, { second, stays }] of rooms.entries()) {
          const room = await make(String.fromCharCode(97 + n), second);
          if (!stays) restless.push(room);
        }
        let turn = 0;
        const disturb = async () => {
          const room = restless[turn % Math.max(restless.length, 1)];
          if (room === undefined) return;
          const acts = [
            () => seed.rest.post(room.links.messages, { Body: "hello" }),
            () => seed.rest.post(room.url, { State: turn % 2 ? "inactive" : "active" }),
            () => seed.rest.delete(room.url),
          ];
          await acts[turn++ % acts.length]!();
        };
        const read = reader(seed, LISTS[name as keyof typeof LISTS]);
        const walk = async (count: "first" | "last") => {
          const [side, cursor, more] =
            count === "first"
              ? (["after", "endCursor", "hasNextPage"] as const)
              : (["before", "startCursor", "hasPreviousPage"] as const);
          const names: string[] = [];
          for (let place = "null", on = true; on; ) {
            const page = await read(
              `orderBy: ${order}, filter: ${filter}, ${count}: ${size}, ${side}: ${place}`,
            );
            names.push(...(count === "first" ? page.names : [...page.names].reverse().join("")));
            on = page.pageInfo[more];
            place = JSON.stringify(page.pageInfo[cursor]);
            await disturb();
          }
          return names;
        };
        const moving = new Set(restless.map((room) => room.unique_name));
        const quiet = (names: Iterable<string>) => [...names].filter((one) => !moving.has(one));
        const walks = [await walk("first"), (await walk("last")).toReversed()];
        const { names } = await read(`orderBy: ${order}, filter: ${filter}`);
        expect(quiet(names)).toHaveLength(rooms.length + 1 - restless.length);
        for (const walked of walks) expect(quiet(walked)).toEqual(quiet(names));
      }),
      { numRuns: 3 },
    );
  }, 60_000);
});
