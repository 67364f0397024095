import type { Logger } from "pino";
import type { Actor, Credentials } from "./auth/credentials.ts";
import type { Consistently } from "./consistency.ts";
import type { Admission } from "./core/admission.ts";
import type { Cursors } from "./core/cursor.ts";
import type { Instant } from "./core/instant.ts";
import type { SidSource } from "./core/sid.ts";
import type { Turns } from "./core/turns.ts";
import type { Database, Tx } from "./db/client.ts";
import { nested } from "./db/nested.ts";
import { doAhead, Unfinished } from "./db/parts.ts";
import type { Scope } from "./db/scope.ts";
import { primarySession, type Session } from "./db/session.ts";
import { watched } from "./db/watch.ts";
import { Loaders } from "./loaders.ts";
import type { Observer } from "./observe/observer.ts";
import type { RequestWatch } from "./observe/watch.ts";

/** Made once, at start. */
export interface Deps {
  /** The primary. */
  readonly db: Database;
  readonly consistently: Consistently;
  readonly log: Logger;
  readonly observer: Observer;
  /** What `/metrics` asks for; null: nothing. */
  readonly metricsToken: string | null;
  readonly cursors: Cursors;
  readonly credentials: Credentials;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newSid: SidSource;
  /** What every request passes before it is worked on, and again when its body is read: a slow body takes no place. */
  readonly admission: Admission;
  /** For repeats of a request that come while it is at work. */
  readonly turns: Turns;
  /** Origin of every URL that is emitted, without a slash at its end. */
  readonly publicUrl: string;
  /** Other origins whose pages may call us. */
  readonly allowedOrigins: readonly string[];
  /** How the GraphiQL page is served; null: not at all. */
  readonly graphiql: GraphiqlSettings | null;
}

export interface GraphiqlSettings {
  /** What the page is filled with when it is asked for by a name of the loopback; only an embedded server has it. */
  readonly credentials: { readonly username: string; readonly password: string } | null;
}

interface Progress {
  after: string;
  count: number;
}

/** Made anew for each request; its loaders remember what the request has read, and nothing else ever does. */
export interface Context extends Scope {
  readonly session: Session;
  readonly watch: RequestWatch;
  readonly actor: Actor;
  readonly log: Logger;
  readonly cursors: Cursors;
  readonly newSid: SidSource;
  readonly turns: Turns;
  readonly publicUrl: string;
  readonly loaders: Loaders;
  /** How far parts of an open transaction's work were done ahead of it, by whose they are; its next attempt goes on. */
  readonly ahead: Map<string, Progress>;
  /** The moment it is asked, where `now` is the moment of the request: a lock may be waited for in between. */
  readonly clock: () => Instant;
}

export function createContext(
  deps: Deps,
  actor: Actor,
  log: Logger = deps.log,
  watch: RequestWatch = deps.observer.background,
  session: Session = primarySession(deps.db),
): Context {
  const { cursors, newSid, turns, publicUrl } = deps;
  const db = watched(session.db, watch);
  const scope = { db, accountSid: actor.accountSid, now: new Date(deps.clock()).toISOString(), watch };
  const clock = () => new Date(deps.clock()).toISOString();
  return {
    ...scope,
    session,
    clock,
    actor,
    log,
    cursors,
    newSid,
    turns,
    publicUrl,
    ahead: new Map(),
    loaders: new Loaders(scope),
  };
}

/**
 * Runs `work` with a context of its own, all of whose statements are one transaction: everything that resolvers do with
 * it happens, or nothing does. It runs again from the start where it lost against a concurrent transaction; and where it
 * is more than one transaction should do, once its parts before the last are done.
 *
 * @param mayGoOn is asked first in the transaction of each of those parts
 */
export async function inTransaction<T>(
  ctx: Context,
  work: (ctx: Context, tx: Tx) => Promise<T>,
  mayGoOn: (tx: Tx) => Promise<boolean> = async () => true,
): Promise<T> {
  const { accountSid, now, db, watch } = ctx;
  const ahead = db.nested ? ctx.ahead : new Map();
  const attempt = (tx: Tx) => {
    const scope = { db: nested(tx), accountSid, now, watch };
    return work({ ...ctx, ...scope, ahead, loaders: new Loaders(scope) }, tx);
  };
  try {
    for (;;) {
      try {
        return await db.transaction(attempt);
      } catch (error) {
        if (db.nested || !(error instanceof Unfinished)) throw error;
        await doAhead(error, db, mayGoOn);
      }
    }
  } finally {
    ctx.loaders.clearAll();
  }
}
