import { setTimeout as sleep } from "node:timers/promises";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ConsoleSpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import type { TracingSettings } from "../config.ts";
import type { Logger } from "../log.ts";
import { createSpans } from "./spans.ts";
import type { Tracing } from "./tracing.ts";

/** How long the last spans may take to be sent, in milliseconds. */
const PATIENCE = 1_000;

/** OpenTelemetry, which reads the rest of its environment variables itself. Loaded only where it is asked for. */
export function startTracing({ exporters, protocol }: TracingSettings, log: Logger): Tracing {
  const tell = (level: "error" | "warn") => (message: string) => log[level]({ otel: message }, "tracing");
  const quiet = () => {};
  diag.setLogger(
    { error: tell("error"), warn: tell("warn"), info: quiet, debug: quiet, verbose: quiet },
    DiagLogLevel.WARN,
  );
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": "parley" }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: exporters.map((exporter) =>
      exporter === "console"
        ? new SimpleSpanProcessor(new ConsoleSpanExporter())
        : new BatchSpanProcessor(protocol === "http/json" ? new JsonExporter() : new ProtobufExporter()),
    ),
  });
  return {
    ...createSpans(provider.getTracer("parley"), new W3CTraceContextPropagator()),
    async stop() {
      const sent = provider.shutdown().catch((error) => log.warn({ err: error }, "traces not sent"));
      await Promise.race([sent, sleep(PATIENCE, undefined, { ref: false })]);
    },
  };
}
