import type { Filled } from "../database/prepare.ts";
import { HEAVY_IDENTITY } from "../database/rows.ts";

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
