// Runs on whatever Node there is: installs what the bench needs, and hands over to its own Node, on the load's core.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const lock = readFileSync(join(here, "package-lock.json"), "utf8");
const installed = join(here, "node_modules/.installed");

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

if (!existsSync(installed) || readFileSync(installed, "utf8") !== lock) {
  run("npm", ["ci", "--silent"], here);
  writeFileSync(installed, lock);
}
run("npm", ["run", "--silent", "build"], join(here, ".."));

const node = join(here, "node_modules/node/bin/node");
const bench = spawn("taskset", ["-c", "1", node, join(here, "main.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, BENCH_NODE: process.execPath },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => bench.kill(signal));
bench.on("exit", (code) => process.exit(code ?? 1));
