import { buildSchema, type DocumentNode, parse } from "graphql";
import { answerFaults } from "./answers.ts";
import { type Dice, diceOf } from "./dice.ts";
import { type Document, documentedFaults } from "./documented.ts";
import { graphqlOperations } from "./graphql.ts";
import type { Known } from "./known.ts";
import { type OpenApi, type Request, restRequests } from "./rest.ts";

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

export type Send = (request: Request) => Promise<Answer>;

interface Surface {
  next(dice: Dice, known: Known): Request;
  /** What is wrong with the answer, and whether the request succeeded. */
  judge(request: Request, answer: Answer): { faults: readonly string[]; succeeded: boolean; body: unknown };
}

export interface Report {
  readonly asked: number;
  readonly succeeded: number;
  readonly statuses: Readonly<Record<number, number>>;
  /** Each with the request that it came to. */
  readonly faults: readonly string[];
}

/** How many are under way at a time. What is generated hangs on the answers before it, and not on which of these came first. */
const TOGETHER = 16;
const BATCH = 1_024;
/** Enough to see what is wrong. */
const MOST_FAULTS = 50;

/** Sends so many requests that the seed chooses, each made from what is known by then. */
export async function sendGenerated(
  surface: Surface,
  { seed, count, send, known }: { seed: number; count: number; send: Send; known: Known },
): Promise<Report> {
  const statuses: Record<number, number> = {};
  const faults: string[] = [];
  let asked = 0;
  let succeeded = 0;
  while (asked < count && faults.length < MOST_FAULTS) {
    const dice = diceOf(seed + asked, Math.min(BATCH, count - asked));
    for (let at = 0; at < dice.length; at += TOGETHER) {
      const requests = dice.slice(at, at + TOGETHER).map((one) => surface.next(one, known));
      const answers = await Promise.all(requests.map(send));
      for (const [index, answer] of answers.entries()) {
        const request = requests[index]!;
        const judged = surface.judge(request, answer);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (judged.succeeded) succeeded++;
        known.learn(judged.body);
        const shown = answer.text.slice(0, 500);
        for (const fault of judged.faults)
          faults.push(`${fault}: ${JSON.stringify(request)} → ${answer.status} ${shown}`);
      }
    }
    asked += dice.length;
  }
  return { asked, succeeded, statuses, faults };
}

export function restSurface(document: OpenApi & Document): Surface {
  const next = restRequests(document);
  const check = documentedFaults(document);
  return {
    next,
    judge(request, answer) {
      const { status, text, type } = answer;
      const body = parsed(text);
      const faults = status >= 500 ? ["a fault of the server"] : [];
      if (body === undefined) faults.push("an answer that is no JSON");
      else faults.push(...check(request.method, request.path, { status, type, body }));
      return { faults, succeeded: status < 300, body };
    },
  };
}

export function graphqlSurface(sdl: string): Surface {
  const schema = buildSchema(sdl);
  const draw = graphqlOperations(schema);
  return {
    next(dice, known) {
      const { query, variables } = draw(dice, known);
      return {
        method: "POST",
        path: "/graphql",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables }),
      };
    },
    judge({ body: asked = "" }, { status, text }) {
      const body = parsed(text) as { data?: Record<string, unknown> | null; errors?: never } | undefined;
      if (body === undefined) return { faults: ["an answer that is no JSON"], succeeded: false, body };
      const faults = status >= 500 ? ["a fault of the server"] : [];
      faults.push(...answerFaults(schema, documentOf(JSON.parse(asked).query), body));
      const [result] = Object.values(body.data ?? {}) as ({ __typename?: string } | null)[];
      const succeeded = result != null && !body.errors && !/Error$/.test(result.__typename ?? "");
      return { faults, succeeded, body };
    },
  };
}

function documentOf(query: string): DocumentNode | null {
  try {
    return parse(query);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
