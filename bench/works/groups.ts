import { floor, parley } from "../contestants/all.ts";
import type { Contestant } from "../contestants/contestant.ts";
import type { Filled } from "../database/prepare.ts";
import { CONNECTIONS } from "../settings.ts";
import { addresses, identities, type Question } from "./questions.ts";

/** One line of a table: a contestant at one kind of work. */
export interface Entry {
  readonly label: string;
  readonly contestant: Contestant;
  /** Asked over and over, or made anew for each request. */
  readonly questions: readonly Question[] | (() => Question);
}

/** What is measured in the same rounds. The first entry is what the others are compared with. */
export interface Group {
  readonly id: string;
  readonly work: string;
  readonly title: string;
  readonly connections: number;
  entries(database: Filled): Promise<Entry[]>;
}

const entriesOf = (contestants: readonly Contestant[], questions: Entry["questions"]): Entry[] =>
  contestants.map((contestant) => ({ label: contestant.name, contestant, questions }));

export const GROUPS: readonly Group[] = [
  {
    id: "a",
    work: "a",
    title: "(a) REST: ParticipantConversations by address, PageSize 50",
    connections: CONNECTIONS,
    entries: async (database) =>
      entriesOf([floor("own"), parley("own"), floor("own", true)], await addresses(database)),
  },
  ...([24, 20] as const).map(
    (runtime): Group => ({
      id: `b-node${runtime}`,
      work: "b",
      title: `(b) GraphQL inbox: 20 conversations x 10 participants with users, Node ${runtime}`,
      connections: CONNECTIONS,
      entries: async (database) => entriesOf([floor(runtime), parley(runtime)], await identities(database)),
    }),
  ),
];
