import { execFile, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { appendFile, chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import { asPostgres } from "./daemons.ts";

const run = promisify(execFile);
const DEBIAN = "/usr/lib/postgresql";

/** Where Debian keeps the newest Postgres; null where there is none. */
export const postgresPrograms = newest();

function newest(): string | null {
  try {
    const [version] = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
    return version === undefined ? null : join(DEBIAN, version, "bin");
  } catch {
    return null;
  }
}

async function until(question: () => Promise<number>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) {
    if (await question().catch(() => 0)) return;
  }
  throw new Error("a Postgres server of the tests' own did not come up within 30 s");
}

/** A Postgres server of the tests' own. */
export interface PostgresServer {
  readonly url: string;
  readonly sql: postgres.Sql;
  /** As when the power fails. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Makes a standby the primary of a new timeline. */
  promote(): Promise<void>;
}

/** A primary, and standbys that stream from it, until `stop`. */
export async function startReplication(ports: readonly [number, ...number[]]) {
  const owner = asPostgres();
  const base = await mkdtemp(join(tmpdir(), "parley-replication-"));
  if (owner.uid !== undefined) await chown(base, owner.uid, owner.gid!);
  await chmod(base, 0o700);
  const program = (name: string, ...args: string[]) =>
    run(join(postgresPrograms!, name), args, { ...owner, cwd: base });
  const servers: (PostgresServer & { end(): Promise<void> })[] = [];

  async function serve(port: number): Promise<PostgresServer> {
    const dir = join(base, String(port));
    await appendFile(
      join(dir, "postgresql.conf"),
      `\nport = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\nwal_level = replica
max_connections = 200\nshared_buffers = 32MB\nwal_retrieve_retry_interval = 200ms\nhot_standby_feedback = on\n`,
    );
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    const sql = postgres(url, { max: 2, onnotice: () => {} });
    let child: ReturnType<typeof spawn>;
    let gone: Promise<unknown>;
    const ended = (signal: NodeJS.Signals) => {
      child.kill(signal);
      return gone;
    };
    const server = {
      url,
      sql,
      async start() {
        const launch = () => {
          child = spawn(join(postgresPrograms!, "postgres"), ["-D", dir], {
            ...owner,
            cwd: base,
            stdio: "ignore",
          });
          gone = new Promise((done) => child.on("close", done));
        };
        launch();
        await until(async () => {
          // It ends at once while what a killed one left behind has not.
          if (child.exitCode !== null) launch();
          return (await sql`select 1`).length;
        });
      },
      kill: async () => void (await ended("SIGKILL")),
      promote: async () => void (await sql`select pg_promote()`),
      async end() {
        await sql.end({ timeout: 0 });
        await ended("SIGQUIT");
      },
    };
    await server.start();
    servers.push(server);
    return server;
  }

  async function stop() {
    for (const server of servers.reverse()) await server.end();
    await rm(base, { recursive: true, force: true });
  }
  try {
    const [first, ...rest] = ports;
    await program(
      "initdb",
      "-D",
      join(base, String(first)),
      "-U",
      "postgres",
      "-A",
      "trust",
      "--no-sync",
      "-E",
      "UTF8",
    );
    const primary = await serve(first);
    const standbys: PostgresServer[] = [];
    for (const port of rest) {
      await program(
        "pg_basebackup",
        "-d",
        primary.url,
        "-D",
        join(base, String(port)),
        "-R",
        "-c",
        "fast",
        "--no-sync",
      );
      const standby = await serve(port);
      await until(
        async () => (await standby.sql`select from pg_stat_wal_receiver where status = 'streaming'`).length,
      );
      standbys.push(standby);
    }
    return { primary, standbys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
