import { floor, mercurius, parley, postgraphile } from "../contestants/all.ts";
import type { Contestant } from "../contestants/contestant.ts";
import type { Filled } from "../database/prepare.ts";
import { CONNECTIONS } from "../settings.ts";
import { pages } from "./places.ts";
import { addresses, identities, newcomers, type Question } from "./questions.ts";

/** Asked over and over, or made anew for each request. */
export type Source = readonly Question[] | (() => Question);

/** One line of a table: a contestant at one kind of work. */
export interface Entry {
  readonly label: string;
  readonly contestant: Contestant;
  readonly database: Filled;
  /** Taken from in the order of `pattern`, over and over. */
  readonly sources: readonly Source[];
  readonly pattern: readonly number[];
}

/** What is measured in the same rounds. The first entry is what the others are compared with. */
export interface Group {
  readonly id: string;
  readonly work: string;
  readonly title: string;
  /** One where a latency is judged: with many, it only says again how many requests there are in a second. */
  readonly connections: number;
  entries(database: Filled): Promise<Entry[]>;
}

type What = Pick<Entry, "database" | "sources" | "pattern">;

const one = (database: Filled, source: Source): What => ({ database, sources: [source], pattern: [0] });
const each = (contestants: readonly Contestant[], what: What): Entry[] =>
  contestants.map((contestant) => ({ label: contestant.name, contestant, ...what }));

/** Of ten requests five are (a), four are (b), one is (d). */
export const MIX = [0, 1, 0, 1, 0, 1, 0, 1, 0, 2];

export const works = {
  a: async (database: Filled) => one(database, await addresses(database)),
  b: async (database: Filled) => one(database, await identities(database)),
  c: async (database: Filled) => one(database, (await pages(database)).last),
  d: async (database: Filled) => one(database, await newcomers(database)),
  e: async (database: Filled): Promise<What> => ({
    database,
    sources: [await addresses(database), await identities(database), await newcomers(database)],
    pattern: MIX,
  }),
};

export const GROUPS: readonly Group[] = [
  {
    id: "a",
    work: "a",
    title: "(a) REST: ParticipantConversations by address, PageSize 50",
    connections: CONNECTIONS,
    entries: async (database) =>
      each([floor("own"), parley("own"), floor("own", true)], await works.a(database)),
  },
  {
    id: "b-node24",
    work: "b",
    title: "(b) GraphQL inbox: 20 conversations x 10 participants with users, Node 24",
    connections: CONNECTIONS,
    entries: async (database) =>
      each(
        [floor(24), parley(24), postgraphile(24, database.service), mercurius(24)],
        await works.b(database),
      ),
  },
  {
    id: "b-node20",
    work: "b",
    title: "(b) the same, Node 20",
    connections: CONNECTIONS,
    entries: async (database) => each([floor(20), parley(20), mercurius(20)], await works.b(database)),
  },
  {
    id: "c",
    work: "c",
    title: "(c) GraphQL inbox by activity with last message and unread, one connection",
    connections: 1,
    entries: async (database) => {
      const server = parley("own");
      const found = Object.entries(await pages(database));
      const least = floor("own");
      return [server, least].flatMap((contestant) =>
        found.map(([page, questions]) => ({
          label: `${contestant.name}, ${page} page`,
          contestant,
          ...one(database, questions),
        })),
      );
    },
  },
  {
    id: "d",
    work: "d",
    title: "(d) addParticipant",
    connections: CONNECTIONS,
    entries: async (database) => each([floor("own"), parley("own")], await works.d(database)),
  },
  {
    id: "e",
    work: "e",
    title: "(e) nine reads of (a) and (b) to one addParticipant",
    connections: CONNECTIONS,
    entries: async (database) => each([floor("own"), parley("own")], await works.e(database)),
  },
];

/** Each work at ten times the data, beside itself. */
export function largerGroups(larger: Filled): Group[] {
  return Object.entries(works).map(([work, of]) => ({
    id: `${work}-larger`,
    work,
    title: `(${work}) beside itself at ten times the data${work === "c" ? ", last page" : ""}, one connection`,
    connections: 1,
    entries: async (database) => [
      { label: "Parley", contestant: parley("own"), ...(await of(database)) },
      { label: "Parley, 10 x data", contestant: parley("own"), ...(await of(larger)) },
    ],
  }));
}
