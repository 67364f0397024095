import { randomBytes } from "node:crypto";
import pino from "pino";
import { createApp } from "../../src/app.ts";
import { createCredentials } from "../../src/auth/credentials.ts";
import { onPrimary } from "../../src/consistency.ts";
import type { Deps } from "../../src/context.ts";
import { createAdmission } from "../../src/core/admission.ts";
import { createCursors } from "../../src/core/cursor.ts";
import { createSecretBox, deriveKey } from "../../src/core/secret.ts";
import { createSidSource } from "../../src/core/sid.ts";
import { createTurns } from "../../src/core/turns.ts";
import { watched } from "../../src/db/watch.ts";
import { createObserver } from "../../src/observe/observer.ts";
import { createAccount } from "../../src/services/resolvers.ts";
import { openTestDatabase } from "./database.ts";

export const PUBLIC_URL = "http://parley.test";
export const SECRET_KEY = Buffer.alloc(32, 7);

export interface TestAccount {
  readonly sid: string;
  readonly authToken: string;
  readonly authorization: string;
}

export interface TestApp {
  readonly deps: Deps;
  readonly fetch: (request: Request) => Promise<Response>;
  /** A new account with its default service. */
  account(): Promise<TestAccount>;
}

/** The whole application over the worker's database; `overrides` replace what it is made from. */
export async function createTestApp(overrides: Partial<Deps> = {}): Promise<TestApp> {
  const db = overrides.db ?? (await openTestDatabase());
  const clock = overrides.clock ?? Date.now;
  const log = overrides.log ?? pino({ level: "silent" });
  const observer =
    overrides.observer ?? createObserver({ pool: db.pool, log, slowStatement: 0, withProcess: false });
  const deps: Deps = {
    db,
    clock,
    log,
    observer,
    metricsToken: null,
    consistently: onPrimary(db),
    cursors: createCursors(deriveKey(SECRET_KEY, "cursors")),
    credentials: createCredentials({
      db: watched(db, observer.background),
      secretKey: SECRET_KEY,
      clock,
      cached: observer.cache("credentials"),
    }),
    newSid: createSidSource(),
    admission: createAdmission(1_000),
    turns: createTurns(),
    publicUrl: PUBLIC_URL,
    allowedOrigins: [],
    graphiql: { credentials: null },
    ...overrides,
  };
  return {
    deps,
    fetch: createApp(deps),
    async account() {
      const sid = deps.newSid("AC");
      const authToken = randomBytes(16).toString("hex");
      const authTokenCipher = createSecretBox(SECRET_KEY).seal(sid, authToken);
      await createAccount(deps.db, deps.newSid, new Date(clock()).toISOString(), {
        sid,
        friendlyName: "Test",
        authTokenCipher,
      });
      return { sid, authToken, authorization: `Basic ${btoa(`${sid}:${authToken}`)}` };
    },
  };
}
