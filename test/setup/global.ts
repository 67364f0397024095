import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { openEmbedded } from "../../src/db/embedded.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { POOL } from "./database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database of this run's own, or null: the embedded one. */
    databaseUrl: string | null;
    /** A file with a migrated, empty embedded database, for each worker to begin with. */
    snapshot: string | null;
  }
}

/** On real Postgres with `TEST_DATABASE_URL`, which may make databases; embedded without. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? onPostgres(project, server) : embedded(project);
}

async function onPostgres(project: TestProject, server: string) {
  const name = `parley_test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openPostgres({ ...POOL, url: url.href });
  await db.migrate();
  await db.close();
  project.provide("databaseUrl", url.href);
  project.provide("snapshot", null);
  return async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  };
}

async function embedded(project: TestProject) {
  const directory = await mkdtemp(join(tmpdir(), "parley-test-"));
  const snapshot = join(directory, "migrated.tar");
  const db = await openEmbedded();
  await db.migrate();
  await writeFile(snapshot, Buffer.from(await (await db.dump()).arrayBuffer()));
  await db.close();
  project.provide("databaseUrl", null);
  project.provide("snapshot", snapshot);
  return () => rm(directory, { recursive: true });
}
