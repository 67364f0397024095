import { readFile } from "node:fs/promises";
import postgres from "postgres";
import type { Environment, Server } from "../test/setup/processes.ts";
import { ACCOUNT_ENV, eventually } from "../test/setup/processes.ts";
import type { World } from "./experiment.ts";
import type { Query } from "./ledger.ts";

const COMMON: Environment = {
  ...ACCOUNT_ENV,
  NODE_ENV: "production",
  PARLEY_LOG_LEVEL: "warn",
  PARLEY_SECRET_KEY: Buffer.alloc(32, 1).toString("base64"),
};

/** A database of its own in the run's Postgres, and what a server on it is started with. */
export async function onPostgres({ cluster }: World, settings: Environment = {}) {
  const url = await cluster.database();
  const env: Environment = { ...COMMON, DATABASE_URL: url.href, ...settings };
  return { url, env };
}

export async function startReady({ processes }: World, env: Environment): Promise<Server> {
  const server = await processes.startServer(env);
  await ready(server);
  return server;
}

export async function ready(server: Server, within = 30_000): Promise<number> {
  const started = performance.now();
  await eventually(async () => (await server.fetch("/readyz")).ok, within);
  return Math.round(performance.now() - started);
}

/** Memory that the process holds now, in megabytes. */
export async function memoryOf(server: Server): Promise<number> {
  const status = await readFile(`/proc/${server.child.pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** Connections to the server that are open, or closing; counted by the system. */
export async function connectionsTo({ port }: Server): Promise<number> {
  const tables = await Promise.all(["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8")));
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const [ESTABLISHED, CLOSE_WAIT] = ["01", "08"];
  return tables
    .flatMap((table) => table.split("\n").map((line) => line.trim().split(/\s+/)))
    .filter(([, own, , state]) => own?.endsWith(local) && (state === ESTABLISHED || state === CLOSE_WAIT))
    .length;
}

/** Runs `work` with what asks the database of that address. */
export async function asking<T>(url: URL, work: (query: Query) => Promise<T>): Promise<T> {
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    return await work((text, parameters) => sql.unsafe(text, [...parameters] as never[]));
  } finally {
    await sql.end();
  }
}

/** Why the process has ended, where it has. */
export async function endOf({ child, exit }: Server): Promise<string[]> {
  if (child.exitCode === null && child.signalCode === null) return [];
  const { code, stdout, stderr } = await exit;
  return [
    `the process ended with ${code ?? child.signalCode}: ${stdout.slice(-2000)} ${stderr.slice(-2000)}`,
  ];
}
export async function embedded({ processes }: World): Promise<Environment> {
  const { PARLEY_SECRET_KEY, ...env } = COMMON;
  return { ...env, PARLEY_DATA_DIR: await processes.temporaryDirectory() };
}

/** How many of the server's connections have something to do. */
export async function atWork(sql: postgres.Sql): Promise<number> {
  const [row] = await sql`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and application_name = 'parley' and state <> 'idle'`;
  return Number(row?.n);
}
