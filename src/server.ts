import { createServer, type Server, STATUS_CODES } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { createRequestId } from "./app.ts";
import { ApiError } from "./core/errors.ts";
import type { Logger } from "./log.ts";
import { errorResponse } from "./rest/errors.ts";

interface ServerOptions {
  readonly app: (request: Request) => Promise<Response>;
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
}

export interface HttpServer {
  readonly port: number;
  /** Takes no more connections, lets what is under way finish, and after `patience` milliseconds cuts it off. */
  stop(patience: number): Promise<void>;
}

/** Time for a client to send its headers, and for all of its request. */
const HEADERS_WITHIN = 10_000;
const REQUEST_WITHIN = 30_000;
/** Longer than common load balancers keep an idle connection, so that they and not we close it. */
const IDLE_FOR = 75_000;

const UNPARSED: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Listens; rejects where the address is taken. */
export async function startServer({ app, host, port, log }: ServerOptions): Promise<HttpServer> {
  const malformed = () => {
    const response = errorResponse(
      new ApiError("INVALID_PARAMETER", { message: "Malformed HTTP request" }),
      "",
      log,
    );
    response.headers.set("Twilio-Request-Id", createRequestId());
    return response;
  };
  const server = createServer(
    { headersTimeout: HEADERS_WITHIN, requestTimeout: REQUEST_WITHIN, keepAliveTimeout: IDLE_FOR },
    getRequestListener(app, { errorHandler: malformed }),
  );
  server.on("clientError", answerUnparsed);
  const sockets = watchSockets(server);
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    stop: (patience) => stop(server, sockets, patience),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      listening();
    });
  });
}

/** Node's own `closeIdleConnections` spares a connection that has not asked for anything yet. */
async function stop(server: Server, sockets: Sockets, patience: number): Promise<void> {
  const closed = new Promise((done) => server.close(done));
  const idle = setInterval(sockets.closeIdle, 100);
  const cut = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

interface Sockets {
  closeIdle(): void;
}

function watchSockets(server: Server): Sockets {
  const requests = new Map<Socket, number>();
  server.on("connection", (socket) => {
    requests.set(socket, 0);
    socket.on("close", () => requests.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    response.on("close", () => requests.has(socket) && requests.set(socket, requests.get(socket)! - 1));
  });
  return {
    closeIdle() {
      for (const [socket, underWay] of requests) if (underWay === 0) socket.destroy();
    },
  };
}

/** What Node could not parse never becomes a request; it is answered by hand. */
function answerUnparsed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = UNPARSED[error.code ?? ""] ?? 400;
  const { twilioCode: code, moreInfo: more_info } = new ApiError("INVALID_PARAMETER");
  const body = JSON.stringify({ code, message: STATUS_CODES[status], more_info, status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Twilio-Request-Id: ${createRequestId()}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
