import { setTimeout as sleep } from "node:timers/promises";
import { shared, withinTime } from "../core/shared.ts";
import { createConnection } from "./connection.ts";
import type { PoolOptions } from "./pool.ts";
import { type Position, reaches, standingOfPrimary } from "./position.ts";
import { createReplicaPlace, type Replica } from "./replica.ts";

/** The standbys of a primary, looked at all the time. */
export interface Replicas {
  /** One that has reached `least`, be it after a moment; null where the primary is sooner. */
  choose(least: Position): Promise<Replica | null>;
  /** Past everything that the primary has committed by now. */
  written(): Promise<Position>;
  close(): Promise<void>;
}

interface ReplicasOptions {
  readonly primary: PoolOptions;
  readonly urls: readonly string[];
  /** Is told, with the replica's host, whenever one is left out, and why, or back. */
  readonly report: (replica: string, fault: string | null) => void;
}

/** Milliseconds between looks at the replicas. */
const INTERVAL = 1_000;
/** How long a request waits for a replica to reach what its client has seen. */
const PATIENCE = 100;
/** How long none waits after one has done so in vain. */
const IMPATIENCE = 1_000;
const PAUSE = 5;

export function createReplicas({ primary, urls, report }: ReplicasOptions): Replicas {
  // Of its own: asked for many requests at once, it needs but one connection, and waits for none.
  const position = createConnection(primary);
  const standing = shared(() => standingOfPrimary(position));
  // Directly, whatever stands before the primary: a pooler would hide that a replica has restarted.
  const places = urls.map((url) =>
    createReplicaPlace({ ...primary, url, pooler: false, prepare: true }, report),
  );
  const stopping = new AbortController();
  const { signal } = stopping;
  let turn = 0;
  let impatientUntil = 0;

  const looking = (async () => {
    while (!signal.aborted) {
      const now = performance.now();
      const known = await withinTime(
        INTERVAL,
        standing().catch(() => null),
      );
      await Promise.all(places.map((place) => place.look(known, now)));
      await sleep(INTERVAL, undefined, { signal, ref: false }).catch(() => {});
    }
  })();

  /** Waits for the replica that is nearest. */
  async function awaitOne(replicas: readonly Replica[], least: Position): Promise<Replica | null> {
    const near = replicas.filter((replica) => replica.position().timeline >= least.timeline);
    if (near.length === 0 || performance.now() < impatientUntil) return null;
    const nearest = near.reduce((a, b) => (b.position().lsn > a.position().lsn ? b : a));
    for (const end = performance.now() + PATIENCE; ; await sleep(PAUSE)) {
      const left = end - performance.now();
      const now = left > 0 ? await withinTime(left, nearest.ask()) : null;
      if (now === null) break;
      if (reaches(now, least)) return nearest;
    }
    impatientUntil = performance.now() + IMPATIENCE;
    return null;
  }

  return {
    async choose(least) {
      const replicas = places.map((place) => place.current()).filter((replica) => replica !== null);
      const { length } = replicas;
      turn = length === 0 ? 0 : (turn + 1) % length;
      const inTurn = [...replicas.slice(turn), ...replicas.slice(0, turn)];
      const there = inTurn.find((replica) => reaches(replica.position(), least));
      return there ?? (await awaitOne(inTurn, least).catch(() => null));
    },
    written: async () => (await standing()).position,
    async close() {
      stopping.abort();
      await looking;
      await Promise.all([position.close(), ...places.map((place) => place.close())]);
    },
  };
}
