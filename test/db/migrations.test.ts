import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

it("the migrations make exactly the tables that the code declares", async () => {
  const modules = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const tables: Record<string, unknown> = {};
  for (const { name } of modules) {
    if (!readdirSync(join(ROOT, "src", name)).includes("table.ts")) continue;
    Object.assign(tables, await import(join(ROOT, "src", name, "table.ts")));
  }
  const meta = join(ROOT, "drizzle/meta");
  const newest = readdirSync(meta)
    .filter((file) => file.endsWith("_snapshot.json"))
    .sort()
    .at(-1)!;
  const migrated = JSON.parse(readFileSync(join(meta, newest), "utf8"));
  expect(await generateMigration(migrated, generateDrizzleJson(tables, migrated.id))).toEqual([]);
});
