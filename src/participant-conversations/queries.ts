import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Instant } from "../core/instant.ts";
import { pageAsTable } from "../db/keyset.ts";
import { type Builder, type Executor, type Params, statement } from "../db/statement.ts";
import { inbox } from "../inbox/table.ts";
import { participants } from "../participants/table.ts";
import { givenOrDefault } from "../services/queries.ts";
import { users } from "../users/table.ts";
import { entryMeets, type Filtered, listStatements } from "./list/queries.ts";
import type { CheckedFilter } from "./model.ts";

const t = participants;
const i = inbox;

/** Without a service, in the account's default one. */
type Lookup = { accountSid: string; serviceSid: string | null; key: string };

const joinedUnder = (p: Params<Lookup>, column: typeof t.lookupIdentity | typeof t.address) =>
  and(eq(t.accountSid, p.accountSid), eq(t.chatServiceSid, givenOrDefault(p)), eq(column, p.key));

const userOf = (q: Builder, p: Params<Lookup>) =>
  q
    .select({ sid: users.sid })
    .from(users)
    .where(
      and(
        eq(users.accountSid, p.accountSid),
        eq(users.identity, p.key),
        eq(users.chatServiceSid, givenOrDefault(p)),
      ),
    );

// The indexes are by user, who may have come to a conversation later than the participant (decision 38): by activity
// and by creation, a page skips such rows one by one.
const entriesOfIdentity = (q: Builder, p: Params<Lookup>) =>
  and(eq(i.accountSid, p.accountSid), sql`${i.userSid} = ${userOf(q, p)}`, sql`${i.foundByIdentity}`);

const entriesOfAddress = (_: Builder, p: Params<Lookup>) =>
  and(eq(i.accountSid, p.accountSid), eq(i.chatServiceSid, givenOrDefault(p)), eq(i.address, p.key));

/** Ranges of participants_by_lookup_identity, inbox_by_user, participants_by_user_creation. */
export const conversationsOfIdentity = listStatements<Lookup>("conversationsOfIdentity", {
  own: {
    sid: (_, p) => joinedUnder(p, t.lookupIdentity),
    lastActivity: entriesOfIdentity,
    dateCreated: (q, p) =>
      and(eq(t.accountSid, p.accountSid), sql`${t.userSid} = ${userOf(q, p)}`, isNotNull(t.lookupIdentity)),
  },
  repeats: false,
  pages: () => pageAsTable,
});

/** Ranges of participants_by_address, inbox_by_address, participants_by_address_creation. */
export const conversationsOfAddress = listStatements<Lookup>("conversationsOfAddress", {
  own: {
    sid: (_, p) => joinedUnder(p, t.address),
    lastActivity: entriesOfAddress,
    dateCreated: (_, p) => joinedUnder(p, t.address),
  },
  repeats: true,
  pages: () => pageAsTable,
});

const counted = { count: sql<number>`count(*)::int`.as("count") };

type Own = (q: Builder, p: Params<Lookup>) => SQL | undefined;

/** The length of a list, the same in every order. */
const countOf = (name: string, own: Own, ownEntries: Own) => {
  const all = statement(name, counted, (q, p: Params<Lookup>) => q.select(counted).from(t).where(own(q, p)));
  const filtered = statement(`${name}Filtered`, counted, (q, p: Params<Lookup & Filtered>) =>
    q
      .select(counted)
      .from(i)
      .where(and(ownEntries(q, p), entryMeets(q, p))),
  );
  return (db: Executor, of: Lookup & { now: Instant }, filter: CheckedFilter | null) =>
    filter === null ? all(db, of) : filtered(db, { ...of, ...filter });
};

export const countConversationsOfIdentity = countOf(
  "countConversationsOfIdentity",
  (_, p) => joinedUnder(p, t.lookupIdentity),
  entriesOfIdentity,
);
export const countConversationsOfAddress = countOf(
  "countConversationsOfAddress",
  (_, p) => joinedUnder(p, t.address),
  entriesOfAddress,
);
