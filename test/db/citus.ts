import { readFileSync } from "node:fs";
import { type FuncCall, parse } from "libpg-query";

interface Distribution {
  /** What says whether the extension is there, before anything else runs. */
  readonly guard: string;
  readonly reference: readonly string[];
  /** In their order in the file. */
  readonly distributed: readonly { table: string; by: string; beside: string }[];
}

/** What `drizzle/citus.sql` does to which table, as Postgres itself reads the file. */
export async function readDistribution(): Promise<Distribution> {
  const text = readFileSync(new URL("../../drizzle/citus.sql", import.meta.url), "utf8");
  const { stmts } = await parse(text);
  const [guard, ...selects] = stmts;
  const calls: FuncCall[] = selects.map(
    ({ stmt }: { stmt: { SelectStmt: { targetList: { ResTarget: { val: { FuncCall: FuncCall } } }[] } } }) =>
      stmt.SelectStmt.targetList[0]!.ResTarget.val.FuncCall,
  );
  const made = calls.map((call) => ({ name: nameOf(call), args: argumentsOf(call) }));
  const of = (name: string) => made.filter((call) => call.name === name).map(({ args }) => args);
  return {
    guard: Buffer.from(text)
      .subarray(guard.stmt_location ?? 0, guard.stmt_len)
      .toString(),
    reference: of("create_reference_table").map((args) => args["0"]!),
    distributed: of("create_distributed_table").map((args) => ({
      table: args["0"]!,
      by: args["1"]!,
      beside: args.colocate_with!,
    })),
  };
}

function nameOf({ funcname }: FuncCall): string {
  return (funcname!.at(-1) as { String: { sval: string } }).String.sval;
}

/** By place or by name. */
function argumentsOf({ args = [] }: FuncCall): Record<string, string> {
  return Object.fromEntries(
    args.map((argument, at) => {
      const named = "NamedArgExpr" in argument ? argument.NamedArgExpr : { name: String(at), arg: argument };
      const { A_Const } = named.arg as { A_Const: { sval?: { sval?: string }; ival?: { ival?: number } } };
      return [named.name, A_Const.sval?.sval ?? String(A_Const.ival?.ival)];
    }),
  );
}
