import { expect } from "vitest";
import { createApiKey } from "../../src/accounts/resolvers.ts";
import { createSecretBox } from "../../src/core/secret.ts";
import { createTestApp, SECRET_KEY } from "../setup/app.ts";
import { restClient } from "../setup/clients.ts";
import { appAt, binding, native, newAccount, projected, type Seed } from "../setup/seed.ts";
import { phoneNumber } from "./objects.ts";
import { mutationOf } from "./operations.graphql.ts";

/** A request, and of which account it is. */
export interface Asked {
  readonly accountSid: string;
  readonly ask: () => Promise<unknown>;
}

/** What requests meet seldom, prepared; with the ordinary operations, everything that a request may run. */
export const SELDOM: Readonly<Record<string, () => Promise<Asked>>> = {
  "a caller whom the server does not remember": async () => {
    const { account, app } = await newAccount(await createTestApp());
    return { accountSid: account.sid, ask: () => ok(restClient(app, account).get("/v1/Services")) };
  },
  "a caller with an API key": async () => {
    const { account, app } = await newAccount();
    const keeper = { ...app.deps, secrets: createSecretBox(SECRET_KEY), now: () => new Date().toISOString() };
    const { apiKey, secret } = await createApiKey(keeper, { accountSid: account.sid, friendlyName: "Test" });
    const authorization = `Basic ${btoa(`${apiKey.sid}:${secret}`)}`;
    return { accountSid: account.sid, ask: () => ok(restClient(app, { authorization }).get("/v1/Services")) };
  },
  "another default service": () =>
    ofNewAccount(async ({ rest, service }) => {
      const { sid } = await service();
      return () => ok(rest.post("/v1/Configuration", { DefaultChatServiceSid: sid }));
    }),
  "a service too full for one statement": () =>
    ofNewAccount(async ({ rest, service, query }) => {
      const { url, sid } = await service();
      await ok(rest.post(`/v1/Services/${sid}/Conversations`));
      await query("update conversations set last_message_index = 20000 where account_sid = $1");
      return () => ok(rest.delete(new URL(url).pathname));
    }),
  "a conversation too full for one statement": () =>
    ofNewAccount(async ({ rest, conversation, query }) => {
      const { url } = await conversation();
      await query("update conversations set last_message_index = 20000 where account_sid = $1");
      return () => ok(rest.delete(new URL(url).pathname));
    }),
  "lists of conversations, by state and by time": () =>
    ofNewAccount(async ({ rest, conversation }) => {
      await conversation();
      return async () => {
        for (const State of ["", "active", "closed"])
          for (const StartDate of ["", "2020-01-01T00:00:00Z"])
            await ok(
              rest.get("/v1/Conversations", { ...(State && { State }), ...(StartDate && { StartDate }) }),
            );
      };
    }),
  "a conversation moved in time": () =>
    ofNewAccount(async ({ rest, conversation, participant }) => {
      const made = await conversation();
      await participant(made, { Identity: "ann" });
      return () => ok(rest.post(new URL(made.url).pathname, { DateCreated: "2020-01-01T00:00:00Z" }));
    }),
  "users of the default service": () =>
    ofNewAccount(async ({ rest, user }) => {
      const { sid } = await user("ann");
      return async () => {
        for (const name of [sid, "ann"]) await ok(rest.get(`/v1/Users/${name}/Conversations`));
      };
    }),
  "a role that someone has": () =>
    ofNewAccount(async ({ rest, user }) => {
      const role = { FriendlyName: "guest", Type: "service", Permission: "joinConversation" };
      const { sid } = (await rest.post("/v1/Roles", role)).body;
      await user("ann", { RoleSid: sid });
      return () => rest.delete(`/v1/Roles/${sid}`);
    }),
  "an identity given to a number of a group, and its user deleted": () =>
    ofNewAccount(async ({ rest, conversation, participant }) => {
      const { url } = await participant(await conversation(), projected(phoneNumber()));
      return async () => {
        await ok(rest.post(new URL(url).pathname, { Identity: "ann" }));
        await ok(rest.delete("/v1/Users/ann"));
      };
    }),
  "addresses that are taken": () =>
    ofNewAccount(async ({ rest, conversation, participant, graphql }) => {
      const there = await conversation();
      const [address, proxyAddress, number] = [phoneNumber(), phoneNumber(), phoneNumber()];
      await participant(there, binding(address, proxyAddress));
      await participant(there, native(number));
      const another = await conversation();
      const bindings = [{ address, proxyAddress }, { address: number }];
      return async () => {
        expect((await rest.post(another.links.participants, binding(address, proxyAddress))).status).toBe(
          409,
        );
        for (const messagingBinding of bindings) {
          const { query, variables } = mutationOf("ensureParticipant", {
            conversationSid: there.sid,
            messagingBinding,
          });
          expect((await graphql(query, variables)).body.data.result.__typename).toBe(
            "EnsureParticipantPayload",
          );
        }
      };
    }),
  "an address held by a conversation whose time is up": async () => {
    const { app, pass } = await appAt("1990-02-01T00:00:00Z");
    const { account, rest, conversation, participant } = await newAccount(app);
    const pair = binding(phoneNumber(), phoneNumber());
    await participant(await conversation({ State: "active", "Timers.Closed": "PT10M" }), pair);
    const another = await conversation();
    pass(660);
    return { accountSid: account.sid, ask: () => ok(rest.post(another.links.participants, pair)) };
  },
  "a write that broke off under its key, asked for again": () =>
    ofNewAccount(async ({ rest, conversation, query }) => {
      const { url } = await conversation();
      const remove = () =>
        rest.send("DELETE", new URL(url).pathname, undefined, { "Idempotency-Key": "once" });
      await ok(remove());
      await query("update idempotency_keys set response = null where account_sid = $1");
      return remove;
    }),
};

async function ofNewAccount(prepare: (seed: Seed) => Promise<Asked["ask"]>): Promise<Asked> {
  const seed = await newAccount();
  return { accountSid: seed.account.sid, ask: await prepare(seed) };
}

async function ok(answer: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
}
