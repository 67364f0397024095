import { isDeepStrictEqual } from "node:util";
import { bytesOf, type Contestant } from "../contestants/contestant.ts";
import type { Server } from "../contestants/server.ts";
import { AUTHORIZATION } from "../settings.ts";
import type { Question } from "../works/questions.ts";
import type { Shot } from "./load.ts";

export interface Started {
  readonly contestant: Contestant;
  readonly server: Server;
}

/** @throws Error where the answer is not 200 */
export async function answerOf({ contestant, server }: Started, question: Question): Promise<Buffer> {
  const { path, body } = contestant.ask(question);
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      Authorization: AUTHORIZATION,
      Accept: "application/json",
      "Accept-Encoding": "identity",
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok)
    throw new Error(`${contestant.name}: ${response.status} ${bytes.toString("utf8", 0, 500)}`);
  return bytes;
}

/**
 * Asks all contestants the same questions.
 *
 * @returns what to shoot at each: the questions' bytes, and the lengths that the answers must have under load
 * @throws Error where the answers differ by more than cursors, and how moments are written
 */
export async function compared(all: readonly Started[], questions: readonly Question[]): Promise<Shot[][]> {
  const shots = all.map((): Shot[] => []);
  for (const question of questions) {
    let first: unknown;
    for (const [index, started] of all.entries()) {
      const body = await answerOf(started, question);
      const value = comparable(JSON.parse(body.toString()));
      first ??= value;
      if (!isDeepStrictEqual(value, first)) {
        throw new Error(
          `${started.contestant.name} does not answer ${JSON.stringify(question)} as ${all[0]!.contestant.name} does:\n${JSON.stringify(value)}\n${JSON.stringify(first)}`,
        );
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
    if (MOMENT.test(value)) return new Date(value).toISOString();
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
