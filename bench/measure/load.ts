import { connect, type Socket } from "node:net";
import { createResponseReader } from "./response.ts";

/** A request as bytes, and what its answer must be: a status alone says nothing in GraphQL. */
export interface Shot {
  readonly bytes: Buffer;
  /** Throws where the answer is not the one expected. */
  readonly check: (status: number, body: Buffer | number) => boolean;
  /** The check needs the body itself, not only its length. */
  readonly needsBody: boolean;
}

export interface Load {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

interface Target {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  readonly next: () => Shot;
}

/**
 * Keeps every connection busy for that long. On bare sockets, because Node's own HTTP client takes more of the core
 * than Postgres, which shares it, and would be what is measured.
 *
 * @throws Error at the first answer that is not the one expected
 */
export async function load({ port, connections, seconds, next }: Target): Promise<Load> {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, () => keepBusy(port, next, until, (ms) => latencies.push(ms))),
  );
  const elapsed = performance.now() - started;
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { requests: sorted.length, seconds: elapsed / 1000, p50: at(0.5), p99: at(0.99) };
}

function keepBusy(port: number, next: () => Shot, until: number, took: (ms: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let shot = next();
    let sent = performance.now();
    let last: Buffer = Buffer.alloc(0);
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const read = createResponseReader((status, body) => {
      const now = performance.now();
      took(now - sent);
      if (!shot.check(status, body)) {
        return fail(
          new Error(`an answer that is none: ${status}, ending in ${last.toString("utf8").slice(-500)}`),
        );
      }
      if (now >= until) {
        socket.end();
        return resolve();
      }
      shot = next();
      sent = performance.now();
      socket.write(shot.bytes);
    });
    socket.on("connect", () => {
      sent = performance.now();
      socket.write(shot.bytes);
    });
    socket.on("data", (chunk) => {
      last = chunk;
      read(chunk, shot.needsBody);
    });
    socket.on("error", fail);
    socket.on("close", () => reject(new Error("the server closed the connection")));
  });
}
