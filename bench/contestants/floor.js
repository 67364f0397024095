// As little as can be done: no checks, no framework, one SQL statement for an answer, timestamps as text.
import { createServer } from "node:http";
import postgres from "postgres";
import { addParticipant } from "./floor/add.js";
import { activity, conversations, conversationsAggregated, inbox } from "./floor/reads.js";

const { DATABASE_URL, PORT, POOL_SIZE } = process.env;
const TIMESTAMPTZ = 1184;
const sql = postgres(DATABASE_URL, {
  max: Number(POOL_SIZE),
  connection: { TimeZone: "UTC", application_name: "floor" },
  types: { date: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ], serialize: String, parse: (text) => text } },
});

const operations = { Inbox: inbox, Activity: activity, Add: addParticipant };

createServer(async (request, response) => {
  try {
    const body = await answer(request);
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}).listen(Number(PORT), "127.0.0.1");

function answer(request) {
  if (request.url === "/ready") return "{}";
  if (request.method === "GET") {
    const url = new URL(request.url, "http://localhost");
    const read = url.pathname === "/aggregated" ? conversationsAggregated : conversations;
    return read(sql, url.searchParams.get("Address"));
  }
  return new Promise((resolve, reject) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const { operationName, variables } = JSON.parse(text);
      operations[operationName](sql, variables).then(resolve, reject);
    });
  });
}
