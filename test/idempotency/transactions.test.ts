import { beforeAll, describe, expect, it } from "vitest";
import type { Database, Tx } from "../../src/db/client.ts";
import { createObjects, phoneNumber } from "../contract/objects.ts";
import { mutationOf } from "../contract/operations.graphql.ts";
import { createTestApp } from "../setup/app.ts";
import { bulk } from "../setup/bulk.ts";
import { openTestDatabase, statementsOf } from "../setup/database.ts";
import { newAccount, type Seed } from "../setup/seed.ts";
import { keyed, newKey } from "./keyed.ts";

describe("a write under a key", () => {
  let seed: Seed;
  let participants: string;
  beforeAll(async () => {
    // On a clock that stands still, credentials once looked up are remembered for good.
    const started = Date.now();
    seed = await newAccount(await createTestApp({ clock: () => started }));
    const { body } = await seed.rest.get("/v1/Services");
    const { conversation } = await createObjects(seed.rest, body.services[0].sid);
    participants = `/v1/Conversations/${conversation.sid}/Participants`;
  });

  const somebody = () => ({
    "MessagingBinding.Address": phoneNumber(),
    "MessagingBinding.ProxyAddress": phoneNumber(),
  });

  it("runs two statements more than one without, and a repeat two in all", async () => {
    const send = keyed(seed);
    const key = newKey();
    const form = somebody();
    const bare = await statementsOf(() => send(null, "POST", participants, somebody()));
    const first = await statementsOf(() => send(key, "POST", participants, form));
    expect(first.statements).toEqual(["claimKey", ...bare.statements, "storeAnswer"]);
    const again = await statementsOf(() => send(key, "POST", participants, form));
    expect(again.statements).toEqual(["claimKey", "storedAnswer"]);
  });

  it("the same over GraphQL", async () => {
    const input = { friendlyName: "x", idempotencyKey: newKey() };
    const { query, variables } = mutationOf("createConversation", input, "conversation { sid }");
    const ask = () => statementsOf(() => seed.graphql(query, variables));
    expect((await ask()).statements).toEqual([
      "claimKey",
      "defaultService",
      "insertConversation",
      "storeAnswer",
    ]);
    expect((await ask()).statements).toEqual(["claimKey", "storedAnswer"]);
  });
});

/** A database on which the commit of every first attempt at a transaction is lost to a concurrent one. */
function losingOnce(db: Database, sqlState: string): Database {
  return {
    ...db,
    transaction<T>(work: (tx: Tx) => Promise<T>) {
      let attempts = 0;
      return db.transaction(async (tx) => {
        const result = await work(tx);
        const lost = `do $$ begin raise sqlstate '${sqlState}'; end $$`;
        if (attempts++ === 0) await tx.execute({ name: "lose", text: lost }, []);
        return result;
      });
    },
  };
}

describe.each(["40001", "40P01"])("a transaction that is lost as %s at its very end", (sqlState) => {
  it("runs again from the start, and reads again what it has read", async () => {
    const app = await createTestApp({ db: losingOnce(await openTestDatabase(), sqlState) });
    const seed = await newAccount(app);
    const made = await seed.conversation({ UniqueName: "again" });
    const send = keyed(seed);
    const key = newKey();
    const path = "/v1/Conversations/again/Messages";
    const ask = () => send(key, "POST", path, { Body: "hello", Author: "ann" });
    const { statements, result: first } = await statementsOf(ask);
    const attempt = statements.slice(statements.indexOf("claimKey"), statements.indexOf("lose"));
    expect(attempt).toContain("conversationsByUniqueName");
    expect(statements.filter((name) => name !== "lose").slice(-2 * attempt.length)).toEqual([
      ...attempt,
      ...attempt,
    ]);
    expect(first.status).toBe(201);
    expect(await ask()).toEqual({ ...first, replayed: "true" });
    const { body } = await seed.rest.get(made.links.messages);
    expect(body.messages).toEqual([JSON.parse(first.text)]);
  });
});

describe("under a key, DELETE of what is too large for one transaction", () => {
  it("204 for a user, whose places are left before, and for its repeats", async () => {
    const seed = await newAccount();
    const fill = bulk(seed);
    await fill.users(1, 1);
    await fill.conversations(1, 2201);
    await fill.join(1, 1, 2201);
    const send = keyed(seed);
    const key = newKey();
    const ask = () => send(key, "DELETE", "/v1/Users/user-1");
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
    const left = `select (select count(*)::int from participants where account_sid = $1),
      (select count(*)::int from users where account_sid = $1),
      (select sum(participant_count)::int from conversations where account_sid = $1)`;
    expect(await seed.query(left)).toEqual([[0, 0, 0]]);
  }, 60_000);

  it("204 for a service over GraphQL too, with everything in it, and the same for its repeats", async () => {
    const seed = await newAccount();
    const { sid } = await seed.service();
    await bulk(seed).conversations(1, 10_001);
    await seed.query(`update conversations set chat_service_sid = '${sid}' where account_sid = $1`);
    const { query, variables } = mutationOf("deleteService", { sid, idempotencyKey: newKey() }, "sid");
    const ask = () => seed.graphql(query, variables);
    expect((await ask()).body.data.result).toEqual({ __typename: "DeleteServicePayload", sid });
    expect((await ask()).body.data.result).toEqual({ __typename: "DeleteServicePayload", sid });
    const left = "select count(*)::int from conversations where account_sid = $1";
    expect(await seed.query(left)).toEqual([[0]]);
  }, 60_000);

  it("in transactions no larger than without one", async () => {
    const seed = await newAccount();
    const { sid } = await seed.service();
    await bulk(seed).conversations(1, 10_001);
    await seed.query(`update conversations set chat_service_sid = '${sid}' where account_sid = $1`);
    const { db } = seed.app.deps;
    const run = (text: string) => db.execute({ name: "watch", text }, []);
    const watch = `watch_${seed.account.sid.toLowerCase()}`;
    await run(`create table ${watch} (transaction text)`);
    await run(`create function ${watch}() returns trigger language plpgsql as
      $$ begin insert into ${watch} values (txid_current()::text); return null; end $$`);
    await run(`create trigger ${watch} after delete on conversations for each row
      when (old.account_sid = '${seed.account.sid}') execute function ${watch}()`);
    const { status } = await keyed(seed)(newKey(), "DELETE", `/v1/Services/${sid}`);
    expect(status).toBe(204);
    const sizes = await run(`select count(*)::int from ${watch} group by transaction order by 1`);
    expect(sizes).toEqual([[1], [5000], [5000]]);
    await run(`drop function ${watch} cascade`);
    await run(`drop table ${watch}`);
  }, 60_000);
});
