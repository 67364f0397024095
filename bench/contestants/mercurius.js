// As its documentation advises for speed: compiled operations, and loaders, over SQL that reads no column too many.
import Fastify from "fastify";
import mercurius from "mercurius";
import postgres from "postgres";
import { loaders, resolvers, schema } from "./mercurius/inbox.js";

const { DATABASE_URL, PORT, POOL_SIZE } = process.env;
const TIMESTAMPTZ = 1184;
const sql = postgres(DATABASE_URL, {
  max: Number(POOL_SIZE),
  connection: { TimeZone: "UTC", application_name: "mercurius" },
  types: { date: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ], serialize: String, parse: inSeconds } },
});

const app = Fastify({ logger: false });
app.get("/ready", async () => ({}));
app.register(mercurius, { schema, resolvers, loaders: loaders(sql), jit: 1, context: () => ({ sql }) });
await app.listen({ port: Number(PORT), host: "127.0.0.1" });

function inSeconds(text) {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}Z`;
}
