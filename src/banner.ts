import type { FirstAccount } from "./bootstrap.ts";
import type { Config } from "./config.ts";
import type { DemoOutcome } from "./demo.ts";

export function madeAccount({ accountSid, secret }: FirstAccount): string {
  return `
An account was made. Its auth token is shown this once:

  Account SID  ${accountSid}
  Auth token   ${secret}
`;
}

const DEMO: Record<DemoOutcome, string> = {
  filled: "a few conversations were filled in",
  kept: "nothing was filled in: the account has conversations already",
};

export function banner(
  { publicUrl, graphiql, account }: Config,
  first: FirstAccount | null,
  demo: DemoOutcome | null,
  workers = 1,
): string {
  const sid = first?.accountSid ?? account?.sid;
  const lines = [
    `Parley is listening, ${first ? "with its embedded database" : "on Postgres"}${workers > 1 ? `, with ${workers} workers` : ""}.`,
    "",
    `  GraphQL  ${publicUrl}/graphql${graphiql ? "   (in a browser: GraphiQL)" : ""}`,
    `  v1 REST  ${publicUrl}/v1        (described at ${publicUrl}/docs)`,
    sid ? `  Account  ${sid}` : "  Account  none named; `npm run parley -- account create` makes one",
    ...(demo ? [`  Demo     ${DEMO[demo]}`] : []),
    "",
    `  Try      curl -u '${sid ?? "AC…"}:<auth token>' '${publicUrl}/v1/ParticipantConversations?Identity=ann'`,
  ];
  if (first && !first.made && !account) {
    lines.push("", `  Token lost? Stop the server and run: npm run parley -- account rotate-token ${sid}`);
  }
  return `\n${lines.join("\n")}\n\n`;
}
