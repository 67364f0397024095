import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequestId, securityHeaders } from "./app.ts";
import { readersOf } from "./auth/browsers.ts";
import type { Deps } from "./context.ts";
import { refusal } from "./core/admission.ts";
import type { Answer } from "./core/answer.ts";
import { errorAnswer as graphqlErrorAnswer } from "./graphql/answer.ts";
import { ANSWER_TYPES, answerType } from "./graphql/request.ts";
import type { Logger } from "./log.ts";
import { errorAnswer } from "./rest/errors.ts";

/** Answers what the app would have no place for, and then returns true. */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

type DoorDeps = Pick<Deps, "admission" | "observer" | "publicUrl" | "allowedOrigins" | "log">;

/** Asked by whoever watches over the server, most of all when it is full; they take no place. */
const PROBES = new Set(["/healthz", "/readyz", "/metrics"]);
const SUMMARY_INTERVAL = 1_000;

/** Everything that its answers have in common is made here, once. */
export async function createDoor({ admission, log, ...deps }: DoorDeps): Promise<Door> {
  const { observer, publicUrl } = deps;
  const readers = readersOf(deps);
  const secured = await securityHeaders(publicUrl);
  const prepared = ({ headers, body: text }: Answer) => {
    const body = Buffer.from(text ?? "");
    return { headers: { ...secured, ...headers, "Content-Length": body.length }, body };
  };
  const v1 = prepared(errorAnswer(refusal(), { path: "", publicUrl, log }));
  const graphql = new Map<string | null, typeof v1>();
  for (const type of ANSWER_TYPES)
    graphql.set(type, prepared(graphqlErrorAnswer(refusal(), { publicUrl, log }, type)));
  const count = createSummary(log);

  return ({ method = "", url = "", headers: asked }, response) => {
    if (!admission.isFull() || method === "OPTIONS") return false;
    const [path = ""] = url.split("?", 1);
    if (PROBES.has(path)) return false;
    const { headers, body } = (path === "/graphql" && graphql.get(answerType(asked.accept))) || v1;
    const own = { "Twilio-Request-Id": createRequestId(), ...readers.headers(asked.origin) };
    // What is left of the request's body is read and dropped by Node.
    response.writeHead(503, { ...headers, ...own }).end(body);
    observer.refused(method, path === "/graphql" ? path : "other");
    count();
    return true;
  };
}

/** One line for all of a second: a line for each would cost more than the answer. */
function createSummary(log: Logger): () => void {
  let refused = 0;
  const tell = () => {
    log.warn({ status: 503, refused }, "too many requests at once");
    refused = 0;
  };
  return () => {
    if (refused++ === 0) setTimeout(tell, SUMMARY_INTERVAL).unref();
  };
}
