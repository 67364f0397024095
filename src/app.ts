import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { guardBrowsers } from "./auth/browsers.ts";
import type { Deps } from "./context.ts";
import { type Answer, toResponse } from "./core/answer.ts";
import { notFound } from "./core/errors.ts";
import { createDocs } from "./docs/docs.ts";
import { examples } from "./examples.ts";
import { errorAnswer as graphqlErrorAnswer } from "./graphql/answer.ts";
import { createGraphql } from "./graphql/server.ts";
import { traceResolvers } from "./graphql/tracing.ts";
import type { Logger } from "./log.ts";
import type { RequestWatch } from "./observe/watch.ts";
import { createPages } from "./pages.ts";
import { errorAnswer } from "./rest/errors.ts";
import { splitUrl } from "./rest/form.ts";
import { openApiDocument } from "./rest/openapi.ts";
import { createRest } from "./rest/router.ts";
import { routes } from "./routes.ts";
import { schema } from "./schema.ts";

type Headers = Record<string, string>;

/** The whole of Parley as one function of a request, which needs no server. It never rejects. */
export function createApp(deps: Deps): (request: Request) => Promise<Response> {
  const { publicUrl, observer } = deps;
  if (observer.tracing) traceResolvers(schema, observer.tracing);
  const graphql = createGraphql(deps, schema, examples);
  const rest = createRest(deps, routes);
  const pages = createPages(deps);
  const docs = createDocs(openApiDocument(routes, publicUrl), publicUrl);
  const guard = guardBrowsers(deps);
  const secured = securityHeaders(publicUrl);

  const answer = async (
    request: Request,
    path: string,
    headers: Headers,
    log: Logger,
    watch: RequestWatch,
  ) => {
    try {
      const isPreflight = guard(request, headers);
      if (isPreflight) return { status: 204, headers: {}, body: null };
      if (path === "/graphql") return await graphql(request, log, watch);
      const page = pages.get(path);
      if (page) return await page(request, log);
      const found = (await rest(request, log, watch)) ?? docs(request, path, log);
      if (found === null) throw notFound("Path");
      return found;
    } catch (error) {
      if (path === "/graphql") return graphqlErrorAnswer(error, { publicUrl, log });
      return errorAnswer(error, { path, publicUrl, log });
    }
  };

  // One line per request. Its path and query hold identities and addresses and stay out of it; each surface adds the
  // operation's name and the account with `log.setBindings`.
  return async (request) => {
    const started = performance.now();
    const requestId = createRequestId();
    const log = deps.log.child({ requestId });
    const watch = observer.request(request, log);
    const { method } = request;
    const { path } = splitUrl(request.url);
    const headers: Headers = { ...(await secured), "Twilio-Request-Id": requestId };
    const answered = await watch.run(() => answer(request, path, headers, log, watch));
    const { status } = answered;
    const route = path === "/graphql" || pages.has(path) ? path : undefined;
    watch.answered(route ?? "other", status);
    const ms = Math.round((performance.now() - started) * 10) / 10;
    const line = { method, ...(route && { route }), status, ms };
    if (status >= 500) log.error(line, "request");
    else log.info(line, "request");
    return withHeaders(answered, headers, method);
  };
}

/** `RQ` and 32 hex digits: names a request in its answer and in the log. */
export function createRequestId(): string {
  return `RQ${randomUUID().replaceAll("-", "")}`;
}

/** Those that an answer has itself stay, but for `Vary`, whose names are joined. */
function withHeaders(answered: Answer | Response, headers: Headers, method: string): Response {
  const isHead = method === "HEAD";
  if (!(answered instanceof Response)) {
    const { status, body } = answered;
    return toResponse({ status, headers: { ...headers, ...answered.headers }, body: isHead ? null : body });
  }
  for (const [name, value] of Object.entries(headers)) {
    if (name === "Vary") answered.headers.append(name, value);
    else if (!answered.headers.has(name)) answered.headers.set(name, value);
  }
  return isHead ? new Response(null, answered) : answered;
}

/** The headers of every answer, read off the library's once: as middleware it parses them anew each time. */
export async function securityHeaders(publicUrl: string): Promise<Headers> {
  const secure = secureHeaders({
    strictTransportSecurity: publicUrl.startsWith("https:") && "max-age=15552000",
    xFrameOptions: "DENY",
  });
  const empty = new Hono().use(secure).get("/", (c) => c.body(null));
  return Object.fromEntries((await empty.request("/")).headers);
}
