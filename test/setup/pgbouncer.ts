import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asPostgres, commandOutput } from "./daemons.ts";

/** Where Debian puts it, which is on the path of root alone. */
const PROGRAM = "/usr/sbin/pgbouncer";
const VERSION = commandOutput(PROGRAM, ["--version"]);

export const hasPgbouncer = VERSION !== null;

/** From 1.21 it keeps the prepared statements of its clients apart. */
export const keepsPrepared = Number(/1\.(\d+)/.exec(VERSION ?? "")?.[1]) >= 21;

/** PgBouncer in transaction mode before the server, with fewer connections than its clients have. */
export async function startPgbouncer(server: URL, port: number) {
  const directory = await mkdtemp(join(tmpdir(), "parley-pgbouncer-"));
  await chmod(directory, 0o755);
  const ini = join(directory, "pgbouncer.ini");
  const { username, password } = server;
  const login = password ? `user=${username} password=${password}` : `user=${username}`;
  await writeFile(
    ini,
    `[databases]
* = host=${server.hostname} port=${server.port || 5432} ${login}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 500
server_lifetime = 2
${keepsPrepared ? "max_prepared_statements = 200" : ""}
`,
  );
  const child = spawn(PROGRAM, [ini], { ...asPostgres(), stdio: "ignore" });
  const gone = new Promise((done) => child.on("close", done));
  return {
    urlOf(database: URL): URL {
      const url = new URL(database);
      url.hostname = "127.0.0.1";
      url.port = String(port);
      return url;
    },
    async stop() {
      child.kill("SIGTERM");
      await gone;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
