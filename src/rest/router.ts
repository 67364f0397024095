import { Hono } from "hono";
import type { Logger } from "pino";
import { type Context, createContext, type Deps } from "../context.ts";
import { ApiError, notFound } from "../core/errors.ts";
import { parseSid } from "../core/sid.ts";
import { createDocs } from "./docs.ts";
import { errorResponse, methodNotAllowed } from "./errors.ts";
import { parsePairs, parsePath, readForm, splitUrl } from "./form.ts";
import { openApiDocument } from "./openapi.ts";
import type { Route } from "./route.ts";

interface Env {
  Bindings: { ctx: Context };
}

/** Answers `/v1`, `/openapi.json` and `/docs`; null where the path is none of them. */
type Rest = (request: Request, log: Logger) => Promise<Response | null>;

export function createRest(deps: Deps, routes: readonly Route[]): Rest {
  const v1 = createRouter(routes);
  const docs = createDocs(openApiDocument(routes, deps.publicUrl), deps.publicUrl);
  return async (request, log) => {
    const { path } = splitUrl(request.url);
    try {
      if (path !== "/v1" && !path.startsWith("/v1/")) return await docs(request, path, log);
      const actor = await deps.credentials.authenticate(request);
      log.setBindings({ account: actor.accountSid });
      return await v1.fetch(request, { ctx: createContext(deps, actor, log) });
    } catch (error) {
      return errorResponse(error, path, log);
    }
  };
}

/** Hono finds the route by the path as it came; what a segment means is for `form.ts` to say. */
function createRouter(routes: readonly Route[]): Hono<Env> {
  const router = new Hono<Env>({ strict: true, getPath: (request) => splitUrl(request.url).path });
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const pattern = route.path.replace(/\{(\w+)\}/g, ":$1");
    methods.set(pattern, [...(methods.get(pattern) ?? []), route.method]);
    router.on(route.method, pattern, ({ req, env }) => run(route, req.raw, env.ctx));
  }
  for (const [pattern, known] of methods) {
    const allow = [...known, ...(known.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
    router.options(pattern, () => new Response(null, { status: 204, headers: { Allow: allow } }));
    router.all(pattern, ({ req, env }) => methodNotAllowed(allow, req.path, env.ctx.log));
  }
  router.notFound(() => {
    throw notFound("Path");
  });
  router.onError((error) => {
    throw error;
  });
  return router;
}

async function run(route: Route, request: Request, ctx: Context): Promise<Response> {
  ctx.log.setBindings({ operation: route.operationId });
  const { path, query } = splitUrl(request.url);
  const params = parsePath(route.params, route.path, path);
  if (route.webhooks) checkWebhooksHeader(request.headers);
  const serviceSid = route.scoped ? String(params.ChatServiceSid) : undefined;
  const answer = await route.handler(ctx, {
    path,
    serviceSid,
    base: baseOf(ctx.publicUrl, serviceSid),
    params,
    query: parsePairs(route.query, query),
    form: parsePairs(route.form, route.method === "POST" ? await readForm(request) : ""),
  });
  return route.status === 204
    ? new Response(null, { status: 204 })
    : Response.json(answer, { status: route.status });
}

function baseOf(publicUrl: string, serviceSid: string | undefined): string {
  if (serviceSid === undefined) return `${publicUrl}/v1`;
  return `${publicUrl}/v1/Services/${parseSid("IS", serviceSid) ?? encodeURIComponent(serviceSid)}`;
}

function checkWebhooksHeader(headers: Headers): void {
  const name = "X-Twilio-Webhook-Enabled";
  if (/^(true|false)$/i.test(headers.get(name) ?? "false")) return;
  throw new ApiError("INVALID_PARAMETER", { message: `${name} must be true or false` });
}
