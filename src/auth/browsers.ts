import type { MiddlewareHandler } from "hono";
import { ApiError } from "../core/errors.ts";

interface Origins {
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
const READS = new Set(["GET", "HEAD", "OPTIONS"]);

const CORS = {
  "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
  "Access-Control-Allow-Headers":
    "Accept, Authorization, Content-Type, Idempotency-Key, Parley-Consistency, X-Twilio-Webhook-Enabled",
  "Access-Control-Expose-Headers":
    "Twilio-Request-Id, X-Twilio-Error-Code, Retry-After, Idempotent-Replayed, Parley-Consistency",
  "Access-Control-Allow-Credentials": "true",
};

/**
 * Browsers send Basic credentials by themselves, also for other sites: a write from a site that is neither ours nor
 * allowed is refused before anything is read (decision 41), and only allowed origins, and our own names, may read an
 * answer.
 */
export function guardBrowsers({ publicUrl, allowedOrigins }: Origins): MiddlewareHandler {
  const readers = new Set([...allowedOrigins, ...loopbackNames(publicUrl)]);
  return async (c, next) => {
    const origin = c.req.header("Origin");
    const trusted = origin !== undefined && readers.has(origin);
    const foreign = origin !== undefined && !trusted && origin !== publicUrl;
    const crossSite = c.req.header("Sec-Fetch-Site") === "cross-site" && !trusted;
    if (!READS.has(c.req.method) && (foreign || crossSite)) throw new ApiError("CROSS_SITE_REQUEST");

    const preflight =
      c.req.method === "OPTIONS" && c.req.header("Access-Control-Request-Method") !== undefined;
    if (preflight) c.res = new Response(null, { status: 204 });
    else await next();

    if (readers.size > 0) c.res.headers.append("Vary", "Origin");
    if (!trusted) return;
    c.res.headers.set("Access-Control-Allow-Origin", origin);
    for (const [name, value] of Object.entries(CORS)) c.res.headers.set(name, value);
    if (preflight) c.res.headers.set("Access-Control-Max-Age", "7200");
  };
}

/** A server on the loopback is reached by each of its names, and so its pages call it across origins. */
function loopbackNames(publicUrl: string): string[] {
  const { protocol, hostname, port } = new URL(publicUrl);
  if (!LOOPBACK.includes(hostname)) return [];
  return LOOPBACK.map((name) => new URL(`${protocol}//${name}${port && `:${port}`}`).origin);
}
