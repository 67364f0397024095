import { join } from "node:path";
import type { Filled } from "../database/prepare.ts";
import { ACCOUNT, NODE, POOL_SIZE, PUBLIC_URL } from "../settings.ts";
import { ACTIVITY, ADD, INBOX, TABLES_INBOX } from "../works/documents.ts";
import type { Question } from "../works/questions.ts";
import type { Ask, Contestant } from "./contestant.ts";
import { startParley } from "./parley.ts";
import { startServer } from "./server.ts";

type Runtime = keyof typeof NODE;

export function parley(runtime: Runtime): Contestant {
  const node = NODE[runtime];
  return {
    name: "Parley",
    node,
    start: (_, databaseUrl) => startParley({ node, databaseUrl }),
    ask: askParley,
  };
}

/** Also the one whose answer to (a) is aggregated by Postgres. */
export function floor(runtime: Runtime, aggregated = false): Contestant {
  return {
    ...ours("floor.js", runtime),
    name: aggregated ? "floor, json_agg" : "floor",
    ask(question) {
      const ask = askWith(question, question.work === "c" ? question.place?.row : undefined);
      return aggregated && question.work === "a" ? { path: ask.path.replace(/.*\?/, "/aggregated?") } : ask;
    },
  };
}

/** At what all of them can do: the inbox. */
export function mercurius(runtime: Runtime): Contestant {
  return { ...ours("mercurius.js", runtime), name: "mercurius", ask: askParley };
}

export function postgraphile(runtime: Runtime, service: string): Contestant {
  return {
    ...ours("postgraphile.js", runtime),
    name: "PostGraphile",
    ask(question) {
      if (question.work !== "b") throw new Error("PostGraphile is asked for the inbox alone");
      const variables = { account: ACCOUNT.sid, service, identity: question.identity };
      return { path: "/graphql", body: { operationName: "Inbox", query: TABLES_INBOX, variables } };
    },
  };
}

function ours(file: string, runtime: Runtime): Pick<Contestant, "node" | "start"> {
  const node = NODE[runtime];
  return {
    node,
    start: ({ service, roles }: Filled, databaseUrl) =>
      startServer({
        node,
        args: [join(import.meta.dirname, file)],
        env: {
          DATABASE_URL: databaseUrl,
          POOL_SIZE: String(POOL_SIZE),
          PUBLIC_URL,
          ACCOUNT: ACCOUNT.sid,
          SERVICE: service,
          CONVERSATION_ROLE: roles.conversation,
          USER_ROLE: roles.user,
        },
        ready: "/ready",
      }),
  };
}

function askParley(question: Question): Ask {
  return askWith(question, question.work === "c" ? question.place?.cursor : undefined);
}

function askWith(question: Question, after: string | undefined): Ask {
  const graphql = (operationName: string, query: string, variables: unknown) => ({
    path: "/graphql",
    body: { operationName, query, variables },
  });
  switch (question.work) {
    case "a":
      return {
        path: `/v1/ParticipantConversations?Address=${encodeURIComponent(question.address)}&PageSize=50`,
      };
    case "b":
      return graphql("Inbox", INBOX, { identity: question.identity });
    case "c":
      return graphql("Activity", ACTIVITY, { identity: question.identity, ...(after && { after }) });
    case "d":
      return graphql("Add", ADD, { input: question.input });
  }
}
