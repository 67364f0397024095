import { join } from "node:path";
import { startOptions } from "../../test/setup/options.ts";
import { ACCOUNT, PUBLIC_URL, ROOT } from "../settings.ts";
import { type Server, startServer } from "./server.ts";

/** As `npm start` does it, once it has compiled. */
export function startParley({ node, databaseUrl }: { node: string; databaseUrl: string }): Promise<Server> {
  return startServer({
    node,
    args: [...startOptions(), join(ROOT, "dist/main.js")],
    cwd: ROOT,
    env: {
      DATABASE_URL: databaseUrl,
      PARLEY_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"),
      PARLEY_ACCOUNT_SID: ACCOUNT.sid,
      PARLEY_AUTH_TOKEN: ACCOUNT.token,
      PARLEY_PUBLIC_URL: PUBLIC_URL,
    },
    ready: "/readyz",
  });
}
