import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { cp, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, vi } from "vitest";
import { createProcesses, type Processes } from "../setup/processes.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** Processes of the compiled program, all of which are gone after the tests of the file. */
export function useProcesses(): Processes {
  const processes = createProcesses(compiled);
  // A first start makes a database, which takes seconds on a busy machine.
  vi.setConfig({ testTimeout: 120_000 });
  afterAll(async () => {
    vi.resetConfig();
    await processes.end();
  });
  return processes;
}

let built: Promise<string> | undefined;

/** Compiled once per test worker, beside what the program expects beside it. */
function compiled(): Promise<string> {
  built ??= (async () => {
    const dir = await mkdtemp(join(tmpdir(), "parley-dist-"));
    process.once("exit", () => rmSync(dir, { recursive: true, force: true }));
    await cp(join(ROOT, "package.json"), join(dir, "package.json"));
    for (const name of ["node_modules", "drizzle"]) await symlink(join(ROOT, name), join(dir, name));
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    await run(process.execPath, [
      tsc,
      "-p",
      join(ROOT, "tsconfig.build.json"),
      "--outDir",
      join(dir, "dist"),
    ]);
    return join(dir, "dist");
  })();
  return built;
}
