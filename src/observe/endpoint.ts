import { createHash, timingSafeEqual } from "node:crypto";
import type { Answer } from "../core/answer.ts";
import { ApiError } from "../core/errors.ts";
import type { Logger } from "../log.ts";
import { errorAnswer } from "../rest/errors.ts";
import type { Observer } from "./observer.ts";

interface MetricsDeps {
  readonly observer: Observer;
  /** Null: whoever asks may read. */
  readonly metricsToken: string | null;
  readonly publicUrl: string;
}

/** Answers `GET /metrics`. */
export function createMetricsEndpoint({ observer, metricsToken, publicUrl }: MetricsDeps) {
  const expected = metricsToken === null ? null : digestOf(metricsToken);
  return async ({ headers }: Request, log: Logger): Promise<Answer | Response> => {
    const [, shown = ""] = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
    if (expected && !timingSafeEqual(expected, digestOf(shown))) {
      const refused = errorAnswer(new ApiError("UNAUTHENTICATED"), { path: "/metrics", publicUrl, log });
      refused.headers["WWW-Authenticate"] = 'Bearer realm="metrics"';
      return refused;
    }
    const { type, text } = await observer.exposition();
    return new Response(text, { headers: { "Content-Type": type, "Cache-Control": "no-store" } });
  };
}

/** Of equal length, whatever was shown. */
function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
