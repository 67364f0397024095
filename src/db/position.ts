import { type Executor, statementText } from "./statement.ts";

/** How far a database's log goes. A timeline begins with each failover, and its log where the last one was left. */
export interface Position {
  readonly timeline: number;
  readonly lsn: bigint;
}

/** Whether all that was visible at `least` is visible at `position`. */
export function reaches(position: Position, least: Position): boolean {
  return position.timeline >= least.timeline && position.lsn >= least.lsn;
}

/** What reaches both. */
export function later(one: Position, other: Position): Position {
  const { lsn } = one.lsn > other.lsn ? one : other;
  return { timeline: Math.max(one.timeline, other.timeline), lsn };
}

// A commit is seen once it is flushed, unless it does not wait for that; what is not flushed may not be sent for seconds.
// The name of a file has the timeline; what tells it elsewhere lags behind a failover.
const WRITTEN = statementText(
  "positionWritten",
  `select (lsn - '0/0')::text, left(pg_walfile_name(lsn), 8), (select system_identifier::text from pg_control_system())
   from (select case current_setting('synchronous_commit')
     when 'off' then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn() end) as log (lsn)`,
);

const REPLAYED = statementText("positionReplayed", "select (pg_last_wal_replay_lsn() - '0/0')::text");

// Its timeline is told late, and never early.
const STANDING = statementText(
  "replicaStanding",
  `select (pg_last_wal_replay_lsn() - '0/0')::text, greatest(c.timeline_id, r.min_recovery_end_timeline),
   pg_is_in_recovery(), (select system_identifier::text from pg_control_system())
   from pg_control_checkpoint() c, pg_control_recovery() r`,
);

/** A position in the log of a primary, or of its standbys: each such family has a name of its own. */
export interface Standing {
  readonly position: Position;
  readonly family: string;
}

/** Of a primary: past everything that it has committed. */
export async function standingOfPrimary(db: Executor): Promise<Standing> {
  const [[lsn, timeline, family] = []] = (await db.execute(WRITTEN, [])) as readonly string[][];
  return { position: { timeline: Number.parseInt(timeline!, 16), lsn: BigInt(lsn!) }, family: family! };
}

/** Of a standby; null where it is none. */
export async function standingOfStandby(db: Executor): Promise<Standing | null> {
  const [row = []] = await db.execute(STANDING, []);
  const [lsn, timeline, isStandby, family] = row as [string | null, number, boolean, string];
  return isStandby && lsn !== null ? { position: { timeline, lsn: BigInt(lsn) }, family } : null;
}

/** How far a standby has replayed the log: everything up to there is visible in it. */
export async function replayed(db: Executor): Promise<bigint> {
  const [[lsn] = []] = (await db.execute(REPLAYED, [])) as readonly string[][];
  return BigInt(lsn!);
}
