import { Gauge, Registry } from "prom-client";
import type { PoolState } from "../db/slots.ts";
import { counters, histograms, once } from "./series.ts";

const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const STATEMENT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const WAIT_SECONDS = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2];
const STATEMENTS = [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 25, 50];
const KEYS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

export type Metrics = ReturnType<typeof createMetrics>;

/** Every family that is served, beside those of the process. */
export function createMetrics(pool: () => PoolState) {
  const registry = new Registry();
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge("parley_db_pool_size", "Connections that the pool may hold.", () => pool().size);
  gauge("parley_db_pool_in_use", "Connections that are at work.", () => pool().inUse);
  gauge(
    "parley_db_pool_waiting",
    "What waits for a connection: statements and transactions.",
    () => pool().waiting,
  );

  const counter = (name: string, help: string) => counters(registry, { name, help });
  const histogram = (name: string, help: string, buckets: readonly number[]) =>
    histograms(registry, { name, help }, buckets);

  const requests = counter(
    "parley_http_requests_total",
    "Requests answered, by the template of their route, the GraphQL operation's name and the class of the status.",
  );
  const duration = histogram(
    "parley_http_request_duration_seconds",
    "Time from when a request came until its answer was ready.",
    REQUEST_SECONDS,
  );
  const statements = histogram(
    "parley_http_request_statements",
    "SQL statements that were sent for a request.",
    STATEMENTS,
  );
  const statement = histogram(
    "parley_db_statement_duration_seconds",
    "Time of an SQL statement by its name and the kind of server that ran it, without the wait for a connection.",
    STATEMENT_SECONDS,
  );
  const failures = counter(
    "parley_db_statement_failures_total",
    "SQL statements that failed, broken constraints and lost races among them.",
  );
  const wait = histogram(
    "parley_db_pool_wait_seconds",
    "Time that statements outside of transactions, and transactions, waited for a connection.",
    WAIT_SECONDS,
  );
  const batch = histogram("parley_loader_batch_keys", "Keys that a loader asked for at once.", KEYS);
  const hits = counter("parley_cache_hits_total", "Look-ups that a cache answered.");
  const misses = counter("parley_cache_misses_total", "Look-ups that a cache could not answer.");
  const keyed = counter(
    "parley_idempotent_requests_total",
    "Writes under an idempotency key: done for the first time, or answered again.",
  );

  return {
    registry,
    /** Of one method, route and operation, in this order and with a line break in between. */
    requests: once((key) => {
      const [method = "", route = "", operation = ""] = key.split("\n");
      const labels = { method, route, operation };
      return {
        answered: once((status) => requests({ ...labels, status })),
        duration: duration(labels),
        statements: statements(labels),
      };
    }),
    statement: {
      primary: once((name) => statement({ statement: name, server: "primary" })),
      replica: once((name) => statement({ statement: name, server: "replica" })),
    },
    failed: once((name) => failures({ statement: name })),
    waited: wait({}),
    batched: once((loader) => batch({ loader })),
    hit: once((cache) => hits({ cache })),
    missed: once((cache) => misses({ cache })),
    keyed: once((outcome) => keyed({ outcome })),
  };
}
