import type { Logger } from "pino";
import { collectDefaultMetrics } from "prom-client";
import type { PoolState } from "../db/slots.ts";
import type { StatementText } from "../db/statement.ts";
import type { Server } from "../db/watch.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { boundedNames } from "./names.ts";
import type { Tracing } from "./tracing.ts";
import type { RequestUnderWay, RequestWatch } from "./watch.ts";

/** What a running server tells of itself; one for each app. */
export interface Observer {
  /** Of a request that came now; `log` is its own. */
  request(request: { readonly method: string; readonly headers: Headers }, log: Logger): RequestUnderWay;
  /** Of a request that was answered 503 and not looked at. */
  refused(method: string, route: string): void;
  /** Of what nobody has asked for. */
  readonly background: RequestWatch;
  /** Is told of every look-up in that cache. */
  cache(name: string): (isHit: boolean) => void;
  readonly tracing: Tracing | undefined;
  /** In Prometheus' text format. */
  exposition(): Promise<Exposition>;
  /** The same as objects, from which several processes' are summed. */
  snapshot(): Promise<Snapshot>;
}

export interface Exposition {
  readonly type: string;
  readonly text: string;
}

export type Snapshot = readonly object[];

export interface ObserverOptions {
  readonly pool: () => PoolState;
  readonly log: Logger;
  /** Milliseconds from which on a statement is logged; 0: never. */
  readonly slowStatement: number;
  /** Whether the process is told of too, which takes timers of its own. */
  readonly withProcess: boolean;
  readonly tracing?: Tracing | undefined;
}

/** Names of GraphQL operations that are counted apart. */
const OPERATIONS = 100;
const METHODS = new Set(["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"]);

export function createObserver({
  pool,
  log,
  slowStatement,
  withProcess,
  tracing,
}: ObserverOptions): Observer {
  const metrics = createMetrics(pool);
  if (withProcess) collectDefaultMetrics({ register: metrics.registry });
  const operationName = boundedNames(OPERATIONS);
  const watching = { metrics, slowStatement, tracing };
  return {
    tracing,
    background: { ...workWatch(watching, log), route() {}, operation() {}, step: (_, work) => work() },
    request({ method: given, headers }, log) {
      const started = performance.now();
      const method = methodOf(given);
      const traced = tracing?.request(method, headers);
      if (traced?.traceId) log.setBindings({ traceId: traced.traceId });
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
        step: (name, work) => (tracing ? tracing.step(name, work, work) : work()),
        run: (work) => (traced ? traced.run(work) : work()),
        answered(fallback, status) {
          const template = route ?? fallback;
          const series = metrics.requests(`${method}\n${template}\n${operation}`);
          series.answered(`${Math.floor(status / 100)}xx`)();
          series.duration((performance.now() - started) / 1000);
          series.statements(statements);
          traced?.ended({ route: template, operation, status });
        },
      };
    },
    refused(method, route) {
      // Thousands of them, timed too, would hide how long those take that are let in.
      metrics.requests(`${methodOf(method)}\n${route}\n`).answered("5xx")();
    },
    cache(cache) {
      const [hit, missed] = [metrics.hit(cache), metrics.missed(cache)];
      return (isHit) => (isHit ? hit : missed)();
    },
    snapshot: () => metrics.registry.getMetricsAsJSON(),
    exposition: async () => ({
      type: metrics.registry.contentType,
      text: await metrics.registry.metrics(),
    }),
  };
}

function methodOf(given: string): string {
  return METHODS.has(given) ? given : "other";
}

interface Watching {
  readonly metrics: Metrics;
  readonly slowStatement: number;
  readonly tracing: Tracing | undefined;
}

/** What is told of work, whoever it is done for. */
function workWatch({ metrics, slowStatement, tracing }: Watching, log: Logger) {
  return {
    waited: (milliseconds: number) => metrics.waited(milliseconds / 1000),
    sent(statement: StatementText, server: Server) {
      const { name } = statement;
      const started = performance.now();
      const traced = tracing?.statement(statement, server);
      return (rows: number | null, error?: unknown) => {
        traced?.(rows, error);
        const milliseconds = performance.now() - started;
        metrics.statement[server](name)(milliseconds / 1000);
        if (rows === null) metrics.failed(name)();
        if (slowStatement > 0 && milliseconds >= slowStatement) {
          log.warn({ statement: name, ms: Math.round(milliseconds), rows }, "slow statement");
        }
      };
    },
    batched: (loader: string, size: number) => metrics.batched(loader)(size),
    keyed: (isRepeat: boolean) => metrics.keyed(isRepeat ? "repeat" : "first")(),
  };
}
