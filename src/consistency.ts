import { ApiError } from "./core/errors.ts";
import { createSecretBox, deriveKey, SealedSecretError } from "./core/secret.ts";
import type { Database } from "./db/client.ts";
import { later, type Position } from "./db/position.ts";
import type { Replicas } from "./db/replicas.ts";
import { primarySession, replicatedSession, type Session } from "./db/session.ts";

/** Carries what a client has seen, from each answer to the client's next requests. */
export const CONSISTENCY = "Parley-Consistency";

/** What an authenticated client's request works with, and what its answer says to those that follow. */
export interface Consistent {
  readonly session: Session;
  /** The value of the answer's header, known once the answer is ready; null: none. */
  seen(): Promise<string> | null;
}

/** @throws ApiError INVALID_PARAMETER for the header */
export type Consistently = (headers: Headers) => Consistent;

/** Without replicas everything is on the primary: the header is neither read nor sent. */
export function onPrimary(db: Database): Consistently {
  const consistent = { session: primarySession(db), seen: () => null };
  return () => consistent;
}

/**
 * A request that only reads and says what its client has seen may be answered by a replica that has seen it too. Every
 * other one is the primary's, so that a client that knows nothing of this never sees less than it has written.
 */
export function onReplicas(db: Database, replicas: Replicas, secretKey: Buffer): Consistently {
  const tokens = createTokens(secretKey);
  return (headers) => {
    const session = replicatedSession(db, replicas, tokens.read(headers.get(CONSISTENCY)));
    return { session, seen: async () => tokens.write(await session.seen()) };
  };
}

/** A client with many requests at once sends all the tokens that it has got since. */
const MOST_TOKENS = 16;
const UNKNOWN = "primary";

/** Encrypted: they would tell each client how much all others write. The same for every server with the same key. */
function createTokens(secretKey: Buffer) {
  const box = createSecretBox(deriveKey(secretKey, "consistency"));
  const open = (token: string): Position | null => {
    const text = box.open("", token);
    if (text === UNKNOWN) return null;
    const [timeline, lsn] = text.split(" ") as [string, string];
    return { timeline: Number(timeline), lsn: BigInt(lsn) };
  };
  return {
    /** Null is on the primary only. @throws ApiError INVALID_PARAMETER */
    read(header: string | null): Position | null {
      if (header === null) return null;
      const texts = header.split(",").map((text) => text.trim());
      if (texts.length > MOST_TOKENS) throw refused(`at most ${MOST_TOKENS} tokens`);
      try {
        return texts.map(open).reduce((one, other) => one && other && later(one, other));
      } catch (error) {
        if (error instanceof SealedSecretError) throw refused("what an answer of this server carried");
        throw error;
      }
    },
    write: (position: Position | null) =>
      box.seal("", position === null ? UNKNOWN : `${position.timeline} ${position.lsn}`),
  };
}

function refused(rule: string): ApiError {
  return new ApiError("INVALID_PARAMETER", {
    message: `${CONSISTENCY} must be ${rule}`,
    parameter: CONSISTENCY,
  });
}
