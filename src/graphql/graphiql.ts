import { once } from "node:events";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { gunzip } from "node:zlib";
import type { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { GraphiqlSettings } from "../context.ts";

/** A query to begin with. */
export interface Example {
  readonly query: string;
  readonly variables?: string;
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
/** A script of another origin says the first, a proxy any of the others. */
const FOREIGN = [
  "origin",
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
];

/** Everything is in the page itself; it may speak to its own host alone. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
  "worker-src blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A browser's address bar asks for a page, not for data. */
export function wantsPage({ method, headers }: Request): boolean {
  return (method === "GET" || method === "HEAD") && (headers.get("accept")?.includes("text/html") ?? false);
}

/** Serves GraphiQL with a tab for each example, ready to run where credentials may be filled in. */
export function createGraphiql(
  { credentials }: GraphiqlSettings,
  examples: readonly Example[],
): (request: Request) => Promise<Response> {
  const plain = remembered(() => zippedPage(examples, undefined));
  const filled =
    credentials &&
    remembered(() =>
      zippedPage(examples, `Basic ${btoa(`${credentials.username}:${credentials.password}`)}`),
    );
  return async (request) => {
    const zips = request.headers.get("accept-encoding")?.includes("gzip") ?? false;
    const body = async () => {
      const zipped = await (filled && isLocal(request) ? filled : plain)();
      return zips ? zipped : new Uint8Array(await promisify(gunzip)(zipped));
    };
    return new Response(request.method === "HEAD" ? null : await body(), {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        Vary: "Accept, Accept-Encoding, Host, Origin",
        ...(zips && { "Content-Encoding": "gzip" }),
      },
    });
  };
}

/**
 * By a name of the loopback, so that no name that a foreign site points here will do; not by a script elsewhere; and
 * through no proxy: one before us may use our own name, but then it adds headers of its own, or says at the least
 * `Connection: close`, which no browser does.
 */
function isLocal({ url, headers }: Request): boolean {
  const host = headers.get("host") ?? new URL(url).host;
  return (
    LOOPBACK.includes(host.replace(/:\d+$/, "")) &&
    headers.get("connection")?.toLowerCase() !== "close" &&
    FOREIGN.every((name) => !headers.has(name))
  );
}

type Options = Parameters<typeof renderGraphiQL>[0];

/** Of nine megabytes, two and a half are left. */
function zippedPage(examples: readonly Example[], authorization: string | undefined) {
  const headers = authorization && JSON.stringify({ Authorization: authorization }, null, 2);
  return renderElsewhere({
    title: "Parley: GraphiQL",
    defaultTabs: examples.map((example) => ({ ...example, headers })),
    defaultHeaders: headers,
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: "headers",
  });
}

const RENDER = `
const { parentPort, workerData } = require("node:worker_threads");
const { renderGraphiQL } = require(workerData.renderer);
parentPort.postMessage(require("node:zlib").gzipSync(renderGraphiQL(workerData.options)));`;

/**
 * In a thread that ends with it: once loaded, the package takes 33 MB, which no module ever gives back, and a collector
 * that waits until the heap has trebled lets twice as much go to waste.
 */
async function renderElsewhere(options: Options): Promise<Uint8Array<ArrayBuffer>> {
  const renderer = createRequire(import.meta.url).resolve("@graphql-yoga/render-graphiql");
  const thread = new Worker(RENDER, { eval: true, workerData: { renderer, options } });
  const [zipped] = await once(thread, "message");
  return zipped;
}

/** Made when first asked for, and made again where that failed. */
function remembered<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
