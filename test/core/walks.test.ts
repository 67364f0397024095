import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer, Form } from "../setup/clients.ts";
import { binding, newAccount, type Resource, type Seed } from "../setup/seed.ts";

interface List {
  readonly path: string;
  readonly key: string;
  /** Adds a row somewhere in the list, by a number from 0 to 99; returns what names it. */
  add(place: number): Promise<string>;
  remove(name: string): Promise<unknown>;
  nameOf(row: Resource): string;
}

type Open = (seed: Seed) => Promise<List>;

/** Rows that join conversations made beforehand: they come into the list at any place. */
const joining =
  (path: string, form: (n: number) => Form): Open =>
  async (seed) => {
    const rooms: Resource[] = [];
    let joined = 0;
    for (let i = 0; i < 30; i++) rooms.push(await seed.conversation());
    if (path.includes("/Users/ann")) await seed.user("ann");
    return {
      path,
      key: "conversations",
      async add(place) {
        const [room] = rooms.splice(place % rooms.length, 1);
        return (await seed.participant(room, form(joined++))).url;
      },
      remove: (url) => seed.rest.delete(url),
      nameOf: (row) => row.links.participant,
    };
  };

/** Conversations created at any date. */
const conversations =
  (path: string): Open =>
  async ({ rest, conversation }) => ({
    path,
    key: "conversations",
    add: async (place) =>
      (await conversation({ DateCreated: `2020-01-01T00:${String(place % 60).padStart(2, "0")}:00Z` })).url,
    remove: (url) => rest.delete(url),
    nameOf: (row) => row.url,
  });

const LISTS: [string, Open][] = [
  [
    "ParticipantConversations by identity",
    joining("/v1/ParticipantConversations?Identity=ann&", () => ({ Identity: "ann" })),
  ],
  [
    "ParticipantConversations by address",
    joining("/v1/ParticipantConversations?Address=%2B15550000001&", (n) =>
      binding("+15550000001", `+1555${1000 + n}`),
    ),
  ],
  ["UserConversations", joining("/v1/Users/ann/Conversations?", () => ({ Identity: "ann" }))],
  ["Conversations by activity", conversations("/v1/Conversations?")],
  ["Conversations by activity in a state", conversations("/v1/Conversations?State=active&")],
  ["Conversations by creation", conversations("/v1/Conversations?StartDate=2000-01-01T00:00:00Z&")],
  [
    "Participants",
    async ({ rest, conversation, participant }) => {
      const room = await conversation();
      return {
        path: `${room.links.participants}?`,
        key: "participants",
        add: async () => (await participant(room, { Identity: crypto.randomUUID() })).url,
        remove: (url) => rest.delete(url),
        nameOf: (row) => row.url,
      };
    },
  ],
  [
    "Users",
    async ({ rest, user }) => ({
      path: "/v1/Users?",
      key: "users",
      add: async () => (await user(crypto.randomUUID())).url,
      remove: (url) => rest.delete(url),
      nameOf: (row) => row.url,
    }),
  ],
];

const place = fc.integer({ min: 0, max: 99 });
const script = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  rows: fc.array(fc.record({ place, stays: fc.boolean() }), { minLength: 1, maxLength: 10 }),
  arrivals: fc.array(place, { maxLength: 8 }),
});

describe.each(LISTS)("a walk through %s", (_, open) => {
  it("meets every row that stays exactly once, in order, both ways, while others come and go", async () => {
    await fc.assert(
      fc.asyncProperty(script, async ({ size, rows, arrivals: given }) => {
        const arrivals = [...given];
        const seed = await newAccount();
        const list = await open(seed);
        const staying = new Set<string>();
        const going: string[] = [];
        for (const row of rows) {
          const name = await list.add(row.place);
          if (row.stays) staying.add(name);
          else going.push(name);
        }
        const disturb = async () => {
          const [arrival] = arrivals.splice(0, 1);
          if (arrival !== undefined) going.push(await list.add(arrival));
          const [leaver] = going.splice((arrival ?? 0) % Math.max(going.length, 1), 1);
          if (leaver !== undefined) await list.remove(leaver);
        };
        const walk = async (from: string, link: "next_page_url" | "previous_page_url") => {
          const names: string[] = [];
          let last = from;
          for (let url: string | null = from; url !== null; ) {
            last = url;
            const { status, body }: Answer = await seed.rest.get(url);
            expect(status).toBe(200);
            expect(body[list.key].length).toBeLessThanOrEqual(size);
            const page = body[list.key].map(list.nameOf);
            names.push(...(link === "next_page_url" ? page : page.toReversed()));
            url = body.meta[link];
            await disturb();
          }
          return { names, last };
        };
        // What arrived since may stand beyond the page that was the last: the way back begins at the end as it is now.
        const endFrom = async (from: string): Promise<string> => {
          const { next_page_url: next } = (await seed.rest.get(from)).body.meta;
          return next === null ? from : endFrom(next);
        };
        const onwards = await walk(`${list.path}PageSize=${size}`, "next_page_url");
        const back = await walk(await endFrom(onwards.last), "previous_page_url");
        const whole = (await seed.rest.get(`${list.path}PageSize=1000`)).body[list.key].map(list.nameOf);
        const expected = whole.filter((name: string) => staying.has(name));
        expect(expected).toHaveLength(staying.size);
        for (const names of [onwards.names, back.names.toReversed()]) {
          expect(new Set(names).size).toBe(names.length);
          expect(names.filter((name) => staying.has(name))).toEqual(expected);
        }
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});
