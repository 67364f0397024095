import { execFileSync, type SpawnOptions, spawn } from "node:child_process";
import { chownSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { eventually, freePort } from "../test/setup/processes.ts";

export type Cluster = Awaited<ReturnType<typeof makeCluster>>;

/** A Postgres in a temporary directory, on a port of its own, which may be killed. */
export async function makeCluster() {
  const bin = await binaries();
  const owner = ownerOf();
  // A service may not reach into root's own temporary directories.
  const dir = await mkdtemp("/tmp/parley-cluster-");
  if (owner) chownSync(dir, owner.uid, owner.gid);
  const options: SpawnOptions = { ...owner, cwd: dir, stdio: "ignore" };
  await ended(
    spawn(join(bin, "initdb"), ["-D", join(dir, "data"), "-U", "postgres", "-A", "trust"], options),
  );
  const port = await freePort();
  const admin = postgres(`postgres://postgres@127.0.0.1:${port}/postgres`, { max: 2, onnotice: () => {} });
  let child: ReturnType<typeof spawn> | undefined;
  const start = async () => {
    // Processes are killed here, not the machine: what was written is there, whether or not it has reached the disk.
    const settings = [
      "fsync=off",
      "max_connections=300",
      `port=${port}`,
      "listen_addresses=127.0.0.1",
      `unix_socket_directories=${dir}`,
    ];
    const args = ["-D", join(dir, "data"), ...settings.flatMap((setting) => ["-c", setting])];
    child = spawn(join(bin, "postgres"), args, options);
    await eventually(async () => (await admin`select 1`).length === 1);
  };
  const stop = async (signal: "SIGKILL" | "SIGQUIT") => {
    const dead = child && ended(child).catch(() => {});
    child?.kill(signal);
    await dead;
  };
  await start();
  return {
    admin,
    async database(): Promise<URL> {
      const name = `chaos_${Math.random().toString(36).slice(2)}`;
      await admin.unsafe(`create database ${name}`);
      return new URL(`postgres://postgres@127.0.0.1:${port}/${name}`);
    },
    kill: () => stop("SIGKILL"),
    /** After a kill; what is left of the old one goes within moments. */
    async restart() {
      for (let left = 100; ; left--) {
        try {
          return await start();
        } catch (error) {
          if (left === 0) throw error;
          await sleep(100);
        }
      }
    },
    async end() {
      await admin.end({ timeout: 1 });
      await stop("SIGQUIT");
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function binaries(): Promise<string> {
  const base = "/usr/lib/postgresql";
  const versions = await readdir(base).catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest !== undefined) return join(base, newest, "bin");
  return execFileSync("pg_config", ["--bindir"], { encoding: "utf8" }).trim();
}

/** Postgres refuses to run as root. */
function ownerOf(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (what: string) => Number(execFileSync("id", [what, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function ended(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((done, failed) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once("error", failed);
    child.once("exit", (code) => (code === 0 ? done() : failed(new Error(`ended with ${code}`))));
  });
}
