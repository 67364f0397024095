import { bytesOf, type Contestant } from "../contestants/contestant.ts";
import type { Server } from "../contestants/server.ts";
import type { Question } from "../works/questions.ts";
import { get, post } from "./ask.ts";
import { differenceOf } from "./difference.ts";
import type { Shot } from "./load.ts";

export interface Started {
  readonly contestant: Contestant;
  readonly server: Server;
}

/** @throws Error where the answer is not a success */
export function answerOf({ contestant, server }: Started, question: Question): Promise<Buffer> {
  const { path, body } = contestant.ask(question);
  return body === undefined ? get(server, path) : post(server, path, body);
}

/**
 * Asks all contestants the same questions.
 *
 * @returns what to shoot at each: the questions' bytes, and the lengths that the answers must have under load
 * @throws Error where the answers differ by more than cursors, and parts of a second that Parley does not tell
 */
export async function compared(all: readonly Started[], questions: readonly Question[]): Promise<Shot[][]> {
  const shots = all.map((): Shot[] => []);
  for (const question of questions) {
    let first: unknown;
    for (const [index, started] of all.entries()) {
      const body = await answerOf(started, question);
      const value = comparable(JSON.parse(body.toString()));
      first ??= value;
      const difference = differenceOf(value, first);
      if (difference !== null) {
        const names = `${started.contestant.name} and ${all[0]!.contestant.name}`;
        throw new Error(`${names} answer ${JSON.stringify(question)} differently, at ${difference}`);
      }
      shots[index]!.push({
        bytes: bytesOf(started.contestant.ask(question)),
        needsBody: false,
        check: (status, length) => status === 200 && length === body.length,
      });
    }
  }
  return shots;
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(Z|\+00:00)$/;

function comparable(value: unknown): unknown {
  if (typeof value === "string") {
    if (MOMENT.test(value)) return value.slice(0, 19);
    return value.replace(/([?&]PageToken=).*/, "$1");
  }
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      key === "endCursor" ? typeof field : comparable(field),
    ]),
  );
}
