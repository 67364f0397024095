import { createServer, type Server } from "node:http";
import { type AddressInfo, Server as SocketServer } from "node:net";
import { setImmediate as afterPoll, setTimeout as sleep } from "node:timers/promises";
import { getRequestListener, RequestError } from "@hono/node-server";
import { createRequestId } from "./app.ts";
import { acceptWaiting, type Connections, watchConnections } from "./connections.ts";
import { toResponse } from "./core/answer.ts";
import { heldToLength } from "./core/body.ts";
import { ApiError } from "./core/errors.ts";
import type { Door } from "./door.ts";
import type { Logger } from "./log.ts";
import type { Primary } from "./primary.ts";
import { createRefusals } from "./refusals.ts";
import { errorAnswer } from "./rest/errors.ts";

interface ServerOptions {
  readonly app: (request: Request) => Promise<Response>;
  readonly host: string;
  readonly port: number;
  /** Origin of the URLs in what is answered without the app. */
  readonly publicUrl: string;
  readonly log: Logger;
  /** Absent: everyone comes in. */
  readonly door?: Door;
  /** Where there is one, it listens and hands over the connections. */
  readonly primary?: Primary | null;
}

export interface HttpServer {
  readonly port: number;
  /** Takes no more connections, lets what is under way finish, and after `patience` milliseconds cuts it off. */
  stop(patience: number): Promise<void>;
}

const SETTINGS = {
  /** Time for a client to send its headers, and for all of its request. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  /** How often Node looks for those that have run out of it. */
  connectionsCheckingInterval: 5_000,
  /** Longer than common load balancers keep an idle connection, so that they and not we close it. */
  keepAliveTimeout: 75_000,
  // HTTP/1.0 may leave it out; of HTTP/1.1 it is asked below, where the answer has a body.
  requireHostHeader: false,
};
/** Time for a client to read its answer, which waits in our memory. */
const UNREAD = 30_000;
/** Connections that wait to be taken, of which Node takes one in each turn of its loop; the system may allow fewer. */
const BACKLOG = 4_096;
/** Stands in for the host that HTTP/1.0 left out. No URL is made of it, and it is no name of ours. */
const UNNAMED = "host.invalid";
/** Time for a busy connection to be told that it closes, while the server stops; its client may be slow to ask again. */
const FAREWELL = 2_000;

/** Listens, unless a primary does; rejects where the address is taken. */
export async function startServer({
  app,
  host,
  port,
  publicUrl,
  log,
  door,
  primary,
}: ServerOptions): Promise<HttpServer> {
  const refusals = createRefusals(publicUrl, log);
  const listener = getRequestListener((request) => app(heldToLength(request)), {
    hostname: UNNAMED,
    errorHandler: (error) => failure(error, publicUrl, log),
  });
  const server = createServer(SETTINGS);
  const connections = watchConnections(server);
  connections.closeUnread(UNREAD);
  server.on("request", (request, response) => {
    const unnamed = request.headers.host === undefined && request.httpVersion !== "1.0";
    if (unnamed) refusals.refuse(response, 400, "NO_HOST");
    else if (!door?.(request, response)) void listener(request, response);
  });
  server.on("checkExpectation", (_, response) => refusals.refuse(response, 417, "UNKNOWN_EXPECTATION"));
  server.on("clientError", refusals.refuseUnparsed);
  if (primary) takeConnections(server, primary);
  else await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo | null)?.port ?? port,
    stop: (patience) => stop(server, connections, patience),
  };
}

/** What never became a request, such as a target that is no URL; the app itself never rejects. */
function failure(error: unknown, publicUrl: string, parent: Logger): Response {
  const requestId = createRequestId();
  const log = parent.child({ requestId });
  const malformed = error instanceof RequestError;
  const told = malformed ? new ApiError("INVALID_PARAMETER", { message: "Malformed HTTP request" }) : error;
  const answer = errorAnswer(told, { path: "", publicUrl, log });
  answer.headers["Twilio-Request-Id"] = requestId;
  if (malformed) log.info({ status: answer.status, code: "MALFORMED_TARGET" }, "request refused");
  return toResponse(answer);
}

function takeConnections(server: Server, primary: Primary): void {
  // From then on Node minds how long clients take to send their requests.
  server.emit("listening");
  primary.takeConnections((socket) => {
    // A client may be done with sending and still wait for the answer.
    socket.allowHalfOpen = true;
    server.emit("connection", socket);
  });
}

/** Rejects where the address is taken. */
export function listen(server: SocketServer, host: string, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(port, host, BACKLOG, () => {
      server.off("error", failed);
      listening();
    });
  });
}

/**
 * A client may be sending its next request on any connection that it believes open: each is told first, with
 * `Connection: close` on an answer, and only those that ask for nothing are closed unasked.
 */
async function stop(server: Server, connections: Connections, patience: number): Promise<void> {
  const farewell = Math.min(FAREWELL, patience);
  const cut = setTimeout(() => connections.closeAll(), patience);
  connections.keepNone();
  await acceptWaiting(connections.accepted, farewell);
  // The `close` of an HTTP server would close idle connections at once.
  SocketServer.prototype.close.call(server);
  const closed = connections.gone();
  let gone = await Promise.race([closed, sleep(farewell, false)]);
  while (!gone) {
    // What has arrived meanwhile is read first: a timer comes before it, however late the timer is.
    await afterPoll();
    connections.closeIdle();
    gone = await Promise.race([closed, sleep(100, false)]);
  }
  clearTimeout(cut);
}
