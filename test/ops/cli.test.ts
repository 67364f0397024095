import { describe, expect, it } from "vitest";
import { ACCOUNT, ACCOUNT_ENV, basic, type Environment } from "../setup/processes.ts";
import { useProcesses } from "./processes.ts";

const { temporaryDirectory, execute, startServer } = useProcesses();

async function cli(env: Environment, ...args: string[]) {
  const { exit } = await execute(["dist/cli.js", ...args], env);
  return exit;
}

async function json(env: Environment, ...args: string[]) {
  const { code, stdout, stderr } = await cli(env, ...args, "--json");
  expect(stderr).not.toContain("failed");
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe("the accounts' CLI", () => {
  it("makes accounts and keys that a server accepts, and revokes them", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory() };
    const account = await json(env, "account", "create", "--friendly-name", "Acme");
    expect(account).toMatchObject({ sid: /^AC[0-9a-f]{32}$/.exec(account.sid)?.[0], friendlyName: "Acme" });
    expect(account.authToken).toMatch(/^[0-9a-f]{32}$/);
    const key = await json(env, "api-key", "create", "--account", account.sid);
    const doomed = await json(
      env,
      "api-key",
      "create",
      "--account",
      account.sid,
      "--friendly-name",
      "doomed",
    );
    expect(key).toMatchObject({
      sid: expect.stringMatching(/^SK/),
      secret: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const keys = await json(env, "api-key", "list", "--account", account.sid);
    expect(keys.map(({ sid, secret }: Record<string, string>) => [sid, secret])).toEqual([
      [key.sid, undefined],
      [doomed.sid, undefined],
    ]);
    await json(env, "api-key", "revoke", doomed.sid, "--account", account.sid);
    const { authToken } = await json(env, "account", "rotate-token", account.sid);
    const listed = await json(env, "account", "list");
    expect(listed).toEqual([expect.objectContaining({ sid: account.sid, friendlyName: "Acme" })]);
    expect(JSON.stringify(listed)).not.toContain(authToken);

    const server = await startServer(env);
    const status = async (user: string, password: string) =>
      (await server.fetch("/v1/Conversations", { headers: { authorization: basic(user, password) } })).status;
    expect(await status(account.sid, authToken)).toBe(200);
    expect(await status(account.sid, account.authToken)).toBe(401);
    expect(await status(key.sid, key.secret)).toBe(200);
    expect(await status(doomed.sid, doomed.secret)).toBe(401);

    const running = await cli(env, "account", "list");
    expect(running.code).toBe(1);
    expect(running.stdout).toBe("");
    expect(running.stderr).toContain("while the server is stopped");
  });

  it("refuses to rotate the token that the environment rules, and what it does not know", async () => {
    const env = { PARLEY_DATA_DIR: await temporaryDirectory(), ...ACCOUNT_ENV };
    const unknown = await cli(env, "account", "rotate-token", `AC${"1".repeat(32)}`);
    expect(unknown).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `There is no account AC${"1".repeat(32)}\n`,
    });
    const ruled = await cli(
      env,
      "account",
      "rotate-token",
      ACCOUNT.sid.replace(/[a-f]/g, (c) => c.toUpperCase()),
    );
    expect(ruled.code).toBe(1);
    expect(ruled.stderr).toContain("PARLEY_AUTH_TOKEN rules the account");
    for (const args of [
      ["api-key", "create", "--account", `AC${"1".repeat(32)}`],
      ["api-key", "list", "--account", `AC${"1".repeat(32)}`],
      ["api-key", "revoke", `SK${"1".repeat(32)}`, "--account", ACCOUNT.sid],
      ["api-key", "create", "--account", "ann"],
      ["api-key", "create"],
      ["account", "burn"],
    ]) {
      const { code, stdout, stderr } = await cli(env, ...args);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).not.toBe("");
    }
  });
});
