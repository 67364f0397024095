import { randomUUID } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import { guardBrowsers } from "./auth/browsers.ts";
import type { Deps } from "./context.ts";
import { notFound } from "./core/errors.ts";
import { NotReadyError } from "./db/ready.ts";
import { createDocs } from "./docs/docs.ts";
import { examples } from "./examples.ts";
import { createGraphql, errorResponse as graphqlErrorResponse } from "./graphql/server.ts";
import { traceResolvers } from "./graphql/tracing.ts";
import type { Logger } from "./log.ts";
import { createMetricsEndpoint } from "./observe/endpoint.ts";
import type { RequestWatch } from "./observe/watch.ts";
import { errorResponse, methodNotAllowed } from "./rest/errors.ts";
import { splitUrl } from "./rest/form.ts";
import { openApiDocument } from "./rest/openapi.ts";
import { createRest } from "./rest/router.ts";
import { routes } from "./routes.ts";
import { schema } from "./schema.ts";

interface Env {
  Variables: { log: Logger; watch: RequestWatch };
}

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
const INDEX_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The whole of Parley as one function of a request, which needs no server. It never rejects. */
export function createApp(deps: Deps): (request: Request) => Promise<Response> {
  if (deps.observer.tracing) traceResolvers(schema, deps.observer.tracing);
  const graphql = createGraphql(deps, schema, examples);
  const rest = createRest(deps, routes);
  const { publicUrl } = deps;
  const metrics = createMetricsEndpoint(deps);
  const docs = createDocs(openApiDocument(routes, publicUrl), publicUrl);
  const app = new Hono<Env>();

  app.use(observeRequests(deps));
  app.use(securityHeaders(publicUrl));
  app.use(guardBrowsers(deps));

  app.all("/graphql", (c) => graphql(c.req.raw, c.var.log, c.var.watch));
  app.get("/", (c) => c.html(INDEX, 200, { "Content-Security-Policy": INDEX_POLICY }));
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    await deps.db.ready().catch((error) => {
      if (error.cause instanceof NotReadyError) c.var.log.warn(error.cause.message);
      throw error;
    });
    return c.json({ status: "ready" });
  });
  app.get("/metrics", (c) => metrics(c.req.raw, c.var.log));
  for (const path of ["/", "/healthz", "/readyz", "/metrics"]) {
    app.all(path, (c) => methodNotAllowed("GET, HEAD", { path, publicUrl, log: c.var.log }));
  }
  app.all("*", async (c) => {
    const { raw } = c.req;
    const answer = (await rest(raw, c.var.log, c.var.watch)) ?? docs(raw, splitUrl(raw.url).path, c.var.log);
    if (answer === null) throw notFound("Path");
    return answer;
  });
  app.onError((error, c) =>
    c.req.path === "/graphql"
      ? graphqlErrorResponse(error, { publicUrl, log: c.var.log })
      : errorResponse(error, { path: new URL(c.req.url).pathname, publicUrl, log: c.var.log }),
  );

  return async (request) => app.fetch(request);
}

/** `RQ` and 32 hex digits: names a request in its answer and in the log. */
export function createRequestId(): string {
  return `RQ${randomUUID().replaceAll("-", "")}`;
}

/**
 * One line per request, and what is counted of it. Its path and query hold identities and addresses and stay out of
 * both; each surface adds the operation's name and the account with `log.setBindings`.
 */
function observeRequests({ log: parent, observer }: Deps): MiddlewareHandler<Env> {
  return async (c, next) => {
    const started = performance.now();
    const requestId = createRequestId();
    const log = parent.child({ requestId });
    const watch = observer.request(c.req.raw, log);
    c.set("log", log);
    c.set("watch", watch);
    await watch.run(next);
    c.res.headers.set("Twilio-Request-Id", requestId);
    const { status } = c.res;
    const route = routePath(c);
    const named = /^\/[a-z]*$/.test(route);
    watch.answered(named ? route : "other", status);
    const line = {
      method: c.req.method,
      ...(named && { route }),
      status,
      ms: Math.round((performance.now() - started) * 10) / 10,
    };
    if (status >= 500) log.error(line, "request");
    else log.info(line, "request");
  };
}

function securityHeaders(publicUrl: string): MiddlewareHandler {
  return secureHeaders({
    strictTransportSecurity: publicUrl.startsWith("https:") && "max-age=15552000",
    xFrameOptions: "DENY",
    overwrite: false,
  });
}
