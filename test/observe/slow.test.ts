import postgres from "postgres";
import { describe, expect, inject, it } from "vitest";
import { logTo } from "../../src/log.ts";
import { createObserver } from "../../src/observe/observer.ts";
import { createTestApp } from "../setup/app.ts";
import { openTestDatabase } from "../setup/database.ts";
import { eventually } from "../setup/processes.ts";
import { newAccount } from "../setup/seed.ts";

const url = inject("databaseUrl");

async function appThatLogs(slowStatement: number) {
  const lines: string[] = [];
  const log = logTo("info", { write: (line) => void lines.push(line) });
  const { pool } = await openTestDatabase();
  const observer = createObserver({ pool, log, slowStatement, withProcess: false });
  const seed = await newAccount(await createTestApp({ log, observer }));
  return { ...seed, slow: () => lines.filter((line) => line.includes("slow statement")) };
}

describe("a slow statement", () => {
  // On the embedded database there is nobody to wait for.
  it.skipIf(url === null)("is logged by name, with its request and without values", async () => {
    const { rest, conversation, slow, context } = await appThatLogs(300);
    const { sid } = await conversation({ UniqueName: "zanzibar" });
    const { accountSid } = context();
    const other = postgres(url!, { max: 2 });
    let answered: ReturnType<typeof rest.post> | undefined;
    await other.begin(async (sql) => {
      await sql`select from conversations where account_sid = ${accountSid} and sid = ${sid} for update`;
      answered = rest.post(`/v1/Conversations/${sid}`, { FriendlyName: "timbuktu" });
      // On another connection: a transaction sees the activity as it first did.
      const waiting = () =>
        other`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '/* lockConversation */%'
          and datname = current_database()`;
      await eventually(async () => (await waiting()).length > 0);
      await sql`select pg_sleep(0.5)`;
    });
    const { status, headers } = await answered!;
    await other.end();
    expect(status).toBe(200);
    const waited = slow().filter((line) => line.includes("lockConversation"));
    expect(waited.map((line) => JSON.parse(line))).toEqual([
      {
        level: 40,
        time: expect.any(Number),
        requestId: headers.get("Twilio-Request-Id"),
        account: accountSid,
        operation: "UpdateConversation",
        statement: "lockConversation",
        ms: expect.any(Number),
        rows: 1,
        msg: "slow statement",
      },
    ]);
    expect(JSON.parse(waited[0]!).ms).toBeGreaterThanOrEqual(300);
    expect(slow().join()).not.toMatch(/zanzibar|timbuktu|CH[0-9a-f]{32}/);
  });

  it("is not logged where the limit is 0", async () => {
    const { rest, slow } = await appThatLogs(0);
    await rest.get("/v1/Conversations");
    expect(slow()).toEqual([]);
  });
});
