import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openRooms, ROOMS, type Step, USERS } from "./unread.model.ts";

const room = fc.nat(ROOMS - 1);
const user = fc.constantFrom(...USERS);
const at = fc.nat(99).map((percent) => percent / 100);
const member = <const D>(what: D) => fc.record({ do: fc.constant(what), room, user });
const moved = <const D>(what: D) => fc.record({ do: fc.constant(what), room, user, at });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: member("write") },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("delete" as const), room, at }) },
  { weight: 6, arbitrary: moved("set") },
  { weight: 6, arbitrary: moved("setOnParticipant") },
  { weight: 3, arbitrary: moved("markUpTo") },
  { weight: 1, arbitrary: member("markRead") },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("markAll" as const), user }) },
  { weight: 1, arbitrary: member("clear") },
  { weight: 1, arbitrary: member("stamp") },
  { weight: 1, arbitrary: member("leave") },
  { weight: 3, arbitrary: member("join") },
);

/** Everyone in every room, with some messages. */
async function inhabited() {
  const rooms = await openRooms();
  for (let room = 0; room < ROOMS; room++) {
    for (let i = 0; i < 16; i++) await rooms.run({ do: "write", room, user: "ann" });
    for (const user of USERS) {
      await rooms.run({ do: "join", room, user });
      await rooms.run({ do: "set", room, user, at: 0.1 });
    }
  }
  return rooms;
}

describe("what is unread", () => {
  it("is what a model of it says, after anything", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 40, size: "max" }), async (steps) => {
        const rooms = await inhabited();
        for (const one of steps) {
          await rooms.run(one);
          expect(await rooms.seed.inboxFaults()).toEqual([]);
        }
        await rooms.check();
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it("follows from messages and horizons, after anything at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 2, maxLength: 16 }), { minLength: 2, maxLength: 5 }),
        async (batches) => {
          const rooms = await inhabited();
          for (const batch of batches) {
            await rooms.runTogether(batch);
            await rooms.check();
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});
