import { Command } from "commander";
import { type Account, createSecret } from "./accounts/model.ts";
import {
  createApiKey,
  findAccount,
  type Keeper,
  listAccounts,
  listApiKeys,
  oldestCredential,
  revokeApiKey,
  setAuthToken,
} from "./accounts/resolvers.ts";
import { type Config, ConfigError, parseConfig } from "./config.ts";
import { ApiError } from "./core/errors.ts";
import { createSecretBox, SealedSecretError } from "./core/secret.ts";
import { createSidSource, parseSid } from "./core/sid.ts";
import { openDatabase } from "./database.ts";
import { DirectoryInUseError, DirectoryUnusableError } from "./db/directory.ts";
import { createAccount } from "./services/resolvers.ts";

/** Told to the person at the terminal as it is. */
class CommandError extends Error {}

const SELF_EXPLANATORY = [CommandError, ConfigError, DirectoryUnusableError, SealedSecretError];

type Row = Readonly<Record<string, string>>;

const SHOWN_ONCE = "The secret is shown this once: keep it safe.\n";

const program = new Command("parley").description("Accounts and API keys of a Parley server");

const account = program.command("account").description("Accounts, each with data of its own");

account
  .command("create")
  .description("make an account, with its default service")
  .option("--friendly-name <name>", "a name for people", "")
  .option("--json", "print JSON")
  .action((options) =>
    run(async (keeper) => {
      const sid = keeper.newSid("AC");
      const authToken = createSecret();
      const authTokenCipher = keeper.secrets.seal(sid, authToken);
      await createAccount(keeper.db, keeper.newSid, keeper.now(), {
        sid,
        friendlyName: options.friendlyName,
        authTokenCipher,
      });
      const made = await findAccount(keeper.db, sid);
      print({ ...shown(made!), authToken }, options);
      process.stderr.write(SHOWN_ONCE);
    }),
  );

account
  .command("list")
  .description("list all accounts")
  .option("--json", "print JSON")
  .action((options) => run(async ({ db }) => print((await listAccounts(db)).map(shown), options)));

account
  .command("rotate-token")
  .description("replace the auth token of an account; servers forget the old one within 30 seconds")
  .argument("[sid]", "SID of the account")
  .option("--account <sid>", "the same")
  .option("--json", "print JSON")
  .action((argument, options) =>
    run(async (keeper, config) => {
      const sid = sidOf("AC", argument ?? options.account, "an account, AC…");
      if (config.account?.sid === sid) {
        throw new CommandError(`PARLEY_AUTH_TOKEN rules the account ${sid}: change it there`);
      }
      const authToken = createSecret();
      const rotated = await known(`account ${sid}`, setAuthToken(keeper, sid, authToken));
      print({ ...shown(rotated), authToken }, options);
      process.stderr.write(SHOWN_ONCE);
    }),
  );

const apiKey = program
  .command("api-key")
  .description("API keys: further credentials of an account, revocable singly");

apiKey
  .command("create")
  .description("make an API key")
  .requiredOption("--account <sid>", "SID of the account")
  .option("--friendly-name <name>", "a name for people", "")
  .option("--json", "print JSON")
  .action((options) =>
    run(async (keeper) => {
      const accountSid = sidOf("AC", options.account, "an account, AC…");
      const creating = createApiKey(keeper, { accountSid, friendlyName: options.friendlyName });
      const { apiKey: made, secret } = await known(`account ${accountSid}`, creating);
      print({ ...made, secret }, options);
      process.stderr.write(SHOWN_ONCE);
    }),
  );

apiKey
  .command("list")
  .description("list the API keys of an account")
  .requiredOption("--account <sid>", "SID of the account")
  .option("--json", "print JSON")
  .action((options) =>
    run(async ({ db }) => {
      const accountSid = sidOf("AC", options.account, "an account, AC…");
      const keys = await known(`account ${accountSid}`, listApiKeys(db, accountSid));
      print(
        keys.map((row) => ({ ...row })),
        options,
      );
    }),
  );

apiKey
  .command("revoke")
  .description("revoke an API key; servers refuse it within 30 seconds")
  .argument("<sid>", "SID of the key")
  .requiredOption("--account <sid>", "SID of the account")
  .option("--json", "print JSON")
  .action((argument, options) =>
    run(async ({ db }) => {
      const accountSid = sidOf("AC", options.account, "an account, AC…");
      const sid = sidOf("SK", argument, "an API key, SK…");
      const revoked = await known(
        `API key ${sid} of account ${accountSid}`,
        revokeApiKey(db, { accountSid, sid }),
      );
      print({ ...revoked }, options);
      process.stderr.write("Revoked.\n");
    }),
  );

try {
  await program.parseAsync();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

async function run(work: (keeper: Keeper, config: Config) => Promise<void>): Promise<void> {
  const config = parseConfig(process.env);
  const { db, secretKey, close } = await openDatabase(config);
  try {
    await db.migrate();
    const now = () => new Date().toISOString();
    const keeper = { db, secrets: createSecretBox(secretKey), newSid: createSidSource(), now };
    await oldestCredential(keeper);
    await work(keeper, config);
  } finally {
    await close();
  }
}

function sidOf(prefix: "AC" | "SK", text: string | undefined, what: string): string {
  const sid = parseSid(prefix, text ?? "");
  if (sid === null) throw new CommandError(`Name ${what} and 32 hex digits: ${text ?? "nothing"} is not one`);
  return sid;
}

async function known<T>(what: string, work: Promise<T>): Promise<T> {
  return work.catch((error) => {
    throw error instanceof ApiError && error.code === "NOT_FOUND"
      ? new CommandError(`There is no ${what}`)
      : error;
  });
}

/** What tells accounts apart; what each has configured is for its own requests to ask. */
function shown({ sid, friendlyName, defaultServiceSid, dateCreated, dateUpdated }: Account): Row {
  return { sid, friendlyName, defaultServiceSid, dateCreated, dateUpdated };
}

function print(data: Row | readonly Row[], options: { json?: boolean }): void {
  if (options.json) return void process.stdout.write(`${JSON.stringify(data)}\n`);
  const blocks = [data].flat().map((row) => {
    const width = Math.max(...Object.keys(row).map((key) => key.length));
    return Object.entries(row)
      .map(([key, value]) => `${key.padEnd(width)}  ${value}\n`)
      .join("");
  });
  process.stdout.write(blocks.join("\n"));
}

function explain(error: unknown): string {
  if (error instanceof DirectoryInUseError) {
    return `${error.message}. With the embedded database these commands work while the server is stopped.`;
  }
  if (SELF_EXPLANATORY.some((type) => error instanceof type)) return (error as Error).message;
  if (error instanceof ApiError && error.code === "UNAVAILABLE")
    return "The database can't be reached, try again later";
  const { message, code } = error as NodeJS.ErrnoException;
  return `The command failed: ${message || code}`;
}
