import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import twilio from "twilio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../setup/app.ts";
import { refusal } from "./client.ts";

let app: TestApp;
let baseUrl: string;
const server = createAdaptorServer({ fetch: (request: Request) => app.fetch(request) });

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = await createTestApp({ publicUrl: baseUrl });
});
afterAll(async () => {
  await new Promise((closed) => {
    server.close(closed);
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
});

describe("the SDK over HTTP, with nothing but another base URL", () => {
  it("asks which conversations a phone number belongs to, page by page", async () => {
    const account = await app.account();
    const client = twilio(account.sid, account.authToken);
    client.conversations.baseUrl = baseUrl;
    const { v1 } = client.conversations;
    const made: string[] = [];
    for (let i = 0; i < 5; i++) {
      const { sid } = await v1.conversations.create({ friendlyName: `Visit ${i}` });
      await v1.conversations(sid).participants.create({
        "messagingBinding.address": "+15558675310",
        "messagingBinding.proxyAddress": `+1501712266${i}`,
      });
      made.push(sid);
    }
    const rows = await v1.participantConversations.list({ address: "+15558675310", pageSize: 2 });
    expect(rows.map((row) => row.conversationSid)).toEqual(made);
    const first = await v1.participantConversations.page({ address: "+15558675310", pageSize: 3 });
    expect(first.nextPageUrl).toMatch(new RegExp(`^${baseUrl}/v1/ParticipantConversations\\?`));
    const second = (await first.nextPage())!;
    const back = (await second.previousPage())!;
    expect(back.instances.map((row) => row.conversationSid)).toEqual(made.slice(0, 3));
    expect(await v1.conversations(made[0]!).remove()).toBe(true);
    const gone = await refusal(v1.conversations(made[0]!).fetch());
    expect([gone.status, gone.code]).toEqual([404, 20404]);
  });
});
