import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openEmbedded } from "../../src/db/embedded.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { POOL } from "./database.ts";
import { createDatabase } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database of this run's own, or null: the embedded one. */
    databaseUrl: string | null;
    /** Name of another migrated database, to make more of, or null. */
    template: string | null;
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
  const template = await createDatabase(server);
  const db = openPostgres({ ...POOL, url: template.url });
  await db.migrate();
  await db.close();
  const shared = await createDatabase(server, template.name);
  project.provide("databaseUrl", shared.url);
  project.provide("template", template.name);
  project.provide("snapshot", null);
  return async () => {
    await shared.drop();
    await template.drop();
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
  project.provide("template", null);
  project.provide("snapshot", snapshot);
  return () => rm(directory, { recursive: true });
}
