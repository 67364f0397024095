// Runs on whatever Node there is: installs what the bench needs, and hands over to its own Node, on the load's core.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const lock = join(here, "package-lock.json");
const installed = join(here, "node_modules/.package-lock.json");

function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0));
}

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  run("npm", ["ci", "--silent"], { cwd: here });
}
run("npm", ["run", "--silent", "build"], { cwd: join(here, "..") });
run(
  "taskset",
  ["-c", "1", join(here, "node_modules/node/bin/node"), join(here, "main.ts"), ...process.argv.slice(2)],
  { env: { ...process.env, BENCH_NODE: process.execPath } },
);
