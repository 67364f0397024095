import { loadModule, parseSync } from "libpg-query";

await loadModule();

/** A table where a statement reads or writes it, and the parameter that its `account_sid` equals there. */
interface Mention {
  readonly table: string;
  readonly bound: number | null;
}

/** A node of Postgres's own tree: objects with one key name their type, all others are fields. */
type Node = { readonly [field: string]: unknown };

/** A table of one query's FROM, by the name that it has there, and the conditions that hold of each of its rows. */
interface Source {
  readonly table: string | null;
  readonly name: string;
  readonly conditions: readonly Node[];
}

/**
 * The mentions of tables in a statement. Each is judged within the query that it stands in: by what must be true of its
 * rows there, whatever else is, and not by what holds of a table that it is compared to.
 */
export function mentionsOf(sql: string): Mention[] {
  return queriesOf(sql).flatMap((query) => {
    const { type, node, ctes } = query;
    const own = sourcesOf(query).filter(({ table }) => table !== null && !ctes.has(table));
    const read = own.map(({ table, name, conditions }) => ({
      table: table!,
      bound: boundBy(conditions, name, own.length === 1 && sourcesOf(query).length === 1),
    }));
    return type === "InsertStmt"
      ? [{ table: (node.relation as { relname: string }).relname, bound: insertedBound(node) }, ...read]
      : read;
  });
}

const QUERIES = ["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"] as const;

interface Query {
  readonly type: (typeof QUERIES)[number];
  readonly node: Node;
  /** What `with` has given a name to, here or around it. */
  readonly ctes: ReadonlySet<string>;
}

/** Every query of a statement: itself, and all within it at any depth. */
export function queriesOf(sql: string): Query[] {
  return parseSync(sql).stmts.flatMap(({ stmt }: { stmt: Node }) => within(stmt, new Set()));
}

function within(value: unknown, ctes: ReadonlySet<string>): Query[] {
  if (Array.isArray(value)) return value.flatMap((item) => within(item, ctes));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const type = QUERIES.find((name) => name === key) ?? (isArm(key, child) ? "SelectStmt" : undefined);
    if (!type) return within(child, ctes);
    const { withClause, ...node } = child;
    const { names, queries } = namedBy(withClause, ctes);
    const known = new Set([...ctes, ...names]);
    return [...queries, { type, node, ctes: known }, ...within(node, known)];
  });
}

/** Unless it is recursive, a query with a name knows only the names before its own: the table of that name is no other. */
function namedBy(clause: Node | undefined, around: ReadonlySet<string>) {
  const ctes = listOf(clause?.ctes).map(({ CommonTableExpr }) => CommonTableExpr as Node);
  const names = ctes.map(({ ctename }) => ctename as string);
  const queries = ctes.flatMap(({ ctequery }, at) =>
    within(ctequery, new Set([...around, ...(clause?.recursive ? names : names.slice(0, at))])),
  );
  return { names, queries };
}

/** The two sides of a union, which Postgres keeps without the name of their type; those of a join have theirs. */
function isArm(key: string, child: unknown): boolean {
  return (
    (key === "larg" || key === "rarg") &&
    typeof child === "object" &&
    child !== null &&
    "limitOption" in child
  );
}

function sourcesOf({ type, node }: Query): Source[] {
  const where = conjuncts(node.whereClause);
  const from = [...listOf(node.fromClause), ...listOf(node.usingClause)];
  const target = type === "UpdateStmt" || type === "DeleteStmt" ? [{ RangeVar: node.relation }] : [];
  return [...target, ...from].flatMap((item) => sourcesIn(item as Node, where));
}

function sourcesIn(item: Node, conditions: readonly Node[]): Source[] {
  const join = item.JoinExpr as Node | undefined;
  if (join) {
    const on = conjuncts(join.quals);
    const [left, right] = JOINS[join.jointype as string] ?? [false, false];
    return [
      ...sourcesIn(join.larg as Node, left ? [...conditions, ...on] : conditions),
      ...sourcesIn(join.rarg as Node, right ? [...conditions, ...on] : conditions),
    ];
  }
  const [[type, range]] = Object.entries(item) as [[string, Node]];
  if (!["RangeVar", "RangeSubselect", "RangeFunction"].includes(type))
    throw new Error(`${type} is not read yet`);
  const alias = (range.alias as { aliasname: string } | undefined)?.aliasname;
  const table = type === "RangeVar" ? (range.relname as string) : null;
  return [{ table, name: alias ?? table ?? "", conditions }];
}

/** Of which side's rows the condition of a join holds, whoever they meet. */
const JOINS: Record<string, readonly [left: boolean, right: boolean]> = {
  JOIN_INNER: [true, true],
  JOIN_LEFT: [false, true],
  JOIN_RIGHT: [true, false],
};

function conjuncts(condition: unknown): Node[] {
  if (typeof condition !== "object" || condition === null) return [];
  const { boolop, args } = ((condition as Node).BoolExpr ?? {}) as { boolop?: string; args?: unknown[] };
  return boolop === "AND_EXPR" ? args!.flatMap(conjuncts) : [condition as Node];
}

/** @param alone nothing else is in its FROM, so that the column needs no table before it */
function boundBy(conditions: readonly Node[], name: string, alone: boolean): number | null {
  const isAccount = (side: unknown) => {
    const path = listOf(((side as Node)?.ColumnRef as Node | undefined)?.fields)
      .map(textOf)
      .join(".");
    return path === `${name}.account_sid` || (alone && path === "account_sid");
  };
  for (const condition of conditions) {
    const { kind, name: operator, lexpr, rexpr } = (condition.A_Expr ?? {}) as Node;
    if (kind !== "AEXPR_OP" || listOf(operator).map(textOf).join() !== "=") continue;
    const bound = isAccount(lexpr) ? parameterOf(rexpr) : isAccount(rexpr) ? parameterOf(lexpr) : null;
    if (bound !== null) return bound;
  }
  return null;
}

/** The parameter that every inserted row has for its account. */
function insertedBound({ cols, selectStmt }: Node): number | null {
  const at = listOf(cols).findIndex(
    ({ ResTarget }) => (ResTarget as { name: string }).name === "account_sid",
  );
  const { valuesLists, targetList, op } = (selectStmt as { SelectStmt: Node }).SelectStmt;
  if (at < 0 || op !== "SETOP_NONE") return null;
  const rows = valuesLists
    ? listOf(valuesLists).map(({ List }) => listOf((List as Node).items)[at])
    : [(listOf(targetList)[at]?.ResTarget as Node | undefined)?.val];
  const bound = new Set(rows.map(parameterOf));
  return bound.size === 1 ? [...bound][0]! : null;
}

/** The number of a parameter, with a cast or without. */
function parameterOf(value: unknown): number | null {
  const { ParamRef, TypeCast } = (value ?? {}) as { ParamRef?: { number: number }; TypeCast?: Node };
  return TypeCast ? parameterOf(TypeCast.arg) : (ParamRef?.number ?? null);
}

export function listOf(list: unknown): Node[] {
  return (list ?? []) as Node[];
}

export function textOf({ String: text }: Node): string {
  return (text as { sval: string } | undefined)?.sval ?? "*";
}
