import { parseArgs } from "node:util";
import { prepareDatabase } from "./database/prepare.ts";
import { tableOf } from "./report/table.ts";
import { GROUPS } from "./works/groups.ts";
import { measure } from "./works/measure.ts";

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string" } },
});
const only = values.only?.split(",");
const plan = values.quick ? { rounds: 6, seconds: 1.2 } : { rounds: 12, seconds: 3 };
const say = (text: string) => process.stdout.write(text);

const database = await prepareDatabase(values.quick ? 0.1 : 1, say);
try {
  for (const group of GROUPS.filter(({ work }) => only?.includes(work) ?? true)) {
    say(tableOf(await measure(group, database, { ...plan, connections: group.connections })));
  }
} finally {
  await database.drop();
}
