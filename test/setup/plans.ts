import { type Run, recorded } from "./database.ts";

/** A node of a plan that ran. */
export interface Node {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Index Cond"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  "Shared Hit Blocks"?: number;
  "Shared Read Blocks"?: number;
  Plans?: Node[];
}

export type PlanMode = "force_custom_plan" | "force_generic_plan";

/**
 * The nodes of the plan of the last statement that `work` runs, as it ran prepared: planned for the very values, or for
 * any that may come.
 */
export async function planOf(
  work: () => Promise<unknown>,
  mode: PlanMode,
  settings: readonly string[] = [],
): Promise<Node[]> {
  const { runs } = await recorded(work);
  return explained(runs.at(-1)!, mode, settings);
}

/** The same of every statement that `work` reads by, with its name. */
export async function plansOf(work: () => Promise<unknown>, mode: PlanMode) {
  const { runs } = await recorded(work);
  const plans: { name: string; plan: Node[] }[] = [];
  for (const run of runs.filter(({ statement }) => statement.isSelect)) {
    plans.push({ name: run.statement.name, plan: await explained(run, mode, []) });
  }
  return plans;
}

function explained({ aside, statement, parameters }: Run, mode: PlanMode, settings: readonly string[]) {
  return aside.transaction(async (tx) => {
    const run = (name: string, text: string) => tx.execute({ name, text }, []);
    for (const setting of [`plan_cache_mode = ${mode}`, "jit = off", ...settings]) {
      await run("set", `set local ${setting}`);
    }
    await run("prepare", `prepare planned as ${statement.text}`);
    const values = parameters.map(literal).join(", ");
    const rows = await run(
      "explain",
      `explain (analyze, buffers, timing off, format json) execute planned(${values})`,
    );
    await run("deallocate", "deallocate planned");
    const cell = rows[0]![0];
    const [{ Plan }] = (typeof cell === "string" ? JSON.parse(cell) : cell) as [{ Plan: Node }];
    return flatten(Plan);
  });
}

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

function literal(value: unknown): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  const text = Array.isArray(value)
    ? `{${value.map((one) => JSON.stringify(one)).join(",")}}`
    : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

/** How many rows the plan read of a table, or of all. */
export function rowsRead(plan: readonly Node[], table?: string): number {
  return plan
    .filter((node) => node["Relation Name"] && (table === undefined || node["Relation Name"] === table))
    .map((node) => {
      const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
      return (node["Actual Rows"] + removed) * node["Actual Loops"];
    })
    .reduce((sum, rows) => sum + rows, 0);
}

/** How many pages of tables and indexes the plan looked at. */
export function pagesRead([root]: readonly Node[]): number {
  return (root?.["Shared Hit Blocks"] ?? 0) + (root?.["Shared Read Blocks"] ?? 0);
}
