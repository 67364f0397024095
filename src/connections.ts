import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setImmediate as afterPoll } from "node:timers/promises";

export interface Connections {
  /** How many there have been so far. */
  accepted(): number;
  /** From now on every answer whose headers are unsent says that its connection closes, and then it does. */
  keepNone(): void;
  /** From now on closes those that have not taken an answer within so many milliseconds of its beginning. */
  closeUnread(patience: number): void;
  /** Closes those with no request under way; Node's own way spares those that have not asked for anything yet. */
  closeIdle(): void;
  closeAll(): void;
  /** Fulfilled when there are none, from a moment on at which no more come. */
  gone(): Promise<true>;
}

/** To be called before the server has any other listener. */
export function watchConnections(server: Server): Connections {
  const underWay = new Map<Socket, Set<ServerResponse>>();
  let accepted = 0;
  let keeping = true;
  let onGone = () => {};
  server.on("connection", (socket) => {
    accepted++;
    underWay.set(socket, new Set());
    socket.on("close", () => {
      underWay.delete(socket);
      if (underWay.size === 0) onGone();
    });
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
    closeUnread(patience) {
      const begun = new WeakMap<ServerResponse, number>();
      const look = () => {
        const now = Date.now();
        for (const [socket, responses] of underWay) {
          for (const response of responses) {
            if (!response.headersSent) continue;
            const since = begun.get(response) ?? now;
            begun.set(response, since);
            if (now - since > patience) socket.destroy();
          }
        }
      };
      const looking = setInterval(look, patience / 6).unref();
      server.on("close", () => clearInterval(looking));
    },
    closeIdle() {
      for (const [socket, responses] of underWay) if (responses.size === 0) socket.destroy();
    },
    closeAll() {
      for (const socket of underWay.keys()) socket.destroy();
    },
    gone: () =>
      new Promise((done) => {
        onGone = () => done(true);
        if (underWay.size === 0) onGone();
      }),
  };
}

/** A turn of the event loop in which nothing else was done, in milliseconds. */
const SHORT_TURN = 0.05;

/**
 * Connections still in the listener's queue are reset when it closes; Node takes one in each turn of its loop. It is to be
 * closed as soon as this is over: one turn that took none was short, so that hardly any can have come since.
 */
export async function acceptWaiting(accepted: () => number, patience: number): Promise<void> {
  const end = Date.now() + patience;
  // To the end of this turn, whose part of accepting may be over.
  await afterPoll();
  for (let isQuiet = false; !isQuiet && Date.now() < end; ) {
    const before = accepted();
    const began = performance.now();
    await afterPoll();
    isQuiet = before === accepted() && performance.now() - began < SHORT_TURN;
  }
}
