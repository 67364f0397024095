/** A table where a statement reads or writes it, and the parameter that its `account_sid` equals there. */
interface Mention {
  readonly table: string;
  readonly bound: number | null;
}

/** The mentions of tables in a statement as Drizzle writes it, each judged within its own query or subquery. */
export function mentionsOf(sql: string): Mention[] {
  return queriesOf(sql).flatMap((query) => {
    const tables = [...query.matchAll(/\b(from|join|update|into)\s+"(\w+)"/g)];
    return tables.map(([, verb, table]) => ({ table: table!, bound: boundIn(query, verb!, table!) }));
  });
}

function boundIn(query: string, verb: string, table: string): number | null {
  const match =
    verb === "into"
      ? /\("account_sid",[^)]*\)\s+(?:values\s+\(|select\s+)\$(\d+)\b/.exec(query)
      : new RegExp(`"${table}"\\."account_sid" = \\$(\\d+)`).exec(query);
  return match ? Number(match[1]) : null;
}

/** The query without its subqueries, then each of these. */
function queriesOf(sql: string): string[] {
  const found: string[] = [];
  let own = "";
  for (let at = 0; at < sql.length; at++) {
    if (/^\(\s*select\b/.test(sql.slice(at, at + 20))) {
      const end = closingOf(sql, at);
      found.push(...queriesOf(sql.slice(at + 1, end)));
      own += "()";
      at = end;
    } else own += sql[at];
  }
  return [own, ...found];
}

function closingOf(sql: string, open: number): number {
  let depth = 0;
  for (let at = open; at < sql.length; at++) {
    if (sql[at] === "(") depth++;
    if (sql[at] === ")" && --depth === 0) return at;
  }
  throw new Error(`unbalanced: ${sql}`);
}
