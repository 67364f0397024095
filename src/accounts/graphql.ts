import { builder } from "../graphql/builder.ts";
import { mutation } from "../graphql/mutation.ts";
import { findNodesOf, nodeType } from "../graphql/node.ts";
import { WORDING } from "../graphql/wording.ts";
import type { Account } from "./model.ts";
import { getAccount, updateConfiguration } from "./resolvers.ts";

export const AccountType = nodeType(builder.objectRef<Account>("Account"), {
  description: "A tenant. Everything else belongs to one account and is seen by its credentials alone.",
  sidOf: ({ sid }) => sid,
  fields: (t) => ({
    sid: t.exposeString("sid", { description: "`AC` and 32 hex digits." }),
    friendlyName: t.exposeString("friendlyName", { description: "Name for people." }),
    defaultMessagingServiceSid: t.exposeString("defaultMessagingServiceSid", {
      nullable: true,
      description: "Messaging service of new conversations that name none: `MG` and 32 hex digits.",
    }),
    defaultInactiveTimer: t.exposeString("defaultInactiveTimer", {
      nullable: true,
      description:
        "ISO 8601 duration until a new conversation becomes inactive, where it has no such timer of its own.",
    }),
    defaultClosedTimer: t.exposeString("defaultClosedTimer", {
      nullable: true,
      description:
        "ISO 8601 duration until a new conversation is closed, where it has no such timer of its own.",
    }),
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

mutation("updateConfiguration", {
  description:
    "Changes what the account gives to requests and to new conversations. What is absent stays as it is.",
  input: {
    description: "What to change.",
    fields: (t) => ({
      defaultServiceSid: t.string({
        description:
          "SID of the service that requests mean which name none, from now on; null leaves it. SERVICE_NOT_FOUND where it is unknown.",
      }),
      defaultMessagingServiceSid: t.string({
        description:
          "SID of a messaging service, `MG` and 32 hex digits, else MESSAGING_SERVICE_SID_INVALID; it is not looked up. Null clears it.",
      }),
      defaultInactiveTimer: t.string({
        description:
          "ISO 8601 duration of weeks, days, hours, minutes and seconds, at least `PT1M`, else TIMER_INACTIVE_INVALID or TIMER_INACTIVE_TOO_SHORT. Null clears it.",
      }),
      defaultClosedTimer: t.string({
        description:
          "ISO 8601 duration of weeks, days, hours, minutes and seconds, at least `PT10M`, else TIMER_CLOSED_INVALID or TIMER_CLOSED_TOO_SHORT. Null clears it.",
      }),
    }),
  },
  errors: [],
  resolve: async (ctx, input) => ({ account: await updateConfiguration(ctx, input) }),
  payload: (t) => ({
    account: t.expose("account", { type: AccountType, description: "The account as it is now." }),
  }),
});
