import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Logger } from "pino";
import { notFound } from "../core/errors.ts";
import { methodNotAllowed } from "./errors.ts";

interface File {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Parley: v1 REST</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

// The validator badge would ask another host.
const START = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });\n`;

const resolve = createRequire(import.meta.url).resolve;

/** Serves the OpenAPI document and Swagger UI to show it, from this host alone; null for other paths. */
export function createDocs(document: string, publicUrl: string) {
  const files = new Map<string, File>([
    ["/openapi.json", fileOf("application/json", Buffer.from(document))],
    ["/docs", fileOf("text/html; charset=utf-8", Buffer.from(PAGE))],
    ["/docs/start.js", fileOf("text/javascript; charset=utf-8", Buffer.from(START))],
    ["/docs/swagger-ui.css", packaged("swagger-ui.css", "text/css; charset=utf-8")],
    ["/docs/swagger-ui-bundle.js", packaged("swagger-ui-bundle.js", "text/javascript; charset=utf-8")],
    ["/docs/favicon-32x32.png", packaged("favicon-32x32.png", "image/png")],
  ]);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${publicUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

  return async (request: Request, path: string, log: Logger): Promise<Response | null> => {
    const file = files.get(path);
    if (file === undefined) {
      if (path.startsWith("/docs/")) throw notFound("Path");
      return null;
    }
    if (request.method !== "GET" && request.method !== "HEAD")
      return methodNotAllowed("GET, HEAD", path, log);
    const headers = {
      "Content-Security-Policy": policy,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-cache",
      ETag: file.etag,
    };
    if (request.headers.get("if-none-match")?.includes(file.etag))
      return new Response(null, { status: 304, headers });
    const body = request.method === "HEAD" ? null : new Uint8Array(file.body);
    return new Response(body, { headers: { ...headers, "Content-Type": file.type } });
  };
}

function fileOf(type: string, body: Buffer): File {
  return { type, body, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"` };
}

function packaged(name: string, type: string): File {
  return fileOf(type, readFileSync(resolve(`swagger-ui-dist/${name}`)));
}
