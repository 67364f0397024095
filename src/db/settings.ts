import { NotReadyError } from "./ready.ts";
import { type Executor, statementText } from "./statement.ts";

/**
 * What each session is set to, embedded or not. One plan for each statement, for whichever values come. Planned for its own values, a statement of an account that is not in the
 * statistics yet, or of one that has grown since, is expected to find hardly a row, and reads all that the account has.
 */
export const SETTINGS = {
  TimeZone: "UTC",
  plan_cache_mode: "force_generic_plan",
  // What a page looks up row by row it hardly ever meets twice: remembering it costs a quarter of the statement.
  enable_memoize: "off",
};

/** What each session of a server is set to. Where a pooler keeps us from it, the role or the database has to. */
export function sessionSettings(statementTimeout: number) {
  return {
    ...SETTINGS,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: statementTimeout * 2,
  };
}

const NAMES = Object.keys(sessionSettings(0)).map((name) => `'${name}'`);
const SESSION = statementText(
  "sessionSettings",
  `select quote_ident(current_user), quote_ident(current_database()), name, setting from pg_settings
   where name in (${NAMES.join(", ")})`,
);

/** @throws NotReadyError that says what to run where sessions are not set as they have to be */
export async function checkSettings(db: Executor, statementTimeout: number): Promise<void> {
  const rows = (await db.execute(SESSION, []).catch(explain)) as readonly string[][];
  const found = new Map(rows.map(([, , name, value]) => [name, value]));
  const wanted = Object.entries(sessionSettings(statementTimeout)).filter(
    ([name, value]) => !serves(found.get(name), value),
  );
  if (wanted.length === 0) return;
  const [role, database] = rows[0]!;
  const commands = wanted.map(
    ([name, value]) => `ALTER ROLE ${role} IN DATABASE ${database} SET ${name} = '${value}';`,
  );
  throw new NotReadyError(
    `The sessions behind the pooler are not set as Parley needs them. Run this, then have the pooler reconnect: ${commands.join(" ")}`,
  );
}

/** A time serves that is no longer than wanted; 0 is none. */
function serves(found = "", wanted: string | number): boolean {
  if (typeof wanted === "number") return Number(found) > 0 && Number(found) <= wanted;
  return found.replace("Etc/", "").toLowerCase() === wanted.toLowerCase();
}

function explain(error: Error): never {
  if (!/unsupported startup parameter/.test(error.message)) throw error;
  throw new NotReadyError("DATABASE_URL leads to a pooler: set PARLEY_DB_POOLER=true", error);
}
