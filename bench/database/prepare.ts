import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { startParley } from "../contestants/parley.ts";
import { ACCOUNT, NODE, ROOT } from "../settings.ts";
import { takeIndexesOff } from "./indexes.ts";
import { rows, type Scale } from "./rows.ts";
import { restore } from "./undo.ts";

const ADMIN = process.env.BENCH_DATABASE_URL || "postgres://postgres@127.0.0.1:5432/postgres";
const KEEP = process.env.BENCH_KEEP === "1";

export interface Filled {
  readonly name: string;
  readonly url: string;
  readonly scale: Scale;
  readonly sql: postgres.Sql;
  readonly service: string;
  readonly roles: { readonly conversation: string; readonly user: string };
  drop(): Promise<void>;
}

/** A database with Parley's schema, made by Parley, and the data of that scale in it. */
export async function prepareDatabase(scale: Scale, say: (text: string) => void): Promise<Filled> {
  const admin = postgres(ADMIN, { max: 1, onnotice: () => {} });
  const name = `parley_bench_${scale * 10}_${KEEP ? fingerprint() : process.pid}`;
  const url = Object.assign(new URL(ADMIN), { pathname: `/${name}` }).href;
  const drop = async () => {
    if (!KEEP) await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.end();
  };
  try {
    // Two runs that keep their databases may want the same one.
    await admin`select pg_advisory_lock(hashtext(${name}))`;
    const [there] = await admin`select from pg_database where datname = ${name}`;
    if (!there) {
      await admin.unsafe(`create database ${name} template template0 encoding 'UTF8'`);
      const started = Date.now();
      await fill(url, scale).catch(async (error: unknown) => {
        await admin.unsafe(`drop database if exists ${name} with (force)`);
        throw error;
      });
      say(`${name}: filled in ${Math.round((Date.now() - started) / 1000)} s\n`);
    }
    await admin`select pg_advisory_unlock(hashtext(${name}))`;
    const sql = postgres(url, {
      max: 1,
      onnotice: () => {},
      connection: { application_name: "parley-bench" },
    });
    const { service, conversationRole, userRole } = await owner(sql);
    const roles = { conversation: conversationRole, user: userRole };
    await restore({ sql });
    const close = async () => {
      await sql.end();
      await drop();
    };
    return { name, url, scale, sql, service, roles, drop: close };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** Changes with everything that the data depend on. */
function fingerprint(): string {
  const drizzle = join(ROOT, "drizzle");
  const migrations = readdirSync(drizzle).filter((file) => /^\d+_.*\.sql$/.test(file));
  const files = [
    ...migrations.sort().map((file) => join(drizzle, file)),
    join(import.meta.dirname, "rows.ts"),
  ];
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 8);
}

async function fill(url: string, scale: Scale): Promise<void> {
  const parley = await startParley({ node: NODE.own, databaseUrl: url });
  await parley.stop();
  const sql = postgres(url, {
    max: 3,
    onnotice: () => {},
    connection: { TimeZone: "UTC", maintenance_work_mem: "512MB", synchronous_commit: "off" } as object,
  });
  try {
    const restore = await takeIndexesOff(sql);
    for (const together of rows(scale, await owner(sql))) {
      await Promise.all(together.map((statement) => sql.unsafe(statement)));
    }
    await restore(sql);
    await sql.unsafe("vacuum (analyze, freeze)");
    await sql.unsafe("checkpoint").catch(() => {});
  } finally {
    await sql.end();
  }
}

async function owner(sql: postgres.Sql) {
  const [row] = await sql<{ service: string; conversationRole: string; userRole: string }[]>`
    select s.sid as service, s.default_conversation_role_sid as "conversationRole",
      s.default_chat_service_role_sid as "userRole"
    from accounts a join services s on s.account_sid = a.account_sid and s.sid = a.default_service_sid
    where a.account_sid = ${ACCOUNT.sid}`;
  return { account: ACCOUNT.sid, ...row! };
}
