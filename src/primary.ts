import cluster from "node:cluster";
import { Socket } from "node:net";

/** What a primary tells its workers; `connection` brings a socket along. */
export type Told = "connection" | "prepared" | "stop";
/** What a worker tells its primary: that it takes a connection now, the first or the next. */
export const FREE = "free";

/** The process that a worker works for. */
export interface Primary {
  /** The number of this worker, which no other has had. */
  readonly worker: number;
  /** Fulfilled when the primary has prepared the database, or `signal` is aborted. */
  prepared(signal: AbortSignal): Promise<void>;
  /** Hands every connection that the primary has for this worker to `take`, from now on. */
  takeConnections(take: (socket: Socket) => void): void;
}

/** Null in a process that works for itself. To be called before anything is awaited: what is told is told once. */
export function joinPrimary(onStop: () => void): Primary | null {
  if (!cluster.worker) return null;
  const { id: worker, process: channel } = cluster.worker;
  const tellFree = () => channel.send!(FREE);
  let take: (socket: Socket) => void = (socket) => socket.destroy();
  const prepared = new Promise<void>((done) => {
    process.on("message", (told: Told, handle: unknown) => {
      if (told === "connection") {
        tellFree();
        // A client may be gone by the time that its connection arrives.
        if (handle instanceof Socket) take(handle);
      }
      if (told === "prepared") done();
      if (told === "stop") onStop();
    });
  });
  return {
    worker,
    prepared: (signal) =>
      Promise.race([prepared, new Promise<void>((done) => signal.addEventListener("abort", () => done()))]),
    takeConnections(taker) {
      take = taker;
      tellFree();
    },
  };
}
