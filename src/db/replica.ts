import { shared, withinTime } from "../core/shared.ts";
import { createConnection } from "./connection.ts";
import { createPool, type PoolOptions } from "./pool.ts";
import { type Position, reaches, replayed, type Standing, standingOfStandby } from "./position.ts";
import type { Executor } from "./statement.ts";
import type { Watch } from "./watch.ts";

/** A standby as long as all its connections hold: once it restarts it may be further back than it was. */
export interface Replica {
  readonly name: string;
  /** How far it was when it was last asked; it never goes back. */
  position(): Position;
  /** How far it is now. */
  ask(): Promise<Position>;
  /** Rejects where it does not answer soon: another database has to. */
  execute: Executor["execute"];
}

/** Where a replica may be found, over all its restarts. */
export interface ReplicaPlace {
  readonly name: string;
  /** Null while it is away, is no standby of `family`, or is too far behind. */
  current(): Replica | null;
  /** Looks how it stands; `primary` is where the primary was before, null where nobody knows. */
  look(primary: Standing | null, now: number): Promise<void>;
  close(): Promise<void>;
}

/** What is wrong with a replica, or null: told whenever it changes. */
type Report = (name: string, fault: string | null) => void;

/** Milliseconds that a replica is given for a statement. A request that waited in vain has time left for the primary. */
const PATIENCE = 1_000;
const ACQUIRE_TIMEOUT = 250;
/** Milliseconds that a replica may be behind; then its reads are the primary's until it has caught up. */
const LONGEST_LAG = 10_000;

export function createReplicaPlace(options: PoolOptions, report: Report): ReplicaPlace {
  const { hostname, port, pathname } = new URL(options.url);
  const name = `${hostname}:${port || 5432}${pathname}`;
  let family: string | undefined;
  let connections = connect();
  let replica: Replica | null = null;
  let fault: string | null = "not looked at yet";
  /** Where the primary was, and when; set anew once the replica has got there. */
  let mark: { readonly position: Position; readonly at: number } | null = null;
  let isBehind = false;
  let isClosed = false;

  function connect() {
    const lost = () => {
      if (used === connections && replica !== null) renew("lost a connection");
    };
    const own: PoolOptions = {
      ...options,
      server: "replica",
      statementTimeout: Math.min(PATIENCE, options.statementTimeout),
      onClose: lost,
    };
    const used = {
      pool: createPool(own, ACQUIRE_TIMEOUT),
      probe: createConnection(own),
    };
    return used;
  }

  const tell = (now: string | null) => {
    if (now !== fault) report(name, now);
    fault = now;
  };

  function renew(why: string) {
    replica = null;
    tell(why);
    const old = connections;
    if (!isClosed) connections = connect();
    void Promise.all([old.pool.close(), old.probe.close()]);
  }

  function found(standing: Standing): Replica {
    const { pool, probe } = connections;
    const { timeline } = standing.position;
    let last = standing.position;
    const ask = shared(async () => {
      const lsn = await replayed(probe);
      if (lsn > last.lsn) last = { timeline, lsn };
      return last;
    });
    const self: Replica = {
      name,
      position: () => last,
      ask,
      execute: (statement, parameters, watch?: Watch) =>
        pool.run((connection) => {
          if (replica !== self) throw new Error("the replica was lost");
          return connection.execute(statement, parameters, watch);
        }, watch),
    };
    return self;
  }

  /** What is wrong with how it stands. */
  function judge(standing: Standing | null, primary: Standing | null, now: number): string | null {
    if (standing === null) return "is no standby";
    family = primary?.family ?? family;
    if (family === undefined) return "waits for the primary";
    if (standing.family !== family) return "is a standby of another primary";
    if (mark !== null) {
      const isThere = reaches(standing.position, mark.position);
      if (isThere || !isBehind) isBehind = now - mark.at > LONGEST_LAG;
      if (isThere) mark = null;
    }
    if (primary !== null) mark ??= { position: primary.position, at: now };
    return isBehind ? "is too far behind" : null;
  }

  return {
    name,
    current: () => (fault === null ? replica : null),
    async look(primary, now) {
      const { probe } = connections;
      const before = replica?.position();
      try {
        const answer = await withinTime(
          PATIENCE,
          standingOfStandby(probe).then((standing) => ({ standing })),
        );
        if (answer === null) throw new Error("no answer");
        if (probe !== connections.probe) return;
        const { standing } = answer;
        if (before && standing && standing.position.lsn < before.lsn) return renew("has gone back");
        if (standing === null) replica = null;
        else if (replica === null || standing.position.timeline > replica.position().timeline) {
          replica = found(standing);
        }
        tell(judge(standing, primary, now));
      } catch (error) {
        if (probe !== connections.probe) return;
        renew(`does not answer (${(error as { code?: string }).code ?? "too late"})`);
      }
    },
    async close() {
      isClosed = true;
      replica = null;
      await Promise.all([connections.pool.close(), connections.probe.close()]);
    },
  };
}
