import type { Filled } from "../database/prepare.ts";
import { AUTHORIZATION } from "../settings.ts";
import type { Question } from "../works/questions.ts";
import type { Server } from "./server.ts";

export interface Ask {
  readonly path: string;
  /** Of a POST; without one it is a GET. */
  readonly body?: unknown;
}

export interface Contestant {
  readonly name: string;
  readonly node: string;
  /** `url` instead of the database's own where statements are counted on the way. */
  start(database: Filled, url: string): Promise<Server>;
  ask(question: Question): Ask;
}

/** All contestants are sent the same header lines. */
export function bytesOf({ path, body }: Ask): Buffer {
  const text = body === undefined ? "" : JSON.stringify(body);
  const head = [
    `${body === undefined ? "GET" : "POST"} ${path} HTTP/1.1`,
    "Host: 127.0.0.1:4000",
    `Authorization: ${AUTHORIZATION}`,
    "Accept: application/json",
    ...(body === undefined
      ? []
      : ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(text)}`]),
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${text}`);
}
