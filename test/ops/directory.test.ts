import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useProcesses } from "./processes.ts";

const { temporaryDirectory, execute } = useProcesses();

/** Holds the directory until it is killed; the text names a module, since Node resolves it against the compiled files. */
const HOLD = `
  import { holdDirectory } from "dist/db/directory.js";
  const held = await holdDirectory(process.argv[1]);
  await held.secretKey();
  process.stdout.write("held\\n");
  process.on("SIGTERM", () => held.release().then(() => process.exit(0)));
  setInterval(() => {}, 1000);
`;
const hold = (dir: string) => execute(["--input-type=module", "-e", HOLD, dir]);

const sockets = async (dir: string) => (await readdir(dir)).filter((name) => name.endsWith(".sock"));

describe("holdDirectory", () => {
  it("lets exactly one of six processes in that start at once", async () => {
    const dir = await temporaryDirectory();
    const processes = await Promise.all(Array.from({ length: 6 }, () => hold(dir)));
    const held = await Promise.all(
      processes.map(({ printed }) =>
        printed(/held/).then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(held.filter(Boolean)).toHaveLength(1);
    for (const [at, { exit }] of processes.entries()) {
      if (!held[at]) expect((await exit).stderr).toContain(`The data directory ${dir} is in use`);
    }
  });

  it("is taken over from an owner that was killed, and leaves no trace once released", async () => {
    const dir = await temporaryDirectory();
    const first = await hold(dir);
    await first.printed(/held/);
    first.child.kill("SIGKILL");
    await first.exit;
    const second = await hold(dir);
    await second.printed(/held/);
    expect(await sockets(dir)).toHaveLength(1);
    second.child.kill("SIGTERM");
    await second.exit;
    expect(await sockets(dir)).toHaveLength(0);
  });

  it("is not taken over from an owner that is stopped", async () => {
    const dir = await temporaryDirectory();
    const owner = await hold(dir);
    await owner.printed(/held/);
    owner.child.kill("SIGSTOP");
    const other = await hold(dir);
    expect((await other.exit).stderr).toContain("is in use");
  });

  it("holds a directory whose path is longer than a socket's may be", async () => {
    const dir = join(await temporaryDirectory(), "x".repeat(120));
    await mkdir(dir);
    const owner = await hold(dir);
    await owner.printed(/held/);
    const other = await hold(dir);
    expect((await other.exit).stderr).toContain("is in use");
  });

  it("keeps the key to itself", async () => {
    const dir = join(await temporaryDirectory(), "new");
    await (await hold(dir)).printed(/held/);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(dir, "secret.key"))).mode & 0o777).toBe(0o600);
  });
});
