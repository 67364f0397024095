import type { Executor } from "../../src/db/statement.ts";
import { listOf, queriesOf, textOf } from "./sql.ts";

/** How each function of the database may vary: `i`mmutable, `s`table within a statement, or `v`olatile. */
export type Volatility = ReadonlyMap<string, string>;

export async function volatilityOf(db: Executor): Promise<Volatility> {
  // Of functions of one name, the one that varies most: i < s < v.
  const text = "select proname::text, max(provolatile)::text from pg_proc group by proname";
  return new Map((await db.execute({ name: "volatility", text }, [])) as [string, string][]);
}

/** What a coordinator of shards refuses, although every mention of a table is bound to one account. */
export function refusalsOf(sql: string, volatility: Volatility): string[] {
  return queriesOf(sql).flatMap(({ type, node }) => {
    const set = listOf(type === "UpdateStmt" ? node.targetList : []);
    const onConflict = (node.onConflictClause ?? {}) as { targetList?: unknown };
    const excluded = listOf(onConflict.targetList);
    const changed = [...set, ...excluded].map(({ ResTarget }) => (ResTarget as { name: string }).name);
    const relation = (node.relation ?? {}) as { alias?: unknown };
    const values = (node.selectStmt as { SelectStmt: { valuesLists?: unknown } } | undefined)?.SelectStmt
      .valuesLists;
    return [
      ...varying(set, "v", volatility).map((name) => `${name} in SET`),
      ...varying(excluded, "sv", volatility).map((name) => `${name} in ON CONFLICT`),
      ...varying(node.returningList, "sv", volatility).map((name) => `${name} in RETURNING`),
      ...(changed.includes("account_sid") ? ["a row moved to another account"] : []),
      ...(values && holds(values, "SubLink") ? ["a subquery in VALUES"] : []),
      ...(type === "InsertStmt" && !values && node.returningList && !relation.alias
        ? ["RETURNING of an INSERT … SELECT whose target has no alias"]
        : []),
      ...(type === "MergeStmt" ? ["MERGE"] : []),
    ];
  });
}

/** The functions within that vary in one of these ways, among them any that the database does not have. */
function varying(tree: unknown, ways: string, volatility: Volatility): string[] {
  const called = nodesIn(tree, "FuncCall").map(({ funcname }) => textOf(listOf(funcname).at(-1)!));
  const moments = nodesIn(tree, "SQLValueFunction").length > 0 && ways.includes("s") ? ["current_…"] : [];
  return [...called.filter((name) => ways.includes(volatility.get(name) ?? "v")), ...moments];
}

function holds(tree: unknown, type: string): boolean {
  return nodesIn(tree, type).length > 0;
}

function nodesIn(tree: unknown, type: string): { readonly [field: string]: unknown }[] {
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([key, child]) => [
    ...(key === type ? [child] : []),
    ...nodesIn(child, type),
  ]);
}
