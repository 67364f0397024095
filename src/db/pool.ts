import postgres from "postgres";
import { ApiError } from "../core/errors.ts";
import type { Driver, Tx } from "./client.ts";
import { startDeadline } from "./deadline.ts";
import { hasLostConnection } from "./errors.ts";
import { readInstant, TIMESTAMPTZ } from "./instant.ts";
import { createLine, type Line } from "./line.ts";
import { sessionSettings } from "./settings.ts";
import type { Executor, StatementText } from "./statement.ts";
import { type Server, told, type Watch } from "./watch.ts";

/** Times in milliseconds. */
export interface PoolOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly statementTimeout: number;
  readonly connectTimeout: number;
  readonly idleTimeout: number;
  /** A pooler stands between: its sessions are not ours to set, and their settings come from the role or database. */
  readonly pooler: boolean;
  /** Whether statements are prepared by name, once for each connection. */
  readonly prepare: boolean;
  readonly server?: Server;
  /** Is told when a connection has gone; then none is closed for having been idle, or open, for long. */
  readonly onClose?: () => void;
}

/** What a statement is given beyond its own timeout before its connection counts as dead. */
const GRACE = 400;
/** How long connections that are replaced may finish, in seconds. */
const FAREWELL = 5;

/** Connections that are replaced, all of them, once one turns out to be dead. */
export function createPool(options: PoolOptions): Executor & Pick<Driver, "begin" | "close"> {
  let client = connect(options);
  let isClosed = false;

  // The server ends a statement that takes too long; where it does not, it can't be reached any more, although no
  // packet said so. Then every connection is doubtful.
  const answered = <T>(work: Promise<T>): Promise<T> => {
    const used = client;
    const replace = (patience: number) => {
      if (client !== used || isClosed) return;
      client = connect(options);
      void used.end({ timeout: patience });
    };
    return new Promise((resolve, reject) => {
      const clear = startDeadline(options.statementTimeout + GRACE, () => {
        replace(0);
        reject(new ApiError("UNAVAILABLE"));
      });
      const failed = (error: unknown) => {
        // postgres.js uses a connection that broke again with what it had left to say and to hear: it may never get
        // through, or answer with nothing (github.com/porsager/postgres/issues/1208). The others may finish.
        if (hasLostConnection(error)) replace(FAREWELL);
        reject(error);
      };
      work.then(resolve, failed).finally(clear);
    });
  };

  const run = (
    sql: postgres.Sql | postgres.TransactionSql,
    statement: StatementText,
    parameters: readonly unknown[],
    watch: Watch | undefined,
  ): Promise<unknown[][]> => {
    const send = () =>
      answered<unknown[][]>(
        sql
          .unsafe(statement.text, parameters as postgres.ParameterOrJSON<never>[], { prepare: true })
          .values()
          .then((rows) => {
            // Where connections break, an answer to something else may end it: what is complete says of what.
            if (rows.command === null) throw new ApiError("UNAVAILABLE");
            return taken(rows);
          }),
      );
    return watch ? told(statement, watch, send, options.server) : send();
  };

  const transactionOn = (sql: postgres.TransactionSql, line: Line): Tx => ({
    execute: (statement, parameters, watch) => line.use(() => run(sql, statement, parameters, watch)),
    savepoint: <T>(work: (tx: Tx) => Promise<T>) =>
      line.use(
        () => sql.savepoint((inner) => line.whileWhole(work(transactionOn(inner, line)))) as Promise<T>,
      ),
  });

  return {
    execute: (statement, parameters, watch) => run(client, statement, parameters, watch),
    // The statements of a transaction have deadlines of their own; BEGIN and COMMIT get theirs here.
    async begin(work) {
      const line = createLine();
      let begun: Promise<unknown> | undefined;
      const outcome = await answered(
        new Promise<{ work: ReturnType<typeof work> }>((started, failed) => {
          begun = client.begin((sql) => {
            const working = work(transactionOn(sql, line));
            started({ work: working });
            return line.whileWhole(working);
          });
          begun.catch((error) => {
            line.isBroken = true;
            failed(error);
          });
        }),
      );
      const result = await Promise.race([
        outcome.work.catch((error) => {
          if (line.isBroken) throw error;
          return answered(begun as Promise<never>);
        }),
        // It ends before its work only where the connection did, and then the work may wait for ever.
        begun as Promise<never>,
      ]);
      await answered(begun as Promise<unknown>);
      return result;
    },
    async close() {
      isClosed = true;
      await client.end({ timeout: 5 });
    },
  };
}

/**
 * The rows, taken out of the driver's own array. That one stays reachable for V8 until a major collection, and with rows in
 * it would have every one of them outlive its request: half of the server's time then goes into moving them.
 */
function taken(result: unknown[][]): unknown[][] {
  // The driver counts on from the rows of a statement that failed while they came, and leaves their places empty.
  const rows = result.filter(() => true);
  result.length = 0;
  return rows;
}

export function connect(options: PoolOptions, overrides: { readonly max?: number } = {}) {
  return postgres(options.url, {
    max: options.poolSize,
    connect_timeout: Math.ceil(options.connectTimeout / 1000),
    idle_timeout: Math.ceil(options.idleTimeout / 1000),
    backoff: () => 0.2,
    onnotice: () => {},
    types: { instant: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ], serialize: String, parse: readInstant } },
    prepare: options.prepare,
    ...(options.onClose && { idle_timeout: 0, max_lifetime: null, onclose: options.onClose }),
    connection: {
      application_name: "parley",
      // What a page looks up row by row it hardly ever meets twice: remembering it costs a quarter of the statement.
      ...(!options.pooler && { enable_memoize: "off" }),
      ...(!options.pooler && sessionSettings(options.statementTimeout)),
    },
    ...overrides,
  });
}
