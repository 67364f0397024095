import type { StatementText } from "../db/statement.ts";
import type { Server } from "../db/watch.ts";

/** What a tracer is told. Where there is none, nothing of it costs anything. */
export interface Tracing {
  /** A request that came now, part of the trace that its `traceparent` names. */
  request(method: string, headers: Headers): TracedRequest;
  /** Within a request: a statement is sent. What is returned is told how it ended; absent: nobody traces it. */
  statement(statement: StatementText, server: Server): StatementEnded | undefined;
  /** Within a request: what `work` does, under one name for all calls with the same `place`. */
  step<T>(name: string, place: object, work: () => T): T;
  /** Sends what has not been sent. */
  stop(): Promise<void>;
}

export type StatementEnded = (rows: number | null, error?: unknown) => void;

export interface TracedRequest {
  /** Undefined: not sampled. */
  readonly traceId: string | undefined;
  /** Runs `work`; what it does, and what comes of that, belongs to the request. */
  run<T>(work: () => T): T;
  ended(answer: { readonly route: string; readonly operation: string; readonly status: number }): void;
}
