import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestAccount } from "../setup/app.ts";
import { graphqlClient, restClient } from "../setup/clients.ts";
import { type FirstVersion, openFirstVersion } from "./first-version.ts";

type Row = Readonly<Record<string, unknown>>;

const TABLES = ["accounts", "api_keys", "services", "roles", "users", "conversations", "participants"];
const AUTH_TOKEN = "d73fd55e417bbc6c722c668c37f84224";
/** Soon after the rows were written, before any of their timers runs out. */
const NOW = "2026-01-31T12:07:00Z";

let first: FirstVersion;
let before: Map<string, Row[]>;
let account: TestAccount;
let rest: ReturnType<typeof restClient>;
let graphql: ReturnType<typeof graphqlClient>;

beforeAll(async () => {
  first = await openFirstVersion();
  before = new Map();
  for (const table of TABLES) before.set(table, await rowsOf(table));
  await expect(first.db.ready()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await first.db.migrate();
  await first.db.ready();
  const app = await createTestApp({ db: first.db, clock: () => Date.parse(NOW) });
  const sid = String(before.get("accounts")![0]!.account_sid);
  account = { sid, authToken: AUTH_TOKEN, authorization: `Basic ${btoa(`${sid}:${AUTH_TOKEN}`)}` };
  rest = restClient(app, account);
  graphql = graphqlClient(app, account);
}, 60_000);
afterAll(() => first.close());

async function rowsOf(table: string): Promise<Row[]> {
  const text = `/* rows */ select to_jsonb(t)::text from ${table} t order by to_jsonb(t)::text`;
  const rows = await first.db.execute({ name: "rows", text }, []);
  return rows.map(([json]) => JSON.parse(String(json)));
}

const byKey = (rows: readonly Row[], key: string) => new Map(rows.map((row) => [row[key], row]));

describe("a database of version 0.1.0, migrated", () => {
  it.each(TABLES)("has every row of %s, each value as it was", async (table) => {
    const key = table === "accounts" ? "account_sid" : "sid";
    const after = byKey(await rowsOf(table), key);
    const kept = before.get(table)!;
    expect(kept.length).toBeGreaterThan(0);
    expect(after.size).toBe(kept.length);
    for (const row of kept) expect(after.get(row[key])).toMatchObject(row);
  });

  it("has an entry in the inbox for each participant, made of it and of its conversation", async () => {
    const conversations = byKey(before.get("conversations")!, "sid");
    const wanted = before.get("participants")!.map((participant) => ({
      account_sid: participant.account_sid,
      conversation_sid: participant.conversation_sid,
      participant_sid: participant.sid,
      chat_service_sid: participant.chat_service_sid,
      user_sid: participant.user_sid,
      address: participant.address,
      found_by_identity: participant.lookup_identity !== null,
      muted: participant.notification_level === "muted",
      last_read_message_index: participant.last_read_message_index,
      newest_message_index: null,
      unread_count: participant.last_read_message_index === null ? null : 0,
      date_activity: conversations.get(participant.conversation_sid)!.date_activity,
    }));
    const found = await rowsOf("inbox");
    expect(byKey(found, "participant_sid")).toEqual(byKey(wanted, "participant_sid"));
    expect(found).toHaveLength(wanted.length);
  });

  it("knows the channels of each conversation, and no message of any", async () => {
    const found = (await rowsOf("conversations")).map((row) => [
      row.unique_name ?? row.friendly_name,
      row.channels,
      row.last_message_index,
      row.newest_message_index,
      row.newest_message_date,
    ]);
    expect(found.sort()).toEqual([
      ["Group", ["sms"], -1, null, null],
      ["chat", [], -1, null, null],
      ["chat", ["sms", "whatsapp"], -1, null, null],
      ["closed", ["sms"], -1, null, null],
      ["timed", [], -1, null, null],
    ]);
  });

  it("tells every participant when its conversation was created", async () => {
    const conversations = byKey(before.get("conversations")!, "sid");
    for (const row of await rowsOf("participants")) {
      const { date_created } = conversations.get(row.conversation_sid)!;
      expect(row.conversation_date_created).toBe(date_created);
    }
  });

  it("answers for it, by identity, by address and as a page of the inbox", async () => {
    const { body: ofAnn } = await rest.get("/v1/ParticipantConversations", { Identity: "ann" });
    expect(ofAnn.conversations).toMatchObject([
      { conversation_unique_name: "chat", conversation_friendly_name: "Chat" },
      { conversation_friendly_name: "Group", conversation_date_created: "2020-02-29T23:59:59Z" },
    ]);
    const address = "whatsapp:+15558675310";
    expect((await rest.get("/v1/ParticipantConversations", { Address: address })).body).toMatchObject({
      conversations: [{ conversation_unique_name: "chat" }],
    });
    const { body: bob } = await rest.get("/v1/Users/bob/Conversations/chat");
    expect(bob).toMatchObject({
      notification_level: "muted",
      last_read_message_index: 4,
      unread_messages_count: 0,
    });
    const { body } = await graphql(
      `{ viewer { sid } participantConversations(identity: "late") { totalCount } user(sid: "ann") { conversations { totalCount nodes { unreadMessagesCount } } } }`,
    );
    expect(body).toMatchObject({
      data: {
        viewer: { sid: account.sid },
        // Its identity came after it had joined.
        participantConversations: { totalCount: 0 },
        user: { conversations: { totalCount: 2, nodes: [{ unreadMessagesCount: null }, {}] } },
      },
    });
  });

  it("goes on: joins, leaves and closes what was there", async () => {
    const { status } = await rest.post("/v1/Conversations/chat/Participants", { Identity: "carol" });
    expect(status).toBe(201);
    expect(await rest.post("/v1/Conversations/chat/Participants", { Identity: "ann" })).toMatchObject({
      status: 409,
      body: { code: 50433 },
    });
    expect((await rest.delete("/v1/Users/ann/Conversations/chat")).status).toBe(204);
    expect((await rest.post("/v1/Conversations/timed", { State: "closed" })).body.state).toBe("closed");
    expect((await rest.delete("/v1/Users/bob")).status).toBe(204);
    const left = (await rowsOf("inbox")).map((row) => row.participant_sid).sort();
    expect(left).toEqual((await rowsOf("participants")).map((row) => row.sid).sort());
  });
});
