import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export interface Connections {
  /** How many there have been so far. */
  accepted(): number;
  /** From now on every answer whose headers are unsent says that its connection closes, and then it does. */
  keepNone(): void;
  /** Closes those with no request under way; Node's own way spares those that have not asked for anything yet. */
  closeIdle(): void;
}

/** To be called before the server has any other listener. */
export function watchConnections(server: Server): Connections {
  const underWay = new Map<Socket, Set<ServerResponse>>();
  let accepted = 0;
  let keeping = true;
  server.on("connection", (socket) => {
    accepted++;
    underWay.set(socket, new Set());
    socket.on("close", () => underWay.delete(socket));
  });
  const watch = (socket: Socket, response: ServerResponse) => {
    if (!keeping) response.shouldKeepAlive = false;
    const responses = underWay.get(socket);
    responses?.add(response);
    response.on("close", () => responses?.delete(response));
  };
  server.on("request", ({ socket }, response) => watch(socket, response));
  return {
    accepted: () => accepted,
    keepNone() {
      keeping = false;
      for (const response of [...underWay.values()].flatMap((responses) => [...responses])) {
        if (!response.headersSent) response.shouldKeepAlive = false;
      }
    },
    closeIdle() {
      for (const [socket, responses] of underWay) if (responses.size === 0) socket.destroy();
    },
  };
}
