import { ConfigError, parseConfig } from "./config.ts";
import { hasLostConnection } from "./db/errors.ts";
import { createLog } from "./log.ts";

/** After a signal the process ends within this time, whatever is under way. */
const LAST_RESORT = 9_500;

const stopping = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
    setTimeout(() => process.exit(0), LAST_RESORT).unref();
  });
}

try {
  await run();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error) => {
      // postgres.js asks for the types of arrays whenever it connects, and lets nobody hear of it where that breaks off.
      if (hasLostConnection(error)) return log.warn({ err: error }, "a connection to the database broke");
      log.fatal({ err: error }, "stopped by an error that nobody handled");
      process.exit(1);
    });
  }
  // Loaded only now, so that a signal is heeded from the first moment.
  const { start } = await import("./start.ts");
  const running = await start(config, log, (text) => process.stdout.write(text));
  const refused = await Promise.race([aborted(stopping.signal), running.refused]);
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
