import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { Server } from "../db/watch.ts";
import type { StatementEnded, TracedRequest, Tracing } from "./tracing.ts";

/** What runs now: the request itself, or a step of it. */
interface Scope {
  readonly request: Request;
  /** The context of its span, which begins with the first statement in it. */
  context(): Context;
}

interface Request extends Scope {
  readonly steps: Map<object, Step>;
}

interface Step extends Scope {
  calls: number;
  pending: number;
  settled: number;
  end(): void;
}

/**
 * Spans of requests, of the steps of each that ask the database for something, and of statements. A step is a field of
 * an operation, however many objects it is resolved for: their statements are shared, and so is their span.
 */
export function createSpans(tracer: Tracer, propagator: TextMapPropagator): Omit<Tracing, "stop"> {
  const current = new AsyncLocalStorage<Scope>();
  return {
    request(method, headers) {
      const parent = propagator.extract(ROOT_CONTEXT, headers, {
        get: (headers: Headers, name) => headers.get(name) ?? undefined,
        keys: (headers: Headers) => [...headers.keys()],
      });
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER, startTime: now() }, parent);
      return span.isRecording() ? tracedRequest(span, method) : UNSAMPLED;
    },
    statement({ name }, server) {
      const scope = current.getStore();
      return scope && statementSpan(tracer, name, { server, parent: scope.context() });
    },
    step(name, place, work) {
      const request = current.getStore()?.request;
      if (request === undefined) return work();
      const step = request.steps.get(place) ?? newStep(tracer, name, request);
      request.steps.set(place, step);
      return during(step, () => current.run(step, work));
    },
  };

  function tracedRequest(span: Span, method: string): TracedRequest {
    const context = trace.setSpan(ROOT_CONTEXT, span);
    const steps = new Map<object, Step>();
    const scope: Request = {
      steps,
      context: () => context,
      get request() {
        return scope;
      },
    };
    return {
      traceId: span.spanContext().traceId,
      run: (work) => current.run(scope, work),
      ended({ route, operation, status }) {
        for (const step of steps.values()) step.end();
        span.updateName(`${method} ${route}`);
        span.setAttributes({
          "http.request.method": method,
          "http.route": route,
          "http.response.status_code": status,
          ...(operation && { "graphql.operation.name": operation }),
        });
        if (status >= 500) {
          span.setAttribute("error.type", String(status));
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end(now());
      },
    };
  }
}

/** Milliseconds by one clock for all spans: OpenTelemetry sets the clock of each span anew, up to a millisecond apart. */
const now = () => performance.timeOrigin + performance.now();

const UNSAMPLED: TracedRequest = { traceId: undefined, run: (work) => work(), ended() {} };

function newStep(tracer: Tracer, name: string, request: Request): Step {
  const startTime = now();
  let span: Span | undefined;
  let context: Context | undefined;
  const step: Step = {
    request,
    calls: 0,
    pending: 0,
    settled: startTime,
    context() {
      span ??= tracer.startSpan(name, { startTime }, request.context());
      context ??= trace.setSpan(ROOT_CONTEXT, span);
      return context;
    },
    end() {
      span?.setAttribute("parley.calls", step.calls);
      span?.end(step.pending > 0 ? now() : step.settled);
    },
  };
  return step;
}

function during<T>(step: Step, work: () => T): T {
  step.calls++;
  const result = work();
  if (result instanceof Promise) {
    step.pending++;
    const settle = () => {
      step.pending--;
      step.settled = now();
    };
    result.then(settle, settle);
  }
  return result;
}

function statementSpan(
  tracer: Tracer,
  name: string,
  { server, parent }: { readonly server: Server; readonly parent: Context },
): StatementEnded {
  const attributes = { "db.system.name": "postgresql", "db.query.summary": name, "parley.db.server": server };
  const options = { kind: SpanKind.CLIENT, startTime: now(), attributes };
  const span = tracer.startSpan(name, options, parent);
  return (rows, error) => {
    if (rows === null) {
      span.setAttributes(failureAttributes(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
    } else span.setAttribute("db.response.returned_rows", rows);
    span.end(now());
  };
}

/** Never the message, which may hold values. */
function failureAttributes(error: unknown): Attributes {
  const { code, name = "unknown" } = (error ?? {}) as { code?: unknown; name?: string };
  if (typeof code !== "string") return { "error.type": name };
  const isSqlState = /^[0-9A-Z]{5}$/.test(code);
  return { "error.type": code, ...(isSqlState && { "db.response.status_code": code }) };
}
