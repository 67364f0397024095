import { withinTime } from "../core/shared.ts";
import { type Database, type Db, within } from "./client.ts";
import type { Position } from "./position.ts";
import type { Replica } from "./replica.ts";
import type { Replicas } from "./replicas.ts";

/**
 * What one request works with. `db` is the primary; once it is known that the request only reads, the reads of `db` may
 * be answered by a replica, one and the same for all of them.
 */
export interface Session {
  readonly db: Db;
  /** Said by the surfaces, of a GET and of a query, before anything is read. */
  onlyReads(): void;
}

/** Where no replica can answer. */
export function primarySession(db: Db): Session {
  return { db, onlyReads() {} };
}

export interface ReplicatedSession extends Session {
  /** What the request has read and written is visible from here on; null where it has done neither, or nobody knows. */
  seen(): Promise<Position | null>;
}

/** How long an answer that is ready waits to learn of its position, in milliseconds. */
const PATIENCE = 500;

/** @param least what the client has seen; null where that is unknown, and only the primary shows no less */
export function replicatedSession(
  primary: Database,
  replicas: Replicas,
  least: Position | null,
): ReplicatedSession {
  let mayChoose = false;
  let choice: Promise<Replica | null> | undefined;
  let used: Replica | "primary" | null = null;
  const onPrimary = () => {
    used = "primary";
    return primary;
  };
  const choose = () => {
    if (!mayChoose || least === null) return null;
    choice ??= replicas.choose(least);
    return choice;
  };
  const read = async (replica: Replica, ...statement: Parameters<Db["execute"]>) => {
    try {
      const rows = await replica.execute(...statement);
      used ??= replica;
      return rows;
    } catch {
      // Whatever it was: were it the statement's fault, the primary would say so.
      choice = Promise.resolve(null);
      return onPrimary().execute(...statement);
    }
  };
  const db: Db = {
    nested: false,
    transaction: (work, watch) => onPrimary().transaction(work, watch),
    execute(...statement) {
      const chosen = statement[0].isSelect ? choose() : null;
      if (chosen === null) return onPrimary().execute(...statement);
      return within(primary.deadline, async () => {
        const replica = await chosen;
        return replica === null ? onPrimary().execute(...statement) : read(replica, ...statement);
      });
    },
  };
  const ask = async (): Promise<Position | null> => {
    if (used !== null && used !== "primary") {
      const position = await used.ask().catch(() => null);
      if (position !== null) return position;
    }
    return replicas.written();
  };
  return {
    db,
    onlyReads() {
      mayChoose = true;
    },
    seen: async () => (used === null ? least : withinTime(PATIENCE, ask()).catch(() => null)),
  };
}
