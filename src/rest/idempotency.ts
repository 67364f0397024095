import { z } from "zod";
import type { Context } from "../context.ts";
import type { Answer } from "../core/answer.ts";
import { renaming } from "../core/errors.ts";
import { once } from "../once.ts";
import type { Pair } from "./form.ts";

const KEY = "Idempotency-Key";
const REPLAYED = "Idempotent-Replayed";

export const keyHeader = z.object({
  [KEY]: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      "A name of your choice for this one write, of printable ASCII. Who sends it again within 24 hours gets what was answered the first time, and nothing is done twice; what failed may be tried again under the same key.",
    ),
});

export const replayedHeader = z.object({
  [REPLAYED]: z
    .literal("true")
    .optional()
    .describe(`Where the request is a repeat under its \`${KEY}\`, and nothing was done.`),
});

type Stored = Pick<Answer, "status" | "body">;

/** Method, path with what its names stand for, and the parameters of the query and of the form. */
type Asked = readonly [
  method: string,
  template: string,
  params: object,
  query: readonly Pair[],
  form: readonly Pair[],
];

/**
 * Answers a write, and its repeats under the same key as the first time.
 *
 * @throws ApiError INVALID_PARAMETER for the key, IDEMPOTENCY_KEY_REUSED
 */
export async function repeatable(
  ctx: Context,
  headers: Headers,
  [method, template, params, query, form]: Asked,
  work: (ctx: Context) => Promise<Stored>,
): Promise<Answer> {
  const key = headers.get(KEY);
  if (key === null) return respond(await work(ctx));
  const asked = [method, template, params, byName(query), byName(form)];
  const { response, replayed } = await renaming({ idempotencyKey: KEY }, () =>
    once(ctx, { key, asked }, async (ctx) => JSON.stringify(await work(ctx))),
  );
  const answer = respond(JSON.parse(response));
  if (replayed) answer.headers[REPLAYED] = "true";
  return answer;
}

export function respond({ status, body }: Stored): Answer {
  return { status, headers: body === null ? {} : { "Content-Type": "application/json" }, body };
}

/** Those of one name stay in the order they came. */
function byName(pairs: readonly Pair[]): Pair[] {
  return pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
