import { describe, expect, it } from "vitest";
import { refusalsOf } from "./routing.ts";
import { mentionsOf } from "./sql.ts";

describe("the reading of SQL", () => {
  it.each([
    ['select * from "users" where "users"."account_sid" = $1', { users: 1 }],
    ["select * from users u where $1::text = u.account_sid", { users: 1 }],
    ["select * from users where account_sid = $1", { users: 1 }],
    [
      "select * from a inner join b on (b.account_sid = $2 and b.x = a.x) where a.account_sid = $1",
      { a: 1, b: 2 },
    ],
    ["select * from a left join b on b.account_sid = $2 where a.account_sid = $1", { a: 1, b: 2 }],
    [
      "select * from p cross join lateral (select * from b where b.account_sid = $2) c where p.account_sid = $1",
      { p: 1, b: 2 },
    ],
    [
      "select * from a where a.account_sid = $1 and exists (select from b where b.account_sid = $1)",
      { a: 1, b: 1 },
    ],
    ["with w as (select * from a where a.account_sid = $1) select * from w", { a: 1 }],
    [
      "select 1 from a where a.account_sid = $1 union all select 1 from b where b.account_sid = $1",
      { a: 1, b: 1 },
    ],
    ["insert into a (account_sid, sid) values ($3, $1), ($3, $2)", { a: 3 }],
    [
      "insert into a as r (account_sid, sid) select $3::text, e.sid from unnest($1::text[]) as e(sid)",
      { a: 3 },
    ],
    ["update a set x = $1 where (a.account_sid = $2)", { a: 2 }],
    ["update a set x = b.x from b where a.account_sid = $1 and b.account_sid = $1", { a: 1, b: 1 }],
    ["delete from a using b where a.account_sid = $1 and b.account_sid = $1", { a: 1, b: 1 }],
  ])("sees what binds each table: %s", (sql, bound) => {
    expect(boundIn(sql)).toEqual(bound);
  });

  it.each([
    ["nothing at all", "select * from b where b.sid = $1"],
    ["another column of the row", "delete from b where b.account_sid = b.account_sid"],
    [
      "the outer query's column alone",
      "select * from a join lateral (select * from b where b.account_sid = a.account_sid) c on true where a.account_sid = $1",
    ],
    [
      "the outer query's parameter alone",
      "select * from a, lateral (select * from b where b.x = a.x) c where a.account_sid = $1",
    ],
    ["an alternative", "select * from b where b.account_sid = $1 or b.x = $2"],
    ["a denial", "select * from b where not (b.account_sid = $1)"],
    [
      "a condition on rows that a left join keeps all the same",
      "select * from b left join a on a.account_sid = $1 and b.account_sid = $1 where a.account_sid = $1",
    ],
    ["several values", "select * from b where b.account_sid = any($1)"],
    [
      "a value that is looked up",
      "select * from b where b.account_sid = (select a.account_sid from a where a.account_sid = $1)",
    ],
    [
      "the name of no one table",
      "select * from a join b on b.x = a.x where a.account_sid = $1 and account_sid = $1",
    ],
    ["a query of its own name", "with b as (select * from b) select * from b where b.account_sid = $1"],
    ["a row of another account", "insert into b (account_sid, sid) values ($1, $2), ($3, $4)"],
    [
      "a selected account",
      "insert into b (account_sid) select a.account_sid from a where a.account_sid = $1",
    ],
    ["the target's condition alone", "update a set x = b.x from b where a.account_sid = $1 and b.x = a.x"],
    ["one side of a union", "select 1 from a where a.account_sid = $1 union select 1 from b"],
  ])("takes %s for no binding", (_, sql) => {
    expect(boundIn(sql)).toMatchObject({ b: null });
  });
});

/** By table, where each is mentioned once. */
function boundIn(sql: string): Record<string, number | null> {
  return Object.fromEntries(mentionsOf(sql).map(({ table, bound }) => [table, bound]));
}

describe("what a coordinator of shards refuses", () => {
  const volatility = new Map([
    ["now", "s"],
    ["random", "v"],
    ["lower", "i"],
  ]);

  it.each([
    ["update a set x = random()", "random in SET"],
    ["update a set x = (select unheard_of(1))", "unheard_of in SET"],
    ["update a set x = 1 returning now()", "now in RETURNING"],
    ["update a set account_sid = $1", "a row moved to another account"],
    ["insert into a (x) values ($1) on conflict (x) do update set x = now()", "now in ON CONFLICT"],
    [
      "insert into a (x) values ($1) on conflict (x) do update set x = current_timestamp",
      "current_… in ON CONFLICT",
    ],
    ["insert into a (x) values ((select 1))", "a subquery in VALUES"],
    ["insert into a (x) select $1 returning x", "RETURNING of an INSERT … SELECT whose target has no alias"],
    ["merge into a using b on a.x = b.x when matched then delete", "MERGE"],
  ])("is seen in: %s", (sql, refusal) => {
    expect(refusalsOf(sql, volatility)).toEqual([refusal]);
  });

  it.each([
    "update a set x = lower(x), y = now() returning lower(x)",
    "insert into a (x) values (random()) on conflict (x) do update set x = excluded.x returning x",
    "insert into a as r (x) select $1 returning r.x",
  ])("is not seen in: %s", (sql) => {
    expect(refusalsOf(sql, volatility)).toEqual([]);
  });
});
