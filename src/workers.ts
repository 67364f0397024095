import cluster, { type Worker } from "node:cluster";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sumMetrics } from "./gathering.ts";
import type { Logger } from "./log.ts";
import { FREE, type Told } from "./primary.ts";

export interface Workers {
  /** Fulfilled when the first worker takes connections. */
  readonly ready: Promise<void>;
  /** Fulfilled where a worker ends before any has come up: so would the next. */
  readonly failed: Promise<Error>;
  /** Hands the connection to the worker whose turn it is, once there is one. */
  take(socket: Socket): void;
  /** Tells them, and those who come after them, that the database is prepared. */
  prepared(): void;
  /**
   * Hands over what waits, for at most `patience` milliseconds, and lets them finish. No connection may come any more.
   * Fulfilled when all have ended.
   */
  stop(patience: number): Promise<void>;
}

/** Before a worker is replaced that ended, in milliseconds; doubled each time, unless it has lived for a while. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 5_000;
const A_WHILE = 10_000;

/** Starts so many processes that serve, and others in place of those that end. */
export function startWorkers(count: number, log: Logger): Workers {
  cluster.setupPrimary({ exec: fileURLToPath(new URL("./main.js", import.meta.url)) });
  const alive = new Set<Worker>();
  const ready = new Set<Worker>();
  const sum = sumMetrics(() => ready);
  /** Those who take a connection now, the one whose turn it is first. One by one, so that who is busy gets fewer. */
  const free: Worker[] = [];
  const waiting: Socket[] = [];
  /** What a worker is being handed. Kept open here, so that another can have it where this one ends before that. */
  const handed = new Map<Worker, Socket>();
  const replacing = new Set<NodeJS.Timeout>();
  const [firstReady, cameUp] = promise<void>();
  const [failed, fail] = promise<Error>();
  const [ended, end] = promise<void>();
  let isUp = false;
  let isPrepared = false;
  let isStopping = false;
  let quickDeaths = 0;

  const tell = (worker: Worker, told: Told) => void worker.send(told, undefined, undefined, () => {});

  const hand = () => {
    while (free.length > 0 && waiting.length > 0) {
      const [worker, socket] = [free.shift()!, waiting.shift()!];
      const told: Told = "connection";
      handed.set(worker, socket);
      worker.send(told, socket, { keepOpen: true }, () => {});
    }
  };

  const fork = () => {
    const worker = cluster.fork();
    const started = Date.now();
    alive.add(worker);
    worker.on("message", (told) => {
      if (told !== FREE) return sum(worker, told);
      if (!ready.has(worker)) {
        log.info({ worker: worker.id, pid: worker.process.pid }, "worker ready");
        if (isPrepared) tell(worker, "prepared");
      }
      ready.add(worker);
      isUp = true;
      handed.get(worker)?.destroy();
      handed.delete(worker);
      free.push(worker);
      cameUp();
      hand();
    });
    worker.on("error", (error) => log.error({ err: error, worker: worker.id }, "worker not reached"));
    worker.on("exit", (code, signal) => {
      alive.delete(worker);
      ready.delete(worker);
      if (free.includes(worker)) free.splice(free.indexOf(worker), 1);
      const unseen = handed.get(worker);
      if (unseen) {
        handed.delete(worker);
        waiting.unshift(unseen);
        hand();
      }
      if (isStopping) return alive.size === 0 ? end() : undefined;
      log.error({ worker: worker.id, pid: worker.process.pid, code, signal }, "worker ended");
      if (!isUp) return fail(new Error(`A worker ended before any was ready (${signal ?? `code ${code}`})`));
      quickDeaths = Date.now() - started < A_WHILE ? quickDeaths + 1 : 0;
      const again = setTimeout(
        () => {
          replacing.delete(again);
          fork();
        },
        Math.min(FIRST_WAIT * 2 ** quickDeaths, LONGEST_WAIT),
      );
      replacing.add(again);
    });
  };

  for (let i = 0; i < count; i++) fork();

  return {
    ready: firstReady,
    failed,
    take(socket) {
      waiting.push(socket);
      hand();
    },
    prepared() {
      isPrepared = true;
      for (const worker of alive) tell(worker, "prepared");
    },
    async stop(patience) {
      for (const end = Date.now() + patience; waiting.length > 0 && Date.now() < end; ) await sleep(5);
      isStopping = true;
      for (const again of replacing) clearTimeout(again);
      for (const socket of waiting) socket.destroy();
      if (alive.size === 0) return;
      for (const worker of alive) tell(worker, "stop");
      await ended;
    },
  };
}

function promise<T>(): [promise: Promise<T>, fulfil: (value: T) => void] {
  let fulfil: (value: T) => void = () => {};
  return [
    new Promise<T>((resolve) => {
      fulfil = resolve;
    }),
    fulfil,
  ];
}
