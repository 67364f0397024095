import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startOptions } from "./options.ts";

export type Environment = Readonly<Record<string, string>>;

export interface Exit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Process {
  readonly child: ChildProcess;
  readonly exit: Promise<Exit>;
  /** What it has printed on standard output so far. */
  output(): string;
  /** Waits until standard output holds a match, and returns it. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface Server extends Process {
  readonly port: number;
  /** As the account that the server was started with. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export const ACCOUNT = { sid: `AC${"0123456789abcdef".repeat(2)}`, authToken: "correcthorsebatterystaple" };
export const ACCOUNT_ENV: Environment = {
  PARLEY_ACCOUNT_SID: ACCOUNT.sid,
  PARLEY_AUTH_TOKEN: ACCOUNT.authToken,
};

export type Processes = ReturnType<typeof createProcesses>;

/** Runs the program, compiled in the directory that `compiled` tells, in processes of their own until `end`. */
export function createProcesses(compiled: () => Promise<string>) {
  const undo: (() => Promise<unknown>)[] = [];

  async function temporaryDirectory(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), "parley-"));
    undo.push(() => rm(dir, { recursive: true, force: true }));
    return dir;
  }

  /** Node with these arguments; `dist/` begins the path of a compiled file, also within a text. */
  async function execute(args: readonly string[], env: Environment = {}): Promise<Process> {
    const dist = await compiled();
    const { PATH, HOME } = process.env;
    const child = spawn(
      process.execPath,
      args.map((arg) => arg.replace("dist/", `${dist}/`)),
      { env: { PATH, HOME, ...env }, cwd: tmpdir() },
    );
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    const exit = new Promise<Exit>((done) => child.on("close", (code) => done({ code, stdout, stderr })));
    undo.push(async () => {
      child.kill("SIGKILL");
      await exit;
    });
    const printed = async (pattern: RegExp) => {
      const gone = exit.then(() => true);
      for (const end = Date.now() + 60_000; Date.now() < end; ) {
        const ended = await Promise.race([gone, sleep(20, false)]);
        const match = pattern.exec(stdout);
        if (match) return match;
        if (ended) break;
      }
      throw new Error(`${pattern} was not printed:\n${stdout}\n${stderr}`);
    };
    return { child, exit, printed, output: () => stdout };
  }

  /** What `npm start` runs, as it runs it, on a port of its own, once it listens. */
  async function startServer(
    env: Environment,
    account: { sid: string; authToken: string } = ACCOUNT,
  ): Promise<Server> {
    const port = await freePort();
    const running = await execute([...startOptions(), "dist/main.js"], { ...env, PORT: String(port) });
    await running.printed(/Parley is listening/);
    const authorization = basic(account.sid, account.authToken);
    return {
      ...running,
      port,
      fetch: (path, init) =>
        fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization }, ...init }),
    };
  }

  /** Everything is gone after it. */
  async function end(): Promise<void> {
    for (const step of undo.splice(0).reverse()) await step();
  }

  return { temporaryDirectory, execute, startServer, end };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/** Waits until `question` is answered with true. */
export async function eventually(question: () => Promise<boolean>, within = 30_000): Promise<void> {
  for (const end = Date.now() + within; Date.now() < end; await sleep(50)) {
    if (await question().catch(() => false)) return;
  }
  throw new Error(`not within ${within} ms`);
}
