import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { PoolState } from "../db/slots.ts";

const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const STATEMENT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const WAIT_SECONDS = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2];
const STATEMENTS = [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 25, 50];
const KEYS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

export type Metrics = ReturnType<typeof createMetrics>;

/** Every family that is served, beside those of the process. */
export function createMetrics(pool: () => PoolState) {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("parley_db_pool_size", "Connections that the pool may hold.", () => pool().size);
  gauge("parley_db_pool_in_use", "Connections that are at work.", () => pool().inUse);
  gauge(
    "parley_db_pool_waiting",
    "Statements and transactions that wait for a connection.",
    () => pool().waiting,
  );
  return {
    registry,
    requests: new Counter({
      name: "parley_http_requests_total",
      help: "Requests answered, by the template of their route, the GraphQL operation's name and the class of the status.",
      labelNames: ["method", "route", "operation", "status"],
      registers,
    }),
    duration: new Histogram({
      name: "parley_http_request_duration_seconds",
      help: "Time from when a request came until its answer was ready.",
      labelNames: ["method", "route", "operation"],
      buckets: REQUEST_SECONDS,
      registers,
    }),
    statements: new Histogram({
      name: "parley_http_request_statements",
      help: "SQL statements sent for a request.",
      labelNames: ["method", "route", "operation"],
      buckets: STATEMENTS,
      registers,
    }),
    statement: new Histogram({
      name: "parley_db_statement_duration_seconds",
      help: "Time of an SQL statement by its name and the kind of server that ran it, without waiting for a connection.",
      labelNames: ["statement", "server"],
      buckets: STATEMENT_SECONDS,
      registers,
    }),
    failures: new Counter({
      name: "parley_db_statement_failures_total",
      help: "SQL statements that failed, broken constraints and lost races among them.",
      labelNames: ["statement"],
      registers,
    }),
    wait: new Histogram({
      name: "parley_db_pool_wait_seconds",
      help: "Time that statements outside of transactions, and transactions, waited for a connection.",
      buckets: WAIT_SECONDS,
      registers,
    }),
    batch: new Histogram({
      name: "parley_loader_batch_keys",
      help: "Keys that a loader asked for at once.",
      labelNames: ["loader"],
      buckets: KEYS,
      registers,
    }),
    hits: new Counter({
      name: "parley_cache_hits_total",
      help: "Look-ups that a cache answered.",
      labelNames: ["cache"],
      registers,
    }),
    misses: new Counter({
      name: "parley_cache_misses_total",
      help: "Look-ups that a cache could not answer.",
      labelNames: ["cache"],
      registers,
    }),
    keyed: new Counter({
      name: "parley_idempotent_requests_total",
      help: "Writes under an idempotency key: done for the first time, or answered again.",
      labelNames: ["outcome"],
      registers,
    }),
  };
}
