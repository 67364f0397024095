import { createServer } from "node:net";
import type { Keeper } from "./accounts/resolvers.ts";
import { banner } from "./banner.ts";
import type { Config } from "./config.ts";
import { acceptWaiting } from "./connections.ts";
import { createSecretBox } from "./core/secret.ts";
import { createSidSource } from "./core/sid.ts";
import { openDatabase } from "./database.ts";
import type { Database } from "./db/client.ts";
import { statementText } from "./db/statement.ts";
import type { Logger } from "./log.ts";
import { oncePrepared, prepareDatabase } from "./prepare.ts";
import { listen } from "./server.ts";
import type { Running } from "./start.ts";
import { startWorkers } from "./workers.ts";

/** How long connections in the listener's queue are taken in when it stops, in milliseconds. */
const ACCEPTING = 2_000;
/** How long they may then wait for busy workers. */
const HANDING_OVER = 5_000;

/**
 * Listens, and hands each connection to one of several processes, each of which is a whole server. They prepare
 * nothing: one process does, once. Node would let them share the port, but whoever closes that last then resets what
 * nobody has accepted yet; here no connection comes after the last one is handed over.
 */
export async function startCluster(
  config: Config,
  log: Logger,
  print: (text: string) => void,
): Promise<Running> {
  const server = createServer({ noDelay: true, pauseOnConnect: true });
  await listen(server, config.host, config.port);
  const workers = startWorkers(config.workers, log);
  let accepted = 0;
  server.on("connection", (socket) => {
    accepted++;
    socket.on("error", () => {});
    workers.take(socket);
  });
  const preparing = await prepareOnce(config, log, workers.prepared);
  const failure = await Promise.race([workers.ready, workers.failed]);
  if (failure) {
    await preparing.stop();
    throw failure;
  }
  print(banner(config, null, null, config.workers));
  return {
    refused: preparing.refused,
    async stop() {
      await acceptWaiting(() => accepted, ACCEPTING);
      server.close();
      await Promise.all([workers.stop(HANDING_OVER), preparing.stop()]);
    },
  };
}

/** With a pool of its own, closed when it stops. */
async function prepareOnce(config: Config, log: Logger, onPrepared: () => void): Promise<Running> {
  const { db, secretKey, close } = await openDatabase({
    ...config,
    postgres: { ...config.postgres!, poolSize: 1 },
  });
  const keeper: Keeper = {
    db,
    newSid: createSidSource(),
    secrets: createSecretBox(secretKey),
    now: () => new Date().toISOString(),
  };
  const preparing = oncePrepared(
    () => prepareDatabase(keeper, config.account),
    log,
    () => {
      onPrepared();
      const telling = tellConnections(config, db, log).catch(() => {});
      return { stop: () => telling };
    },
  );
  return {
    refused: preparing.refused,
    async stop() {
      await preparing.stop();
      await close();
    },
  };
}

const ALLOWED = statementText(
  "connectionsAllowed",
  "select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int",
);

/** Of this process: to prepare, and to ask whether the database is there. */
const OWN_CONNECTIONS = 2;

/** Each worker has a pool, a connection that asks whether the database is there, and with replicas one for positions. */
async function tellConnections({ workers, postgres }: Config, db: Database, log: Logger): Promise<void> {
  const beside = postgres!.replicaUrls.length > 0 ? 2 : 1;
  const connections = workers * (postgres!.poolSize + beside) + OWN_CONNECTIONS;
  const [row] = await db.execute(ALLOWED, []);
  const allowed = Number(row![0]);
  const told = { workers, connections, allowed };
  if (connections > allowed)
    log.warn(told, "more connections than the database allows: lower PARLEY_DB_POOL_SIZE");
  else log.info(told, "connections of all workers");
}
