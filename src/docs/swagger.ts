import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type File, fileOf } from "./file.ts";

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
    <nav style="padding: 1rem 20px; font-family: sans-serif"><a href="/docs/errors">Error codes</a></nav>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

// The validator badge would ask another host.
const START = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });\n`;

const resolve = createRequire(import.meta.url).resolve;

/** The OpenAPI document, and Swagger UI to show it, from this host alone; by path. */
export function swaggerFiles(document: string, publicUrl: string): [path: string, file: File][] {
  const allowed = [
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${publicUrl}`,
  ];
  const packaged = (name: string, type: string) =>
    fileOf(type, readFileSync(resolve(`swagger-ui-dist/${name}`)), { allowed });
  return [
    ["/openapi.json", fileOf("application/json", document, { allowed })],
    ["/docs", fileOf("text/html; charset=utf-8", PAGE, { allowed })],
    ["/docs/start.js", fileOf("text/javascript; charset=utf-8", START, { allowed })],
    ["/docs/swagger-ui.css", packaged("swagger-ui.css", "text/css; charset=utf-8")],
    ["/docs/swagger-ui-bundle.js", packaged("swagger-ui-bundle.js", "text/javascript; charset=utf-8")],
    ["/docs/favicon-32x32.png", packaged("favicon-32x32.png", "image/png")],
  ];
}
