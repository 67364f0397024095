import { expect } from "vitest";
import { createContext } from "../../src/context.ts";
import { createTestApp, type TestApp } from "./app.ts";
import { type Answer, type Form, graphqlClient, restClient } from "./clients.ts";
import { CONVERSATION_FAULTS, INBOX_FAULTS } from "./inbox.ts";

export type Seed = Awaited<ReturnType<typeof newAccount>>;
/** What v1 answers for a resource. */
export type Resource = Answer["body"];

let shared: Promise<TestApp> | undefined;

/** An account of its own, who speaks v1 as it, and what makes its resources; on the worker's app unless given another. */
export async function newAccount(on?: TestApp) {
  shared ??= createTestApp();
  const app = on ?? (await shared);
  const account = await app.account();
  const rest = restClient(app, account);
  const made = async (path: string, form: Form): Promise<Resource> => {
    const { status, body } = await rest.post(path, form);
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  };
  return {
    app,
    account,
    rest,
    graphql: graphqlClient(app, account),
    service: (friendlyName = "Another") => made("/v1/Services", { FriendlyName: friendlyName }),
    conversation: (form: Form = {}) => made("/v1/Conversations", form),
    participant: (conversation: Resource, form: Form) => made(conversation.links.participants, form),
    message: (conversation: Resource, form: Form = {}) =>
      made(conversation.links.messages, { Body: "hello", ...form }),
    user: (identity: string, form: Form = {}) => made("/v1/Users", { Identity: identity, ...form }),
    /** Of a request of its own, for calling resolvers. */
    context: () => createContext(app.deps, { accountSid: account.sid, credentialSid: account.sid }),
    /** Rows of a statement whose `$1` is the account. */
    query: (text: string) =>
      app.deps.db.execute({ name: "check", text: `/* check */ ${text}` }, [account.sid]),
    /** What the inbox and the conversations tell otherwise than participants and messages do; none, ever. */
    inboxFaults: () => faultsOf(app, account.sid),
    /** Every row the account has, as text: equal texts mean that nothing was changed. */
    stored: () => rowsOf(app, account.sid),
  };
}

/** An app whose time stands still until the test moves it. */
export async function appAt(start: string) {
  let moment = Date.parse(start);
  const app = await createTestApp({ clock: () => moment });
  return {
    app,
    /** Moves the time on. */
    pass(seconds: number) {
      moment += seconds * 1000;
    },
    at: (seconds: number) => `${new Date(moment + seconds * 1000).toISOString().slice(0, 19)}Z`,
  };
}

/** Matches an answer that refuses with that status and Twilio code. */
export function refusal(status: number, code: number) {
  return { status, body: { status, code } };
}

export function binding(address: string, proxyAddress: string): Form {
  return { "MessagingBinding.Address": address, "MessagingBinding.ProxyAddress": proxyAddress };
}

/** Who is in a group MMS with a number alone. */
export function native(address: string): Form {
  return { "MessagingBinding.Address": address };
}

/** Who is in a group MMS through a number of ours. */
export function projected(projectedAddress: string, identity?: string): Form {
  return {
    "MessagingBinding.ProjectedAddress": projectedAddress,
    ...(identity !== undefined && { Identity: identity }),
  };
}

/**
 * What is answered in the end: who is told to come back comes back, as those do on a busy machine who wait too long
 * for one of the few connections.
 */
export async function insist<A extends { readonly status: number }>(ask: () => Promise<A>): Promise<A> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
  }
}

/** What so many writers at once were answered, and how often: `{ "201": 1, "409 50433": 63 }`. */
export async function race(writers: number, write: (n: number) => Promise<Answer>) {
  const answers = await Promise.all(Array.from({ length: writers }, (_, n) => insist(() => write(n))));
  const tally: Record<string, number> = {};
  for (const { status, body } of answers) {
    const outcome = status < 400 ? `${status}` : `${status} ${body.code}`;
    tally[outcome] = (tally[outcome] ?? 0) + 1;
  }
  return tally;
}

async function faultsOf({ deps: { db } }: TestApp, accountSid: string) {
  const find = (text: string) => db.execute({ name: "faults", text }, [accountSid]);
  return [...(await find(INBOX_FAULTS)), ...(await find(CONVERSATION_FAULTS))];
}

const TABLES = [
  "accounts",
  "services",
  "roles",
  "users",
  "conversations",
  "participants",
  "inbox",
  "messages",
] as const;

async function rowsOf({ deps: { db } }: TestApp, accountSid: string): Promise<string> {
  const tables = TABLES.map(
    (table) =>
      `select '${table}' as name, to_jsonb(t)::text as content from ${table} t where account_sid = $1`,
  );
  const text = `/* storedRows */ ${tables.join(" union all ")} order by name, content`;
  return JSON.stringify(await db.execute({ name: "storedRows", text }, [accountSid]));
}
