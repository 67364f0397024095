import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import type postgres from "postgres";

/** Milliseconds that all threads of a process have run; NaN where it cannot be seen. */
export function cpuOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const ran = threads.map(
      (thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0],
    );
    return ran.reduce((sum, nanoseconds) => sum + Number(nanoseconds), 0) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** Memory that a process holds, in MB. */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

/** Processes of Postgres that serve others than us on that database. */
export async function backendsOf(sql: postgres.Sql): Promise<number[]> {
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  return rows.map(({ pid }) => pid);
}

/** Keeps processes on one core; false where that is not permitted, or they are on another machine. */
export function pin(pids: readonly number[], core: number): boolean {
  let pinned = true;
  for (const pid of pids) {
    try {
      execFileSync("taskset", ["-acp", String(core), String(pid)], { stdio: "ignore" });
    } catch {
      pinned = false;
    }
  }
  return pinned;
}

/** Milliseconds that the cores of this machine have worked since, for anyone. */
export function createMachineWatch(): () => { used: number; cores: number } {
  const worked = () =>
    cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const before = worked();
  return () => ({ used: worked() - before, cores: cpus().length });
}
