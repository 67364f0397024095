import type { Deps } from "./context.ts";
import type { Answer } from "./core/answer.ts";
import { NotReadyError } from "./db/ready.ts";
import type { Logger } from "./log.ts";
import { createMetricsEndpoint } from "./observe/endpoint.ts";
import { methodNotAllowed } from "./rest/errors.ts";

const INDEX = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Parley</title></head>
  <body>
    <h1>Parley</h1>
    <ul>
      <li><a href="/graphql">/graphql</a>: the GraphQL API, and GraphiQL to explore it</li>
      <li><a href="/docs">/docs</a>: the v1 REST API</li>
      <li><a href="/docs/errors">/docs/errors</a>: every error code, its cause and its remedy</li>
      <li><a href="/openapi.json">/openapi.json</a>: its OpenAPI document</li>
    </ul>
  </body>
</html>
`;
const INDEX_HEADERS = {
  "Content-Type": "text/html; charset=UTF-8",
  "Content-Security-Policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

type Page = (request: Request, log: Logger) => Answer | Response | Promise<Answer | Response>;

/** What stands beside both surfaces, by its path. */
export function createPages(deps: Deps): ReadonlyMap<string, Page> {
  const { publicUrl } = deps;
  const pages: Record<string, Page> = {
    "/": () => new Response(INDEX, { headers: INDEX_HEADERS }),
    "/healthz": () => Response.json({ status: "ok" }),
    "/readyz": async (_, log) => {
      await deps.db.ready().catch((error) => {
        if (error.cause instanceof NotReadyError) log.warn(error.cause.message);
        throw error;
      });
      return Response.json({ status: "ready" });
    },
    "/metrics": createMetricsEndpoint(deps),
  };
  const readOnly = (path: string, page: Page): Page => {
    const isRead = ({ method }: Request) => method === "GET" || method === "HEAD";
    return (request, log) =>
      isRead(request) ? page(request, log) : methodNotAllowed("GET, HEAD", { path, publicUrl, log });
  };
  return new Map(Object.entries(pages).map(([path, page]) => [path, readOnly(path, page)]));
}
