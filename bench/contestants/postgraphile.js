// As its documentation sets it up for production: no watching, no explaining, no IDE; it prepares statements by itself.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const { DATABASE_URL, PORT, POOL_SIZE } = process.env;

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  // It would hide the conversations of a user, whose index leaves out participants without one.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [
    makePgService({
      connectionString: DATABASE_URL,
      schemas: ["public"],
      poolConfig: { max: Number(POOL_SIZE), application_name: "postgraphile" },
      pubsub: false,
    }),
  ],
  grafast: { explain: false },
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false },
});

const server = createServer();
await instance.getSchema();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(PORT), "127.0.0.1");
