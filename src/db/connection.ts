import postgres from "postgres";
import type { Driver, Tx } from "./client.ts";
import { startDeadline } from "./deadline.ts";
import { hasLostConnection, lostConnection } from "./errors.ts";
import { readInstant, TIMESTAMPTZ } from "./instant.ts";
import { createLine, type Line } from "./line.ts";
import { sessionSettings } from "./settings.ts";
import type { Executor, StatementText } from "./statement.ts";
import { type Server, told, type Watch } from "./watch.ts";

/** Times in milliseconds. */
export interface ConnectionOptions {
  readonly url: string;
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

/** Statements at once wait for one another. */
export interface Connection extends Executor, Pick<Driver, "begin" | "close"> {
  /** Whoever comes next gets a new one; what is under way ends at once. */
  renew(): void;
}

/** What a statement is given beyond its own timeout before its connection counts as dead. */
const GRACE = 400;

/** @param onSilence is called in place of `renew` where the server can't be reached any more */
export function createConnection(options: ConnectionOptions, onSilence?: () => void): Connection {
  let client = connect(options);
  let isClosed = false;

  const renew = () => {
    if (isClosed) return;
    const used = client;
    client = connect(options);
    void used.end({ timeout: 0 });
  };
  // postgres.js uses a connection that broke again with what it had left to say and to hear: it may never get through,
  // or answer with nothing (github.com/porsager/postgres/issues/1208).
  const renewIfLost = (used: postgres.Sql, error: unknown) => {
    if (used !== client || !hasLostConnection(error)) return;
    renew();
    // Its socket closes a moment later; until then whoever waited would have a new connection.
    options.onClose?.();
  };

  // The server ends a statement that takes too long; where it does not, it can't be reached any more, although no
  // packet said so.
  const answered = <T>(used: postgres.Sql, work: PromiseLike<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const clear = startDeadline(options.statementTimeout + GRACE, () => {
        if (used === client) (onSilence ?? renew)();
        reject(lostConnection("The server can't be reached"));
      });
      work.then(
        (result) => {
          clear();
          resolve(result);
        },
        (error) => {
          clear();
          renewIfLost(used, error);
          reject(error);
        },
      );
    });

  const run = (
    used: postgres.Sql,
    sql: postgres.Sql | postgres.TransactionSql,
    statement: StatementText,
    parameters: readonly unknown[],
    watch: Watch | undefined,
  ): Promise<unknown[][]> => {
    const send = () =>
      answered(
        used,
        sql
          .unsafe<unknown[][]>(statement.text, parameters as postgres.ParameterOrJSON<never>[], {
            prepare: true,
          })
          .values()
          .then(taken),
      );
    return watch ? told(statement, watch, send, options.server) : send();
  };

  const transactionOn = (used: postgres.Sql, sql: postgres.TransactionSql, line: Line): Tx => ({
    execute: (statement, parameters, watch) => line.use(() => run(used, sql, statement, parameters, watch)),
    savepoint: <T>(work: (tx: Tx) => Promise<T>) =>
      line.use(
        () => sql.savepoint((inner) => line.whileWhole(work(transactionOn(used, inner, line)))) as Promise<T>,
      ),
  });

  return {
    renew,
    execute: (statement, parameters, watch) => run(client, client, statement, parameters, watch),
    // The statements of a transaction have deadlines of their own; BEGIN and COMMIT get theirs here.
    async begin(work) {
      const used = client;
      const line = createLine();
      let begun: Promise<unknown> | undefined;
      const outcome = await answered(
        used,
        new Promise<{ work: ReturnType<typeof work> }>((started, failed) => {
          begun = used.begin((sql) => {
            const working = work(transactionOn(used, sql, line));
            started({ work: working });
            return line.whileWhole(working);
          });
          begun.catch((error) => {
            line.isBroken = true;
            renewIfLost(used, error);
            failed(error);
          });
        }),
      );
      const result = await Promise.race([
        outcome.work.catch((error) => {
          if (line.isBroken) throw error;
          return answered(used, begun as Promise<never>);
        }),
        // It ends before its work only where the connection did, and then the work may wait for ever.
        begun as Promise<never>,
      ]);
      await answered(used, begun as Promise<unknown>);
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
function taken(result: postgres.RowList<unknown[][]>): unknown[][] {
  // Where connections break, an answer to something else may end it: what is complete says of what.
  if (result.command === null) throw lostConnection("A statement was answered with nothing");
  // By hand: what an array does itself it does slowly for one of a subclass.
  const rows: unknown[][] = [];
  for (let i = 0; i < result.length; i++) {
    const row = result[i];
    // The driver counts on from the rows of a statement that failed while they came, and leaves their places empty.
    if (row !== undefined) rows.push(row);
  }
  result.length = 0;
  return rows;
}

/**
 * A client of one connection. Of several, postgres.js keeps lists that grow by a place with every statement for as long as one
 * connection is free, and searches them from their start.
 */
export function connect(options: ConnectionOptions) {
  return postgres(options.url, {
    max: 1,
    connect_timeout: Math.ceil(options.connectTimeout / 1000),
    idle_timeout: Math.ceil(options.idleTimeout / 1000),
    // It delays only a connection that was closed while nobody used it; one that broke is not made again.
    backoff: false,
    onnotice: () => {},
    types: { instant: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ], serialize: String, parse: readInstant } },
    prepare: options.prepare,
    ...(options.onClose && { idle_timeout: 0, max_lifetime: null, onclose: options.onClose }),
    connection: {
      application_name: "parley",
      ...(!options.pooler && sessionSettings(options.statementTimeout)),
    },
  });
}
