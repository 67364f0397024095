import twilio from "twilio";
import { expect, it } from "vitest";
import { createApiKey } from "../../../src/accounts/resolvers.ts";
import { createSecretBox } from "../../../src/core/secret.ts";
import { PUBLIC_URL, SECRET_KEY } from "../../setup/app.ts";
import { openSdk, refusal, sdkOf } from "./client.ts";

it("an API key speaks for its account, with the option accountSid", async () => {
  const { app, account, client, v1 } = await openSdk();
  const { sid } = await v1.conversations.create();
  const { db, newSid } = app.deps;
  const keeper = { db, newSid, secrets: createSecretBox(SECRET_KEY), now: () => new Date().toISOString() };
  const { apiKey, secret } = await createApiKey(keeper, { accountSid: account.sid, friendlyName: "Test" });
  const { httpClient } = client;
  const byKey = twilio(apiKey.sid, secret, { accountSid: account.sid, httpClient });
  const found = await byKey.conversations.v1.conversations(sid).fetch();
  expect([found.sid, found.accountSid]).toEqual([sid, account.sid]);
});

it("401 20003 with a wrong token", async () => {
  const { app, account } = await openSdk();
  const wrong = sdkOf(app, { ...account, authToken: "0".repeat(32) });
  expect(await refusal(wrong.v1.users.list())).toMatchObject({
    status: 401,
    code: 20003,
    moreInfo: `${PUBLIC_URL}/docs/errors/20003`,
  });
});
