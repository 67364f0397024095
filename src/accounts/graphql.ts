import { builder } from "../graphql/builder.ts";
import { findNodesOf } from "../graphql/node.ts";
import { WORDING } from "../graphql/wording.ts";
import type { Account } from "./model.ts";
import { getAccount } from "./resolvers.ts";

export const AccountType = builder.node(builder.objectRef<Account>("Account"), {
  description: "A tenant. Everything else belongs to one account and is seen by its credentials alone.",
  id: { resolve: ({ sid }) => sid },
  fields: (t) => ({
    sid: t.exposeString("sid", { description: "`AC` and 32 hex digits." }),
    friendlyName: t.exposeString("friendlyName", { description: "Name for people." }),
    dateCreated: t.expose("dateCreated", { type: "DateTime", description: WORDING.dateCreated }),
    dateUpdated: t.expose("dateUpdated", { type: "DateTime", description: WORDING.dateUpdated }),
  }),
});

findNodesOf("Account", async (ctx, sids) => {
  const own = sids.includes(ctx.accountSid) ? await getAccount(ctx) : null;
  return sids.map((sid) => (sid === ctx.accountSid ? own : null));
});

builder.queryField("viewer", (t) =>
  t.field({
    type: AccountType,
    nullable: true,
    description: "The account whose credentials the request carries. Null only with an error.",
    resolve: (_, __, ctx) => getAccount(ctx),
  }),
);
