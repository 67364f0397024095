import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { logTo } from "../../src/log.ts";
import { createObserver } from "../../src/observe/observer.ts";
import { createTestApp } from "../setup/app.ts";
import { openTestDatabase } from "../setup/database.ts";
import { newAccount } from "../setup/seed.ts";
import { scrape } from "./scrape.ts";

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

interface Dashboard {
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly Panel[];
}

const read = async (): Promise<Dashboard> =>
  JSON.parse(await readFile(new URL("../../docs/grafana.json", import.meta.url), "utf8"));

it("shows only what is served, and all of Parley's own", async () => {
  const { panels } = await read();
  const shown = panels
    .flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr }) => expr.match(/\b(parley|process|nodejs)_\w+/g) ?? []),
    )
    .toSorted();

  const { pool } = await openTestDatabase();
  const log = logTo("silent", { write: () => {} });
  const observer = createObserver({ pool, log, slowStatement: 0, withProcess: true });
  const { app, rest, graphql } = await newAccount(await createTestApp({ observer }));
  const key = { "Idempotency-Key": "once" };
  for (let n = 0; n < 2; n++) await rest.post("/v1/Conversations", { UniqueName: "trip" }, key);
  expect((await rest.post("/v1/Conversations", { UniqueName: "trip" })).status).toBe(409);
  await graphql("{ conversations { nodes { participants { nodes { sid } } } } }");
  const { samples, families } = await scrape(app);
  const served = new Set(samples.map(({ name }) => name));

  // Collections may not have happened yet.
  const surely = shown.filter((name) => !name.startsWith("nodejs_gc_"));
  expect(surely.filter((name) => !served.has(name))).toEqual([]);
  const own = families.filter((name) => name.startsWith("parley_"));
  expect(own.filter((family) => !shown.some((name) => name.startsWith(family)))).toEqual([]);
  expect(own.filter((family) => ![...served].some((name) => name.startsWith(family)))).toEqual([]);
});

it("asks where its data is, and lays its panels beside each other", async () => {
  const { panels, templating, schemaVersion } = await read();
  expect(schemaVersion).toBeGreaterThanOrEqual(39);
  expect(templating.list.map(({ name, type }) => [name, type])).toEqual([
    ["datasource", "datasource"],
    ["job", "query"],
  ]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Set<string>();
  for (const { type, datasource, targets = [], gridPos } of panels) {
    if (type !== "row") {
      expect(targets.length).toBeGreaterThan(0);
      for (const { uid } of [datasource!, ...targets.map((target) => target.datasource)]) {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own
        expect(uid).toBe("${datasource}");
      }
    }
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(x).toBeLessThan(24);
        expect(taken.has(`${x} ${y}`)).toBe(false);
        taken.add(`${x} ${y}`);
      }
    }
  }
});
