import { and, eq, sql } from "drizzle-orm";
import { conversationShape } from "../../conversations/queries.ts";
import { conversations } from "../../conversations/table.ts";
import type { Instant } from "../../core/instant.ts";
import { insertRows } from "../../db/rows.ts";
import { type Params, statement } from "../../db/statement.ts";
import { inbox } from "../../inbox/table.ts";
import { participantShape } from "../queries.ts";
import { participants } from "../table.ts";

const t = participants;

const occupant = {
  conversationSid: t.conversationSid,
  sid: t.sid,
  identity: t.identity,
  address: t.address,
  proxyAddress: t.proxyAddress,
  projectedAddress: t.projectedAddress,
};

type Place = { accountSid: string; conversationSid: string };

/** Who is in a conversation under any of these, read over its range of participants_conversation_uq. */
export const occupants = statement(
  "occupants",
  occupant,
  (
    q,
    p: Params<
      Place & {
        identities: readonly string[];
        addresses: readonly string[];
        projectedAddresses: readonly string[];
      }
    >,
  ) =>
    q
      .select(occupant)
      .from(t)
      .where(
        and(
          eq(t.accountSid, p.accountSid),
          eq(t.conversationSid, p.conversationSid),
          sql`(${t.identity} = any(${p.identities}::text[]) or ${t.address} = any(${p.addresses}::text[]) or ${t.projectedAddress} = any(${p.projectedAddresses}::text[]))`,
        ),
      ),
);

const pairHolder = { ...occupant, state: conversationShape.state };

type Pairs = {
  accountSid: string;
  addresses: readonly string[];
  proxyAddresses: readonly string[];
  now: Instant;
};

/** Who holds any of these pairs, in whatever conversation, and what state that is in: one probe of participants_binding_uq each. */
export const pairHolders = statement("pairHolders", pairHolder, (q, p: Params<Pairs>) =>
  q
    .select(pairHolder)
    .from(sql`unnest(${p.addresses}::text[], ${p.proxyAddresses}::text[]) as pair(address, proxy_address)`)
    .innerJoin(
      t,
      and(
        eq(t.accountSid, p.accountSid),
        sql`${t.address} = pair.address`,
        sql`${t.proxyAddress} = pair.proxy_address`,
        sql`${t.bindingActive}`,
      ),
    )
    .innerJoin(
      conversations,
      and(eq(conversations.accountSid, p.accountSid), eq(conversations.sid, t.conversationSid)),
    ),
);

export const insertParticipants = insertRows("insertParticipants", participantShape, {
  table: participants,
  each: [
    "sid",
    "identity",
    "lookupIdentity",
    "userSid",
    "address",
    "proxyAddress",
    "projectedAddress",
    "roleSid",
    "attributes",
    "dateCreated",
    "dateUpdated",
  ],
});

export const insertAllInInbox = insertRows(
  "insertAllInInbox",
  { participantSid: inbox.participantSid },
  { table: inbox, each: ["participantSid", "userSid", "address", "foundByIdentity"] },
);

export const deleteParticipants = statement(
  "deleteParticipants",
  participantShape,
  (q, p: Params<Place & { sids: readonly string[] }>) =>
    q
      .delete(t)
      .where(
        and(
          eq(t.accountSid, p.accountSid),
          eq(t.conversationSid, p.conversationSid),
          sql`${t.sid} = any(${p.sids}::text[])`,
        ),
      )
      .returning(participantShape),
);
