import { parseArgs } from "node:util";
import { type Filled, prepareDatabase } from "./database/prepare.ts";
import type { Scale } from "./database/rows.ts";
import { conclude } from "./goals.ts";
import { goalsTable, tableOf } from "./report/table.ts";
import { writeResults } from "./report/write.ts";
import { GROUPS, largerGroups } from "./works/groups.ts";
import { type MeasuredGroup, measure } from "./works/measure.ts";
import { judgeAll } from "./works/required.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    larger: { type: "boolean", default: false },
  },
});
const plan = values.quick ? { rounds: 5, seconds: 0.8, warmUp: 2.2 } : { rounds: 12, seconds: 3, warmUp: 6 };
const scale: Scale = values.quick ? 0.1 : 1;
const only = values.only?.split(",");
const larger: Scale | null = values.quick ? (values.larger ? 1 : null) : only && !values.larger ? null : 10;

const started = Date.now();
let text = "";
const say = (more: string) => {
  text += more;
  process.stdout.write(more);
};

const databases: Filled[] = [];
const prepare = async (scale: Scale) => {
  const database = await prepareDatabase(scale, (line) => process.stdout.write(line));
  databases.push(database);
  return database;
};
const cleanUp = () => Promise.all(databases.splice(0).map((database) => database.drop()));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => cleanUp().finally(() => process.exit(1)));
}

try {
  const database = await prepare(scale);
  const groups = [...GROUPS];
  if (larger !== null) groups.push(...largerGroups(await prepare(larger)));
  const measured: MeasuredGroup[] = [];
  for (const group of groups.filter(({ work }) => only?.includes(work) ?? true)) {
    measured.push(await measure(group, database, { ...plan, connections: group.connections }));
    say(tableOf(measured.at(-1)!));
  }
  const judged = judgeAll(measured, { only, larger: larger !== null });
  const { line, failed } = conclude(judged);
  const seconds = Math.round((Date.now() - started) / 1000);
  say(`${goalsTable(judged)}It took ${seconds} s.\n\n${line}\n`);
  if (!only) {
    const name = values.quick ? "quick" : "full";
    await writeResults({ name, text, groups: measured, judged, database, seconds });
  }
  process.exitCode = failed ? 1 : 0;
} finally {
  await cleanUp();
}
