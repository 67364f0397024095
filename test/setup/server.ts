import { randomBytes } from "node:crypto";
import postgres from "postgres";

/** A new database on the server of that URL, empty or as its template is. */
export async function createDatabase(server: string, template = "template1") {
  const name = `parley_test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
