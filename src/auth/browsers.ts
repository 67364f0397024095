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
 * Adds to the headers of the answer; true where there is nothing more to answer.
 *
 * @throws ApiError CROSS_SITE_REQUEST
 */
type BrowserGuard = (request: Request, answer: Record<string, string>) => boolean;

/**
 * Browsers send Basic credentials by themselves, also for other sites: a write from a site that is neither ours nor
 * allowed is refused before anything is read (decision 41), and only allowed origins, and our own names, may read an
 * answer.
 */
export function guardBrowsers(origins: Origins): BrowserGuard {
  const readers = readersOf(origins);
  return ({ method, headers }, answer) => {
    const origin = headers.get("Origin") ?? undefined;
    const trusted = readers.has(origin);
    const foreign = origin !== undefined && !trusted && origin !== origins.publicUrl;
    const crossSite = headers.get("Sec-Fetch-Site") === "cross-site" && !trusted;
    if (!READS.has(method) && (foreign || crossSite)) throw new ApiError("CROSS_SITE_REQUEST");

    const isPreflight = method === "OPTIONS" && headers.has("Access-Control-Request-Method");
    Object.assign(answer, readers.headers(origin));
    if (trusted && isPreflight) answer["Access-Control-Max-Age"] = "7200";
    return isPreflight;
  };
}

/** Whose pages may read an answer, and what tells their browsers so. */
export function readersOf({ publicUrl, allowedOrigins }: Origins) {
  const readers = new Set<string | undefined>([...allowedOrigins, ...loopbackNames(publicUrl)]);
  return {
    has: (origin: string | undefined) => readers.has(origin),
    headers: (origin: string | undefined): Record<string, string> => ({
      ...(readers.size > 0 && { Vary: "Origin" }),
      ...(origin !== undefined && readers.has(origin) && { ...CORS, "Access-Control-Allow-Origin": origin }),
    }),
  };
}

/** A server on the loopback is reached by each of its names, and so its pages call it across origins. */
function loopbackNames(publicUrl: string): string[] {
  const { protocol, hostname, port } = new URL(publicUrl);
  if (!LOOPBACK.includes(hostname)) return [];
  return LOOPBACK.map((name) => new URL(`${protocol}//${name}${port && `:${port}`}`).origin);
}
