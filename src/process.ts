import { type Config, ConfigError, parseConfig } from "./config.ts";
import { hasLostConnection } from "./db/errors.ts";
import { createLog, type Logger } from "./log.ts";
import { joinPrimary, type Primary } from "./primary.ts";
import type { Running } from "./start.ts";

/** After it is told to stop the process ends within this time, whatever is under way, in milliseconds. */
const LAST_RESORT = 9_500;

/** Brings something up. */
type Start = (
  config: Config,
  log: Logger,
  print: (text: string) => void,
  primary: Primary | null,
) => Promise<Running>;
type Parse = (env: NodeJS.ProcessEnv) => Config;

/** The life of the process: configures, starts, waits for whoever stops it, and exits, with 1 for a failure. */
export async function runProcess(start: Start, parse: Parse = (env) => parseConfig(env)): Promise<never> {
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
    setTimeout(() => process.exit(0), LAST_RESORT).unref();
  };
  const primary = joinPrimary(stop);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      // A terminal signals all of its processes. A worker stops once its primary takes no more connections.
      if (primary) return;
      if (stopping.signal.aborted) process.exit(1);
      stop();
    });
  }
  try {
    await run(start, parse, primary, stopping.signal);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

async function run(
  start: Start,
  parse: Parse,
  primary: Primary | null,
  stopping: AbortSignal,
): Promise<void> {
  const config = parse(process.env);
  const log = createLog(config.logLevel, primary?.worker);
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error) => {
      // postgres.js asks for the types of arrays whenever it connects, and lets nobody hear of it where that breaks off.
      if (hasLostConnection(error)) return log.warn({ err: error }, "a connection to the database broke");
      log.fatal({ err: error }, "stopped by an error that nobody handled");
      process.exit(1);
    });
  }
  const running = await start(config, log, (text) => process.stdout.write(text), primary);
  const refused = await Promise.race([aborted(stopping), running.refused]);
  if (refused) {
    log.fatal(refused.message);
    process.exit(1);
  }
  log.info("stopping");
  await running.stop();
  log.info("stopped");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener("abort", () => done(), { once: true });
  });
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === "EADDRINUSE")
    return `${address}:${port} is taken by another process: stop that one, or set PORT`;
  if (code === "EACCES" && port)
    return `Listening on port ${port} is not permitted: set PORT to one above 1023`;
  return error instanceof ConfigError ? error.message : `Parley could not start: ${error.message}`;
}
