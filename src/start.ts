import type { Keeper } from "./accounts/resolvers.ts";
import { createApp } from "./app.ts";
import { createCredentials } from "./auth/credentials.ts";
import { banner, madeAccount } from "./banner.ts";
import { bootstrapAccount, type FirstAccount, oldestAccount } from "./bootstrap.ts";
import type { Config } from "./config.ts";
import { onPrimary, onReplicas } from "./consistency.ts";
import { createContext, type Deps } from "./context.ts";
import { createAdmission } from "./core/admission.ts";
import { createCursors } from "./core/cursor.ts";
import { createSecretBox, deriveKey } from "./core/secret.ts";
import { createSidSource } from "./core/sid.ts";
import { createTurns } from "./core/turns.ts";
import { type OpenDatabase, openDatabase } from "./database.ts";
import { createGate } from "./db/gate.ts";
import { createReplicas, type Replicas } from "./db/replicas.ts";
import { watched } from "./db/watch.ts";
import { type DemoOutcome, fillWithDemo } from "./demo.ts";
import { createDoor } from "./door.ts";
import { gatherMetrics } from "./gathering.ts";
import type { Logger } from "./log.ts";
import { createObserver } from "./observe/observer.ts";
import { oncePrepared, prepareDatabase } from "./prepare.ts";
import type { Primary } from "./primary.ts";
import { startServer } from "./server.ts";
import { startSweeps } from "./sweep.ts";

export interface Running {
  /** Fulfilled where what came up must not go on, with the reason for whoever started it. */
  readonly refused: Promise<Error>;
  stop(): Promise<void>;
}

/** What is printed for the person at the terminal; secrets go here and never through the logger. */
type Print = (text: string) => void;

/** How long requests under way may take once the server stops, in milliseconds. */
const PATIENCE = 8_000;

/** Brings everything up, and listens. @throws Error with a message for whoever started it */
export async function start(
  config: Config,
  log: Logger,
  print: Print,
  primary: Primary | null,
): Promise<Running> {
  const database = await openDatabase(config);
  try {
    return await serve(config, database, log, print, primary);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function serve(
  config: Config,
  database: OpenDatabase,
  log: Logger,
  print: Print,
  primary: Primary | null,
): Promise<Running> {
  const { secretKey } = database;
  const gate = createGate(database.db);
  const { db } = gate;
  // Loaded only where it is asked for: it is larger than all else.
  const tracing = config.tracing && (await import("./observe/otel.ts")).startTracing(config.tracing, log);
  const observer = createObserver({
    pool: db.pool,
    log,
    slowStatement: config.slowStatement,
    withProcess: true,
    tracing,
  });
  const replicas = replicasOf(config, log);
  const newSid = createSidSource();
  const clock = Date.now;
  const keeper: Keeper = {
    db: database.db,
    newSid,
    secrets: createSecretBox(secretKey),
    now: () => new Date(clock()).toISOString(),
  };
  const deps: Deps = {
    db,
    log,
    newSid,
    clock,
    admission: createAdmission(config.maxRequests),
    turns: createTurns(),
    cursors: createCursors(deriveKey(secretKey, "cursors")),
    credentials: createCredentials({
      db: watched(db, observer.background),
      secretKey,
      clock,
      cached: observer.cache("credentials"),
    }),
    consistently: replicas ? onReplicas(db, replicas, secretKey) : onPrimary(db),
    observer: primary ? { ...observer, exposition: gatherMetrics(observer.snapshot) } : observer,
    metricsToken: config.metricsToken ?? null,
    publicUrl: config.publicUrl,
    allowedOrigins: config.corsOrigins,
    graphiql: config.graphiql ? { credentials: null } : null,
  };

  const first = config.postgres ? null : await prepareEmbedded(config, keeper, print);
  if (first) gate.open();
  const demo = first && config.demo ? await fillDemo(deps, first) : null;
  const local = isLoopback(config.host) && isLoopback(new URL(config.publicUrl).hostname);
  const app = createApp(first && local ? prefilled(deps, first) : deps);
  // With Postgres, the server answers 503 until the database is there, and so survives starting before it.
  const server = await startServer({
    app,
    host: config.host,
    port: config.port,
    publicUrl: config.publicUrl,
    log,
    door: await createDoor(deps),
    primary,
  });
  if (!primary) print(banner(config, first, demo));
  const sweepOnceUp = () => {
    gate.open();
    return startSweeps(deps);
  };
  const prepare = primary?.prepared ?? (() => prepareDatabase(keeper, config.account));
  const behind = first
    ? { ...startSweeps(deps), refused: new Promise<Error>(() => {}) }
    : oncePrepared(prepare, log, sweepOnceUp);
  return {
    refused: behind.refused,
    async stop() {
      await Promise.all([server.stop(PATIENCE), behind.stop()]);
      await Promise.all([database.close(), replicas?.close(), tracing?.stop()]);
    },
  };
}

/** Those that are named; each tells the log when it is left out, and when it is back. */
function replicasOf({ postgres }: Config, log: Logger): Replicas | null {
  if (!postgres || postgres.replicaUrls.length === 0) return null;
  const report = (replica: string, fault: string | null) => {
    if (fault === null) log.info({ replica }, "replica answers reads");
    else log.warn({ replica, fault }, "replica left out");
  };
  return createReplicas({ primary: postgres, urls: postgres.replicaUrls, report });
}

/** Embedded, everything is ready before anyone can ask. */
async function prepareEmbedded(config: Config, keeper: Keeper, print: Print): Promise<FirstAccount> {
  await keeper.db.migrate();
  if (config.account) return bootstrapAccount(keeper, config.account);
  const account = await oldestAccount(keeper);
  // At once: it is shown this one time, whatever becomes of the start.
  if (account.made) print(madeAccount(account));
  return account;
}

/** Also where an earlier start ended between the account and its demo data. */
async function fillDemo(deps: Deps, { accountSid }: FirstAccount): Promise<DemoOutcome> {
  const outcome = await fillWithDemo(createContext(deps, { accountSid, credentialSid: accountSid }));
  deps.log.info({ demo: outcome }, "demo data");
  return outcome;
}

function prefilled(deps: Deps, { accountSid, secret }: FirstAccount): Deps {
  const credentials = { username: accountSid, password: secret };
  return { ...deps, graphiql: deps.graphiql && { credentials } };
}

function isLoopback(host: string): boolean {
  return ["localhost", "::1", "[::1]"].includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
}
