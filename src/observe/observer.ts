import type { Logger } from "pino";
import { collectDefaultMetrics } from "prom-client";
import type { PoolState } from "../db/slots.ts";
import type { Server } from "../db/watch.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { boundedNames } from "./names.ts";
import type { RequestUnderWay, RequestWatch } from "./watch.ts";

/** What a running server tells of itself; one for each app. */
export interface Observer {
  /** Of a request that came now; `log` is its own. */
  request(method: string, log: Logger): RequestUnderWay;
  /** Of what nobody has asked for. */
  readonly background: RequestWatch;
  /** Is told of every look-up in that cache. */
  cache(name: string): (isHit: boolean) => void;
  /** In Prometheus' text format. */
  exposition(): Promise<{ readonly type: string; readonly text: string }>;
}

export interface ObserverOptions {
  readonly pool: () => PoolState;
  readonly log: Logger;
  /** Milliseconds from which on a statement is logged; 0: never. */
  readonly slowStatement: number;
  /** Whether the process is told of too, which takes timers of its own. */
  readonly withProcess: boolean;
}

/** Names of GraphQL operations that are counted apart. */
const OPERATIONS = 100;
const METHODS = new Set(["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"]);

export function createObserver({ pool, log, slowStatement, withProcess }: ObserverOptions): Observer {
  const metrics = createMetrics(pool);
  if (withProcess) collectDefaultMetrics({ register: metrics.registry });
  const operationName = boundedNames(OPERATIONS);
  const watching = { metrics, slowStatement };
  return {
    background: { ...workWatch(watching, log), route() {}, operation() {} },
    request(method, log) {
      const started = performance.now();
      const work = workWatch(watching, log);
      let route: string | undefined;
      let operation = "";
      let statements = 0;
      return {
        ...work,
        sent(statement, server) {
          statements++;
          return work.sent(statement, server);
        },
        route(template) {
          route = template;
        },
        operation(name) {
          operation = operationName(name);
        },
        answered(fallback, status) {
          const labels = {
            method: METHODS.has(method) ? method : "other",
            route: route ?? fallback,
            operation,
          };
          metrics.requests.inc({ ...labels, status: `${Math.floor(status / 100)}xx` });
          metrics.duration.observe(labels, (performance.now() - started) / 1000);
          metrics.statements.observe(labels, statements);
        },
      };
    },
    cache(cache) {
      const labels = { cache };
      return (isHit) => (isHit ? metrics.hits : metrics.misses).inc(labels);
    },
    exposition: async () => ({
      type: metrics.registry.contentType,
      text: await metrics.registry.metrics(),
    }),
  };
}

interface Watching {
  readonly metrics: Metrics;
  readonly slowStatement: number;
}

/** What is told of work, whoever it is done for. */
function workWatch({ metrics, slowStatement }: Watching, log: Logger) {
  return {
    waited: (milliseconds: number) => metrics.wait.observe(milliseconds / 1000),
    sent({ name }: { readonly name: string }, server: Server) {
      const started = performance.now();
      return (rows: number | null) => {
        const milliseconds = performance.now() - started;
        metrics.statement.observe({ statement: name, server }, milliseconds / 1000);
        if (rows === null) metrics.failures.inc({ statement: name });
        if (slowStatement > 0 && milliseconds >= slowStatement) {
          log.warn({ statement: name, ms: Math.round(milliseconds), rows }, "slow statement");
        }
      };
    },
    batched: (loader: string, size: number) => metrics.batch.observe({ loader }, size),
    keyed: (isRepeat: boolean) => metrics.keyed.inc({ outcome: isRepeat ? "repeat" : "first" }),
  };
}
