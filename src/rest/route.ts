import { z } from "zod";
import type { Context } from "../context.ts";
import type { Parameters } from "./form.ts";

type Method = "GET" | "POST" | "DELETE";

/** What a handler is told of the request. */
export interface Call<P = unknown, Q = unknown, F = unknown> {
  /** Path as asked for, still encoded. */
  readonly path: string;
  /** Of the path's `/Services/{ChatServiceSid}`; undefined means the default service. */
  readonly serviceSid: string | undefined;
  /** What the URLs of an answer begin with: that of the default service, or of the one the path names. */
  readonly base: string;
  readonly params: P;
  readonly query: Q;
  readonly form: F;
}

interface Definition<P extends Parameters, Q extends Parameters, F extends Parameters> {
  readonly method: Method;
  /** Below `/v1`, and below `/v1/Services/{ChatServiceSid}`. */
  readonly path: string;
  /** Stands at `/v1` alone. */
  readonly unscoped?: true;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly form?: F;
  /** The model's names of parameters that v1 calls by another word. */
  readonly names?: Readonly<Record<string, string>>;
  /** Takes the header `X-Twilio-Webhook-Enabled`. */
  readonly webhooks?: true;
  readonly status: 200 | 201 | 204;
  /** Where some calls are answered with another one. */
  readonly alternative?: {
    readonly status: 202;
    readonly when: (call: Call<z.output<P>, z.output<Q>, z.output<F>>) => boolean;
  };
  readonly response?: z.ZodType;
  /** Where the answer below a service differs. */
  readonly scopedResponse?: z.ZodType;
  readonly handler: (ctx: Context, call: Call<z.output<P>, z.output<Q>, z.output<F>>) => Promise<unknown>;
}

/** A row of the route table: what the router runs, and what `/openapi.json` says. */
export interface Route
  extends Omit<Definition<Parameters, Parameters, Parameters>, "alternative" | "handler" | "unscoped"> {
  readonly params: Parameters;
  readonly query: Parameters;
  readonly form: Parameters;
  readonly scoped: boolean;
  readonly alternative: { readonly status: 202; readonly when: (call: Call) => boolean } | undefined;
  readonly handler: (ctx: Context, call: Call) => Promise<unknown>;
}

const none = z.object({});
const chatServiceSid = z.object({ ChatServiceSid: z.string().describe("SID of the conversation service.") });

/** The rows of one operation: at `/v1` and, unless it is unscoped, below a service. */
export function route<P extends Parameters, Q extends Parameters, F extends Parameters>(
  definition: Definition<P, Q, F>,
): readonly Route[] {
  const { unscoped, params = none, query = none, form = none, handler, alternative, ...rest } = definition;
  const row: Route = {
    ...rest,
    path: `/v1${rest.path}`,
    params,
    query,
    form,
    scoped: false,
    // The router parses a call by the same schemas that the definition's types come from.
    handler: handler as Route["handler"],
    alternative: alternative as Route["alternative"],
  };
  if (unscoped) return [row];
  const scoped: Route = {
    ...row,
    path: `/v1/Services/{ChatServiceSid}${rest.path}`,
    operationId: rest.operationId.replace(/^[A-Z][a-z]+/, "$&Service"),
    params: chatServiceSid.extend(params.shape),
    response: rest.scopedResponse ?? rest.response,
    scoped: true,
  };
  return [row, scoped];
}
