import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import type { Logger } from "pino";
import { CONSISTENCY } from "../consistency.ts";
import { type Context, createContext, type Deps } from "../context.ts";
import type { Admission } from "../core/admission.ts";
import type { Answer } from "../core/answer.ts";
import { ApiError, notFound, renaming } from "../core/errors.ts";
import { parseSid } from "../core/sid.ts";
import type { RequestWatch } from "../observe/watch.ts";
import { errorAnswer, methodNotAllowed } from "./errors.ts";
import { pairsOf, parsePairs, pathReader, readForm, splitUrl } from "./form.ts";
import { repeatable, respond } from "./idempotency.ts";
import type { Route } from "./route.ts";
import { writerOf } from "./writer.ts";

/** Answers `/v1`; null where the path is none of it. */
type Rest = (request: Request, log: Logger, watch: RequestWatch) => Promise<Answer | null>;

export function createRest(deps: Deps, routes: readonly Route[]): Rest {
  const { publicUrl, credentials, admission } = deps;
  const find = createRouter(routes);
  return async (request, log, watch) => {
    const { path } = splitUrl(request.url);
    if (path !== "/v1" && !path.startsWith("/v1/")) return null;
    const failed = (error: unknown) => errorAnswer(error, { path, publicUrl, log });
    try {
      const actor = await admission.run(() => credentials.authenticate(request));
      log.setBindings({ account: actor.accountSid });
      const { session, seen } = deps.consistently(request.headers);
      const ctx = createContext(deps, actor, log, watch, session);
      const answer = await find(request.method, path)(request, ctx, admission).catch(failed);
      const token = await seen();
      if (token !== null) answer.headers[CONSISTENCY] = token;
      return answer;
    } catch (error) {
      return failed(error);
    }
  };
}

type Handler = (request: Request, ctx: Context, admission: Admission) => Promise<Answer>;

/** Finds what answers a method of a path as it came; what a segment means is for `form.ts` to say. */
function createRouter(routes: readonly Route[]): (method: string, path: string) => Handler {
  const router = new SmartRouter<Handler>({ routers: [new RegExpRouter(), new TrieRouter()] });
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const pattern = route.path.replace(/\{(\w+)\}/g, ":$1");
    methods.set(pattern, [...(methods.get(pattern) ?? []), route.method]);
    const operation = {
      ...route,
      readPath: pathReader(route.params, route.path),
      write: route.response ? writerOf(route.response) : () => null,
    };
    const handler: Handler = (...asked) => run(operation, ...asked);
    router.add(route.method, pattern, handler);
    if (route.method === "GET") router.add("HEAD", pattern, handler);
  }
  for (const [pattern, known] of methods) {
    const allow = [...known, ...(known.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
    router.add("OPTIONS", pattern, async () => ({ status: 204, headers: { Allow: allow }, body: null }));
    router.add("ALL", pattern, async ({ url }, ctx) =>
      methodNotAllowed(allow, { path: splitUrl(url).path, ...ctx }),
    );
  }
  return (method, path) => router.match(method, path)[0][0]?.[0] ?? nowhere;
}

const nowhere: Handler = async () => {
  throw notFound("Path");
};

type Operation = Route & {
  readonly readPath: (path: string) => Record<string, unknown>;
  readonly write: (body: unknown) => string | null;
};

async function run(route: Operation, request: Request, ctx: Context, admission: Admission): Promise<Answer> {
  const { log, watch } = ctx;
  log.setBindings({ operation: route.operationId });
  watch.route(route.path);
  if (route.method === "GET") ctx.session.onlyReads();
  const { path, query: search } = splitUrl(request.url);
  const params = route.readPath(path);
  if (route.webhooks) checkWebhooksHeader(request.headers);
  const serviceSid = route.scoped ? String(params.ChatServiceSid) : undefined;
  const query = pairsOf(search);
  const form = route.method === "POST" ? pairsOf(await readForm(request)) : [];
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
    return { status, body: route.write(body) };
  };
  const asked = [route.method, route.path, params, query, form] as const;
  return admission.run(async () =>
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
