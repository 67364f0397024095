import type { Filled } from "../database/prepare.ts";
import { HEAVY_IDENTITY, idle } from "../database/rows.ts";

/** What is asked, before a contestant puts it into its own words. */
export type Question =
  | { readonly work: "a"; readonly address: string }
  | { readonly work: "b"; readonly identity: string }
  | { readonly work: "c"; readonly identity: string; readonly place: Place | null }
  | { readonly work: "d"; readonly input: AddInput };

/** Where a page by activity begins: after which row, and in the words of Parley. */
export interface Place {
  readonly row: string;
  readonly cursor: string;
}

export interface AddInput {
  readonly conversationSid: string;
  readonly identity?: string;
  readonly messagingBinding?: { readonly address: string; readonly proxyAddress: string };
}

const SAMPLE = 200;

/** Addresses that fill a page of 50, and have more. */
export async function addresses({ sql }: Filled): Promise<Question[]> {
  const rows = await sql<{ address: string }[]>`
    select address from participants where address is not null
    group by address having count(*) >= 75 order by md5(address) limit ${SAMPLE}`;
  return rows.map(({ address }) => ({ work: "a", address }));
}

/** Identities that fill a page of 20 conversations with 10 participants each, and have more. */
export async function identities({ sql }: Filled): Promise<Question[]> {
  const rows = await sql<{ identity: string }[]>`
    select identity from participants where identity <> ${HEAVY_IDENTITY}
    group by identity having count(*) between 21 and 50 order by md5(identity) limit ${SAMPLE}`;
  return rows.map(({ identity }) => ({ work: "b", identity }));
}

const JOINED = 5_000;

/** Participants who are nowhere yet, without end: of four, two are users, one is a new user, one has an address. */
export async function newcomers({ sql, scale }: Filled): Promise<() => Question> {
  const rows = await sql<{ sid: string }[]>`select sid from conversations order by md5(sid) limit ${JOINED}`;
  const users = idle(scale);
  let n = 0;
  return () => {
    const round = Math.floor(n / rows.length);
    const conversationSid = rows[n % rows.length]!.sid;
    const kind = n % 4;
    const who =
      kind < 2
        ? { identity: `user-${users.from + ((n + round) % users.count)}` }
        : kind === 2
          ? { identity: `guest-${n}` }
          : { messagingBinding: { address: `+1${7770000000 + n}`, proxyAddress: "+12990000000" } };
    n++;
    return { work: "d", input: { conversationSid, ...who } };
  };
}
