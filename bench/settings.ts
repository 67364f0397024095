import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..");

/** One account asks for everything. */
export const ACCOUNT = { sid: `AC${"0b".repeat(16)}`, token: "0123456789abcdef0123456789abcdef" };
export const AUTHORIZATION = `Basic ${Buffer.from(`${ACCOUNT.sid}:${ACCOUNT.token}`).toString("base64")}`;

/** Every contestant prints URLs that begin with it, whatever its port. */
export const PUBLIC_URL = "http://127.0.0.1:4000";

/** Which core the server under load runs on, and which one all else: the load and Postgres. */
export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

export const CONNECTIONS = 16;
/** Of each contestant to Postgres; Parley's default. */
export const POOL_SIZE = 10;

const npmNode = (name: string) => join(import.meta.dirname, `node_modules/${name}/bin/node`);

export const NODE = {
  /** Which ran `npm run bench`: what `npm start` runs on. */
  own: process.env.BENCH_NODE ?? process.execPath,
  20: npmNode("node20"),
  24: npmNode("node"),
};
