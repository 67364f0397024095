import { and, eq } from "drizzle-orm";
import { conversationShape } from "../conversations/queries.ts";
import { conversations } from "../conversations/table.ts";
import type { Instant } from "../core/instant.ts";
import { forEachParent, pageStatement, parentKey } from "../db/keyset.ts";
import type { Params } from "../db/statement.ts";
import { participantShape } from "../participants/queries.ts";
import { participants } from "../participants/table.ts";

const t = participants;
const c = conversations;

const shape = { participant: participantShape, conversation: conversationShape };

/** By conversation SID: a range of participants_by_user for each user, joined to its conversations row by row. */
export const userConversationsOfUsers = pageStatement(
  "userConversationsOfUsers",
  shape,
  [t.conversationSid],
  "asc",
  (q, p: Params<{ accountSid: string; keys: readonly string[]; now: Instant }>, page) => {
    const own = and(eq(t.accountSid, p.accountSid), eq(t.userSid, parentKey));
    const each = forEachParent(q, p.keys, participantShape, t, own, page);
    return q
      .select({ participant: each.fields, conversation: conversationShape })
      .from(each.from)
      .crossJoinLateral(each.child)
      .innerJoin(c, and(eq(c.accountSid, p.accountSid), eq(c.sid, each.fields.conversationSid)))
      .orderBy(...each.orderBy);
  },
);
