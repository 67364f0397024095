import { createHash, hash, timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import { type Credential, findCredential } from "../accounts/resolvers.ts";
import { ApiError } from "../core/errors.ts";
import { createSecretBox } from "../core/secret.ts";
import { parseSid } from "../core/sid.ts";
import type { Db } from "../db/client.ts";

/** Who is calling, and with which credential: the account's own token, or an API key. */
export interface Actor {
  readonly accountSid: string;
  readonly credentialSid: string;
}

export interface Credentials {
  /** @throws ApiError UNAUTHENTICATED, whatever is wrong with the credentials; UNAVAILABLE */
  authenticate(request: Request): Promise<Actor>;
}

interface CredentialsOptions {
  readonly db: Db;
  readonly secretKey: Buffer;
  readonly clock: () => number;
  /** Is told of every look-up among the remembered ones. */
  readonly cached: (isHit: boolean) => void;
}

/** A revoked credential is refused after this time at the latest. */
const CACHED_FOR = 30_000;
const CACHED_AT_MOST = 10_000;
const LONGEST_SECRET = 256;

/** Compared with where the SID is unknown, so that it takes as long as where it is known. */
const NOBODY: Credential = { accountSid: "", secret: "" };

/**
 * HTTP Basic: AccountSid and AuthToken, or an API key's SID and secret. Only what succeeded is remembered, and by the
 * header's digest: a wrong secret always asks the database, known SID or not, and so changes nothing and tells nothing.
 */
export function createCredentials({ db, secretKey, clock, cached }: CredentialsOptions): Credentials {
  const secrets = createSecretBox(secretKey);
  const nobodysCipher = secrets.seal("", createHash("sha256").update(secretKey).digest("hex").slice(0, 32));
  const remembered = new LRUCache<string, { actor: Actor; until: number }>({ max: CACHED_AT_MOST });

  return {
    async authenticate({ headers }) {
      const header = headers.get("authorization") ?? "";
      const digest = hash("sha256", header, "base64");
      const hit = remembered.get(digest);
      const isHit = hit !== undefined && hit.until > clock();
      cached(isHit);
      if (isHit) return hit.actor;

      const presented = parseBasic(header);
      if (presented === null) throw new ApiError("UNAUTHENTICATED");
      const until = clock() + CACHED_FOR;
      const found = await findCredential(db, secrets, presented.sid);
      if (found === null) secrets.open("", nobodysCipher);
      const { accountSid, secret } = found ?? NOBODY;
      const right = timingSafeEqual(digestOf(secret), digestOf(presented.secret));
      if (found === null || !right) throw new ApiError("UNAUTHENTICATED");
      const actor = { accountSid, credentialSid: presented.sid };
      remembered.set(digest, { actor, until });
      return actor;
    },
  };
}

function parseBasic(header: string): { sid: string; secret: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header)?.[1];
  if (encoded === undefined) return null;
  const [, user, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  if (user === undefined || secret === undefined || secret.length > LONGEST_SECRET) return null;
  const sid = parseSid("AC", user) ?? parseSid("SK", user);
  return sid === null ? null : { sid, secret };
}

function digestOf(secret: string): Buffer {
  return hash("sha256", secret, "buffer");
}
