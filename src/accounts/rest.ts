import { z } from "zod";
import { sid, text, url } from "../rest/format.ts";
import { type Route, route } from "../rest/route.ts";
import type { Account } from "./model.ts";
import { getAccount, updateConfiguration } from "./resolvers.ts";

const configuration = z
  .object({
    account_sid: sid("AC", "SID of the account."),
    default_chat_service_sid: sid("IS", "SID of the service that paths without a service mean."),
    default_messaging_service_sid: sid("MG", "SID of new conversations' messaging service.").nullable(),
    default_inactive_timer: z
      .string()
      .nullable()
      .describe("ISO 8601 duration until new conversations become inactive."),
    default_closed_timer: z
      .string()
      .nullable()
      .describe("ISO 8601 duration until new conversations become closed."),
    url: url("URL of the configuration."),
    links: z
      .object({
        service: url("The configuration of the default service."),
        webhooks: url("The configuration of webhooks."),
      })
      .describe("URLs of what belongs to the configuration."),
  })
  .meta({ id: "Configuration", description: "What the account gives to requests and to new conversations." });

function toWire(account: Account, base: string): z.output<typeof configuration> {
  const { defaultServiceSid } = account;
  const self = `${base}/Configuration`;
  return {
    account_sid: account.sid,
    default_chat_service_sid: defaultServiceSid,
    default_messaging_service_sid: account.defaultMessagingServiceSid,
    default_inactive_timer: account.defaultInactiveTimer,
    default_closed_timer: account.defaultClosedTimer,
    url: self,
    links: { service: `${base}/Services/${defaultServiceSid}/Configuration`, webhooks: `${self}/Webhooks` },
  };
}

const fields = z.object({
  DefaultChatServiceSid: text("SID of the service that paths without a service mean from now on."),
  DefaultMessagingServiceSid: text(
    "SID of new conversations' messaging service where they name none. An empty text clears it.",
  ),
  DefaultInactiveTimer: text(
    "ISO 8601 duration until new conversations become inactive, at least `PT1M`. An empty text clears it.",
  ),
  DefaultClosedTimer: text(
    "ISO 8601 duration until new conversations become closed, at least `PT10M`. An empty text clears it.",
  ),
});

const own = {
  tag: "Configuration",
  path: "/Configuration",
  unscoped: true,
  status: 200,
  response: configuration,
} as const;

export const configurationRoutes: readonly Route[] = [
  ...route({
    ...own,
    method: "GET",
    operationId: "FetchConfiguration",
    summary: "Fetch the configuration of the account",
    handler: async (ctx, { base }) => toWire(await getAccount(ctx), base),
  }),
  ...route({
    ...own,
    method: "POST",
    operationId: "UpdateConfiguration",
    names: { defaultServiceSid: "DefaultChatServiceSid" },
    summary: "Change the configuration of the account",
    form: fields,
    handler: async (ctx, { form, base }) => {
      const updated = await updateConfiguration(ctx, {
        defaultServiceSid: form.DefaultChatServiceSid,
        defaultMessagingServiceSid: form.DefaultMessagingServiceSid,
        defaultInactiveTimer: form.DefaultInactiveTimer,
        defaultClosedTimer: form.DefaultClosedTimer,
      });
      return toWire(updated, base);
    },
  }),
];
