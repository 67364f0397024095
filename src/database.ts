import { mkdir } from "node:fs/promises";
import type { Config } from "./config.ts";
import type { Database } from "./db/client.ts";
import { type HeldDirectory, holdDirectory } from "./db/directory.ts";
import { openPostgres } from "./db/postgres.ts";

/** The database that the configuration names, and the key to the secrets in it. */
export interface OpenDatabase {
  readonly db: Database;
  readonly secretKey: Buffer;
  close(): Promise<void>;
}

/** @throws DirectoryInUseError */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  if (config.postgres) {
    const db = openPostgres(config.postgres);
    // The configuration is refused where DATABASE_URL comes without a key.
    return { db, secretKey: config.secretKey!, close: () => db.close() };
  }
  const directory = await holdDirectory(config.dataDir);
  try {
    return await openIn(directory, config);
  } catch (error) {
    await directory.release();
    throw error;
  }
}

async function openIn(directory: HeldDirectory, config: Config): Promise<OpenDatabase> {
  const secretKey = config.secretKey ?? (await directory.secretKey());
  await mkdir(directory.databaseDir, { recursive: true, mode: 0o700 });
  // What a server on Postgres has no use for is not loaded there.
  const { openEmbedded } = await import("./db/embedded.ts");
  const db = await openEmbedded({ dataDir: directory.databaseDir });
  const close = async () => {
    await db.close();
    await directory.release();
  };
  return { db, secretKey, close };
}
