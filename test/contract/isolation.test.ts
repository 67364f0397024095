import { beforeAll, describe, expect, it } from "vitest";
import type { StatementText } from "../../src/db/statement.ts";
import { readDistribution } from "../db/citus.ts";
import { createTestApp, type TestAccount, type TestApp } from "../setup/app.ts";
import { graphqlClient, restClient } from "../setup/clients.ts";
import { recorded } from "../setup/database.ts";
import { declaredStatements } from "./declared.ts";
import { createObjects } from "./objects.ts";
import { MUTATIONS, mutationOf, QUERIES, queryOf } from "./operations.graphql.ts";
import { isScoped, pathOf, REST_OPERATIONS } from "./operations.rest.ts";
import { refusalsOf, volatilityOf } from "./routing.ts";
import { SELDOM } from "./seldom.ts";
import { mentionsOf } from "./sql.ts";

/** Over all accounts: for the sweeps, the start and the command line, and never for a request. */
const OF_ALL_ACCOUNTS = ["accountsWithDueTimers", "expiredKeys", "allAccounts", "oldestAccountSecret"];
/** What else no request runs. */
const BEHIND_THE_SCENES = [
  "insertAccount",
  "updateAccountSecret",
  "apiKeysOfAccount",
  "insertApiKey",
  "deleteApiKey",
  "sweepTimersOfAccount",
];
/** What a page's statement has behind its name: direction, and the cursors given; nothing where it was called with no page. */
const PAGE = /_(forward|backward)?(_after)?(_before)?$/;

let app: TestApp;
let reference: readonly string[];
/** The names of all statements that the operations below have run. */
const captured = new Set<string>();
let account: TestAccount;
let rest: ReturnType<typeof restClient>;
let graphql: ReturnType<typeof graphqlClient>;
beforeAll(async () => {
  app = await createTestApp();
  ({ reference } = await readDistribution());
  account = await app.account();
  rest = restClient(app, account);
  graphql = graphqlClient(app, account);
});

describe("the SQL of every operation", () => {
  /** Runs `work` and holds that each table in each of its statements is bound to the account, by a value. */
  async function expectBound(work: () => Promise<unknown>, accountSid = account.sid): Promise<void> {
    const { runs } = await recorded(work);
    for (const { statement } of runs) captured.add(statement.name);
    expect(runs.length).toBeGreaterThan(0);
    const unbound = runs.flatMap(({ statement, parameters }) =>
      mentionsOf(statement.text)
        .filter(({ table }) => !reference.includes(table))
        .filter(({ bound }) => bound === null || parameters[bound - 1] !== accountSid)
        .map(({ table }) => `${statement.name} reads or writes ${table} of any account: ${statement.text}`),
    );
    expect(unbound).toEqual([]);
  }

  const ways = ["SID", "name"] as const;
  const operations = Object.keys(REST_OPERATIONS).flatMap((operation) =>
    ways.map((by) => ({ operation, by })),
  );

  it.each(operations)("$operation by $by", async ({ operation, by }) => {
    const { query, form } = REST_OPERATIONS[operation]!;
    const objects = await createObjects(rest);
    const scope = isScoped(operation) ? objects.serviceSid : undefined;
    // A participant is changed and removed by its SID alone.
    const byItsSid = /^(POST|DELETE) .*Participants\/\{Sid\}$/.test(operation);
    const path = pathOf(operation, objects, byItsSid ? "SID" : by, scope);
    await expectBound(async () => {
      const method = operation.split(" ")[0]!;
      const answer =
        method === "GET"
          ? await rest.get(path, query?.(objects))
          : await rest.send(method, path, method === "POST" ? form?.(objects) : undefined);
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    });
  });

  it("a write under a key, its repeat, and once the key is too old", async () => {
    const headers = { "Idempotency-Key": "once" };
    const write = async () => {
      expect((await rest.send("POST", "/v1/Conversations", {}, headers)).status).toBe(201);
    };
    await expectBound(write);
    await expectBound(write);
    const old = "update idempotency_keys set date_created = '1990-01-01' where account_sid = $1";
    await app.deps.db.execute({ name: "age", text: old }, [account.sid]);
    await expectBound(write);
  });

  const queries = Object.keys(QUERIES).flatMap((name) => ways.map((by) => ({ name, by })));

  it.each(queries)("query $name by $by", async ({ name, by }) => {
    const objects = await createObjects(rest);
    const scope = QUERIES[name]!.scoped ? objects.serviceSid : undefined;
    await expectBound(async () => {
      const { query, variables } = queryOf(name, objects, by, scope);
      const { body } = await graphql(query, variables);
      expect(body.errors).toBeUndefined();
      expect(JSON.stringify(body.data[name])).not.toMatch(/^(null|\[null.*)$/);
      if (body.data[name].nodes) expect(body.data[name].nodes.length).toBeGreaterThan(0);
    });
  });

  it("the lists of what someone takes part in, in every order, filtered and not, with their totals", async () => {
    const { participant, phone, serviceSid } = await createObjects(rest);
    const filter = '{ state: ACTIVE, muted: false, channelType: CHAT, activeSince: "2020-01-01T00:00:00Z" }';
    for (const args of ["SID", "LAST_ACTIVITY", "DATE_CREATED"].flatMap((order) => [
      `orderBy: ${order}`,
      `orderBy: ${order}, filter: ${filter}`,
    ])) {
      await expectBound(async () => {
        const page = "{ totalCount nodes { unreadMessagesCount } }";
        const { body } = await graphql(
          `query ($who: String!, $address: String!, $serviceSid: String!) {
            identity: participantConversations(identity: $who, serviceSid: $serviceSid, ${args}) ${page}
            address: participantConversations(address: $address, serviceSid: $serviceSid, ${args}) ${page}
            user(sid: $who, serviceSid: $serviceSid) { totalUnreadCount conversations(${args}) ${page} }
          }`,
          { who: participant.identity, address: phone.address, serviceSid },
        );
        expect(body.errors).toBeUndefined();
        const { identity, address, user } = body.data;
        for (const list of [identity, address, user.conversations]) {
          expect(list.totalCount).toBe(list.nodes.length);
          expect(list.totalCount).toBeGreaterThan(0);
        }
      });
    }
  });

  const mutations = Object.keys(MUTATIONS).flatMap((name) => ways.map((by) => ({ name, by })));

  it.each(mutations)("mutation $name by $by", async ({ name, by }) => {
    const { input, payload, scoped } = MUTATIONS[name]!;
    const objects = await createObjects(rest);
    await expectBound(async () => {
      const given = { ...input(objects, by), ...(scoped && { serviceSid: objects.serviceSid }) };
      const { query, variables } = mutationOf(name, given, payload);
      const { body } = await graphql(query, variables);
      expect(body.errors).toBeUndefined();
      expect(body.data.result.__typename, JSON.stringify(body)).toMatch(/Payload$/);
    });
  });

  it.each(Object.keys(SELDOM))("%s", async (name) => {
    const { accountSid, ask } = await SELDOM[name]!();
    await expectBound(ask, accountSid);
  });
});

describe("what src declares", () => {
  let declared: readonly StatementText[];
  beforeAll(async () => {
    declared = await declaredStatements();
  });

  it("is all that the operations above run, and all but what is named here is run by them", () => {
    const known = new Set(declared.map(({ name }) => name));
    expect([...captured].filter((name) => !known.has(name))).toEqual([]);
    const texts = (names: Iterable<string>) => new Set([...names].map((name) => name.replace(PAGE, "")));
    const run = texts(captured);
    const left = [...texts(known)].filter((name) => !run.has(name));
    expect(left.sort()).toEqual([...OF_ALL_ACCOUNTS, ...BEHIND_THE_SCENES].sort());
  });

  it("binds each table to an account, on every kind of page, but for what is said to be of all accounts", () => {
    const unbound = declared.filter(({ text }) =>
      mentionsOf(text).some(({ table, bound }) => bound === null && !reference.includes(table)),
    );
    expect(unbound.map(({ name }) => name).sort()).toEqual(OF_ALL_ACCOUNTS.toSorted());
  });

  it("holds nothing else that a coordinator of shards refuses", async () => {
    const volatility = await volatilityOf(app.deps.db);
    const refused = declared.flatMap(({ name, text }) =>
      refusalsOf(text, volatility).map((what) => `${name}: ${what}`),
    );
    expect(refused).toEqual([]);
  });
});
