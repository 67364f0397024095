import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Executor, StatementText } from "../../src/db/statement.ts";

const SRC = join(import.meta.dirname, "../../src");

/** What a query may be called with beside a database and its parameters: a set of columns, a filter or none, a page of every kind. */
const PAGES = (["forward", "backward"] as const).flatMap((direction) =>
  [undefined, ["a", "a", "a"]].flatMap((after) =>
    [undefined, ["a", "a", "a"]].map((before) => ({ direction, after, before, limit: 1 })),
  ),
);
const OTHERS = ["light", "full", null, ...PAGES];
const MOST_OTHERS = 3;

/** Every statement that a `queries.ts` can run, found by calling all that they export, with a database that only listens. */
export async function declaredStatements(): Promise<readonly StatementText[]> {
  const heard = new Map<string, StatementText>();
  const listener: Executor = {
    async execute(statement) {
      heard.set(statement.text, statement);
      return [];
    },
  };
  for (const query of await exportedFunctions()) {
    // An empty list serves as parameters, and as rows.
    const call = async (others: readonly unknown[]) => query(listener, [], ...others);
    for (const others of waysToCall(MOST_OTHERS)) await call(others).catch(() => {});
  }
  return [...heard.values()];
}

function waysToCall(most: number): unknown[][] {
  if (most === 0) return [[]];
  const shorter = waysToCall(most - 1);
  return [[], ...OTHERS.flatMap((other) => shorter.map((others) => [other, ...others]))];
}

type Query = (...args: readonly unknown[]) => unknown;

async function exportedFunctions(): Promise<Query[]> {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith("queries.ts"),
  );
  const modules = await Promise.all(files.map((file) => import(join(SRC, file))));
  return modules.flatMap((module) => Object.values(module).flatMap(functionsIn));
}

/** Also those of an object of functions. */
function functionsIn(value: unknown): Query[] {
  if (typeof value === "function") return [value as Query];
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return [];
  return Object.values(value).filter((member) => typeof member === "function");
}
