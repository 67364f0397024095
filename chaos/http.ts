import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { ACCOUNT, basic } from "../test/setup/processes.ts";

export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly ms: number;
}

export type Client = (ask: Ask) => Promise<Heard>;

const AUTHORIZATION = basic(ACCOUNT.sid, ACCOUNT.authToken);

/** Connections that are kept and used again; an answer that never comes rejects after `patience` milliseconds. */
export function connections(most = Number.POSITIVE_INFINITY): Agent {
  return new Agent({ keepAlive: true, maxSockets: most });
}

export function createClient(port: number, agent: Agent, patience = 10_000): Client {
  return ({ method, path, headers = {}, body }) =>
    new Promise((heard, failed) => {
      const started = performance.now();
      const asked = request(
        {
          host: "127.0.0.1",
          port,
          agent,
          method,
          path,
          headers: {
            authorization: AUTHORIZATION,
            ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
            ...headers,
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (part) => {
            text += part;
          });
          response.on("error", failed);
          response.on("end", () => {
            const { statusCode: status = 0, headers } = response;
            heard({ status, headers, text, ms: performance.now() - started });
          });
        },
      );
      asked.on("error", failed);
      asked.setTimeout(patience, () => asked.destroy(new Error(`no answer within ${patience} ms`)));
      asked.end(body);
    });
}

export function form(path: string, fields: readonly (readonly [string, string])[], key?: string): Ask {
  return {
    method: "POST",
    path,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(key !== undefined && { "idempotency-key": key }),
    },
    body: new URLSearchParams(fields as [string, string][]).toString(),
  };
}

export function graphql(query: string, variables: object): Ask {
  return {
    method: "POST",
    path: "/graphql",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  };
}

/** An answer that says what is wrong, by a code, and where the server is at fault also when to come again. */
export function isTyped({ status, headers, text }: Heard): boolean {
  if (status < 400) return true;
  if (status >= 500 && (status !== 503 || headers["retry-after"] === undefined)) return false;
  try {
    const body = JSON.parse(text);
    return Number.isInteger(body.code) || typeof body.errors?.[0]?.extensions?.code === "string";
  } catch {
    return false;
  }
}
