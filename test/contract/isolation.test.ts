import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestAccount, type TestApp } from "../setup/app.ts";
import { graphqlClient, restClient } from "../setup/clients.ts";
import { recorded } from "../setup/database.ts";
import { createObjects } from "./objects.ts";
import { MUTATIONS, mutationOf, QUERIES, queryOf } from "./operations.graphql.ts";
import { isScoped, pathOf, REST_OPERATIONS } from "./operations.rest.ts";
import { mentionsOf } from "./sql.ts";

/** Of no one account: an API key is found before its account is known. */
const EXCEPTIONS = ["api_keys"];

let app: TestApp;
let account: TestAccount;
let rest: ReturnType<typeof restClient>;
let graphql: ReturnType<typeof graphqlClient>;
beforeAll(async () => {
  app = await createTestApp();
  account = await app.account();
  rest = restClient(app, account);
  graphql = graphqlClient(app, account);
});

describe("the SQL of every operation", () => {
  /** Runs `work` and holds that each table in each of its statements is bound to the account, by a value. */
  async function expectBound(work: () => Promise<void>): Promise<void> {
    const { runs } = await recorded(work);
    expect(runs.length).toBeGreaterThan(0);
    const unbound = runs.flatMap(({ statement, parameters }) =>
      mentionsOf(statement.text)
        .filter(({ table }) => !EXCEPTIONS.includes(table))
        .filter(({ bound }) => bound === null || parameters[bound - 1] !== account.sid)
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
});

describe("the reading of SQL", () => {
  it.each([
    ['select * from "users" where "users"."account_sid" = $1', [{ table: "users", bound: 1 }]],
    ['select * from "users" where "users"."sid" = $1', [{ table: "users", bound: null }]],
    [
      'select * from "users" where "users"."account_sid" = $1 and "users"."sid" in (select "sid" from "users")',
      [
        { table: "users", bound: 1 },
        { table: "users", bound: null },
      ],
    ],
    [
      'select * from "a" inner join "b" on ("b"."account_sid" = $2 and "b"."x" = "a"."x") where "a"."account_sid" = $1',
      [
        { table: "a", bound: 1 },
        { table: "b", bound: 2 },
      ],
    ],
    ['insert into "a" ("account_sid", "sid") values ($3, $1)', [{ table: "a", bound: 3 }]],
    [
      'insert into "a" as "row" ("account_sid", "sid") select $3::text, "each"."sid" from unnest($1::text[]) as "each"("sid")',
      [{ table: "a", bound: 3 }],
    ],
    ['update "a" set "x" = $1 where ("a"."account_sid" = $2)', [{ table: "a", bound: 2 }]],
    ['delete from "a" where "a"."account_sid" = "a"."account_sid"', [{ table: "a", bound: null }]],
  ])("%s", (sql, mentions) => {
    expect(mentionsOf(sql)).toEqual(mentions);
  });
});
