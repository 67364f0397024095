import { type DestinationStream, type Logger, pino } from "pino";
import pretty from "pino-pretty";

export type { Logger };

/** Written together: one write for each line takes as long as all else that is done for it. */
const GATHERED = { minLength: 4096, periodicFlush: 100 };

/**
 * Lines of JSON on standard output, within a tenth of a second; readable ones, at once, where that is a terminal. Those
 * of a worker have its number.
 */
export function createLog(level: string, worker?: number): Logger {
  const log = logTo(
    level,
    process.stdout.isTTY
      ? pretty({ colorize: true, ignore: "pid,hostname", sync: true })
      : pino.destination({ dest: 1, sync: false, ...GATHERED }),
  );
  return worker === undefined ? log : log.child({ worker });
}

/**
 * Errors are logged by name, code, place and what they say of the database, never by message: messages of drivers
 * hold parameters and rows, and with them identities and addresses.
 */
export function logTo(level: string, stream: DestinationStream): Logger {
  return pino({ level, base: null, serializers: { err: describeError } }, stream);
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, constraint_name, table_name, routine } = error as { [field: string]: unknown } & Error;
  return {
    name: error.name,
    code,
    constraint: constraint_name,
    table: table_name,
    routine,
    at: framesOf(error),
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}

function framesOf(error: Error): string[] {
  return (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}
