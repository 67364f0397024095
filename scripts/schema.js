// Writes schema.graphql from the compiled schema; with --check, fails where the file says something else.
import { readFile, writeFile } from "node:fs/promises";
import { lexicographicSortSchema, printSchema } from "graphql";
import { schema } from "../dist/schema.js";

const file = new URL("../schema.graphql", import.meta.url);
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;

if (!process.argv.includes("--check")) {
  await writeFile(file, printed);
} else if ((await readFile(file, "utf8").catch(() => "")) !== printed) {
  process.stderr.write("schema.graphql is not what the code says: run `npm run schema`, and commit it\n");
  process.exit(1);
}
