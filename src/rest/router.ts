import { Hono } from "hono";
import type { Logger } from "pino";
import { type Context, createContext, type Deps } from "../context.ts";
import type { Admission } from "../core/admission.ts";
import { ApiError, notFound, renaming } from "../core/errors.ts";
import { parseSid } from "../core/sid.ts";
import type { RequestWatch } from "../observe/watch.ts";
import { errorResponse, methodNotAllowed } from "./errors.ts";
import { pairsOf, parsePairs, parsePath, readForm, splitUrl } from "./form.ts";
import { repeatable, respond } from "./idempotency.ts";
import type { Route } from "./route.ts";

interface Env {
  Bindings: { ctx: Context };
}

/** Answers `/v1`; null where the path is none of it. */
type Rest = (request: Request, log: Logger, watch: RequestWatch) => Promise<Response | null>;

export function createRest(deps: Deps, routes: readonly Route[]): Rest {
  const { publicUrl, credentials, admission } = deps;
  const v1 = createRouter(routes, admission);
  return async (request, log, watch) => {
    const { path } = splitUrl(request.url);
    if (path !== "/v1" && !path.startsWith("/v1/")) return null;
    const failed = (error: unknown) => errorResponse(error, { path, publicUrl, log });
    try {
      const actor = await admission(() => credentials.authenticate(request));
      log.setBindings({ account: actor.accountSid });
      return await deps.consistently(request.headers, async (session) => {
        try {
          return await v1.fetch(request, { ctx: createContext(deps, actor, log, watch, session) });
        } catch (error) {
          return failed(error);
        }
      });
    } catch (error) {
      return failed(error);
    }
  };
}

/** Hono finds the route by the path as it came; what a segment means is for `form.ts` to say. */
function createRouter(routes: readonly Route[], admission: Admission): Hono<Env> {
  const router = new Hono<Env>({ strict: true, getPath: (request) => splitUrl(request.url).path });
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const pattern = route.path.replace(/\{(\w+)\}/g, ":$1");
    methods.set(pattern, [...(methods.get(pattern) ?? []), route.method]);
    router.on(route.method, pattern, ({ req, env }) => run(route, req.raw, env.ctx, admission));
  }
  for (const [pattern, known] of methods) {
    const allow = [...known, ...(known.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
    router.options(pattern, () => new Response(null, { status: 204, headers: { Allow: allow } }));
    router.all(pattern, ({ req, env }) => methodNotAllowed(allow, { path: req.path, ...env.ctx }));
  }
  router.notFound(() => {
    throw notFound("Path");
  });
  router.onError((error) => {
    throw error;
  });
  return router;
}

async function run(route: Route, request: Request, ctx: Context, admission: Admission): Promise<Response> {
  const { log, watch } = ctx;
  log.setBindings({ operation: route.operationId });
  watch.route(route.path);
  if (route.method === "GET") ctx.session.onlyReads();
  const { path, query: search } = splitUrl(request.url);
  const params = parsePath(route.params, route.path, path);
  if (route.webhooks) checkWebhooksHeader(request.headers);
  const serviceSid = route.scoped ? String(params.ChatServiceSid) : undefined;
  const query = pairsOf(search);
  const form = pairsOf(route.method === "POST" ? await readForm(request) : "");
  const call = {
    path,
    serviceSid,
    base: baseOf(ctx.publicUrl, serviceSid),
    params,
    query: parsePairs(route.query, query),
    form: parsePairs(route.form, form),
  };
  const work = async (ctx: Context) => {
    const body = await renaming(route.names ?? {}, () =>
      watch.step(route.operationId, () => route.handler(ctx, call)),
    );
    const status = route.alternative?.when(call) ? route.alternative.status : route.status;
    return { status, body: status === 204 ? null : JSON.stringify(body) };
  };
  const asked = [route.method, route.path, params, query, form] as const;
  return admission(async () =>
    route.method === "GET" ? respond(await work(ctx)) : repeatable(ctx, request.headers, asked, work),
  );
}

function baseOf(publicUrl: string, serviceSid: string | undefined): string {
  if (serviceSid === undefined) return `${publicUrl}/v1`;
  return `${publicUrl}/v1/Services/${parseSid("IS", serviceSid) ?? encodeURIComponent(serviceSid)}`;
}

function checkWebhooksHeader(headers: Headers): void {
  const name = "X-Twilio-Webhook-Enabled";
  if (/^(true|false)$/i.test(headers.get(name) ?? "false")) return;
  throw new ApiError("INVALID_PARAMETER", { message: `${name} must be true or false`, parameter: name });
}
