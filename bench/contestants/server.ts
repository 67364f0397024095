import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SERVER_CORE } from "../settings.ts";

export interface Server {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Start {
  readonly node: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Beside PORT. */
  readonly env: Readonly<Record<string, string>>;
  /** Path that is answered with less than 500 once the server can serve. */
  readonly ready: string;
}

/** On a quiet machine it is a second. */
const PATIENCE = 120_000;

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** One process, on one core. What it prints goes to a file, which is shown where it does not come up. */
export async function startServer({ node, args, cwd, env, ready }: Start): Promise<Server> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const log = join(folder, "log");
  const out = openSync(log, "a");
  const child = spawn("taskset", ["-c", String(SERVER_CORE), node, ...args], {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: "production", PORT: String(port), ...env },
    stdio: ["ignore", out, out],
  });
  running.add(child);
  const said = () => `${args.at(-1)} said:\n${readFileSync(log, "utf8").slice(-4_000)}\n`;
  let stopping = false;
  const gone = once(child, "exit").then(() => {
    running.delete(child);
    if (!stopping) process.stderr.write(`A server is gone: ${said()}`);
  });
  const stop = async () => {
    stopping = true;
    child.kill("SIGTERM");
    await Promise.race([gone, sleep(5_000, null, { ref: false })]);
    child.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true });
  };
  for (const until = Date.now() + PATIENCE; Date.now() < until && child.exitCode === null; ) {
    const answer = await fetch(`http://127.0.0.1:${port}${ready}`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer && answer.status < 500) return { port, pid: child.pid!, stop };
    await sleep(50);
  }
  const why = said();
  await stop();
  throw new Error(`A server did not come up: ${why}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
