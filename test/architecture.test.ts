import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../src");
const RANK = [
  "accounts",
  "idempotency",
  "services",
  "roles",
  "users",
  "conversations",
  "participants",
  "inbox",
  "messages",
  // Views, with no table of their own.
  "conversation-with-participants",
  "participant-conversations",
  "user-conversations",
];
const KERNELS = ["core", "db", "auth", "graphql", "rest"];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports = files.flatMap((file): Import[] => {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)"/gms)].map((match) => ({
    file,
    from: match[2]!.startsWith(".")
      ? relative(SRC, normalize(join(SRC, dirname(file), match[2]!)))
      : match[2]!,
    typeOnly: match[1] !== undefined,
  }));
});
const folder = (path: string) => path.split("/")[0]!;
const layer = (path: string) => path.split("/").at(-1)!.replace(".ts", "");
const ours = (from: string) => from.endsWith(".ts");

/** The imports that break a rule, as sentences. */
const broken = (rule: (i: Import) => boolean) =>
  imports.filter(rule).map((i) => `${i.file} imports ${i.from}`);

describe("the house", () => {
  it("keeps core free of everything of ours", () => {
    expect(broken((i) => folder(i.file) === "core" && ours(i.from) && folder(i.from) !== "core")).toEqual([]);
  });

  it("keeps resources out of the kernels", () => {
    const kernel = (i: Import) => KERNELS.includes(folder(i.file)) && RANK.includes(folder(i.from));
    // Who is calling is found among the accounts.
    expect(broken((i) => kernel(i) && folder(i.file) !== "auth" && !i.typeOnly)).toEqual([]);
  });

  it("keeps Drizzle to the database, the tables and the queries", () => {
    const allowed = (file: string) => folder(file) === "db" || ["table", "queries"].includes(layer(file));
    expect(broken((i) => i.from.startsWith("drizzle-orm") && !allowed(i.file))).toEqual([]);
  });

  it("keeps GraphQL to the GraphQL files", () => {
    const graphql = (from: string) => /^(@pothos\/|graphql)/.test(from) && !ours(from);
    const allowed = (file: string) =>
      folder(file) === "graphql" || layer(file) === "graphql" || file === "schema.ts";
    expect(broken((i) => graphql(i.from) && !allowed(i.file))).toEqual([]);
  });

  it("keeps queries and tables away from both surfaces", () => {
    const surface = (file: string) =>
      ["graphql", "rest"].includes(layer(file)) || ["graphql", "rest"].includes(folder(file));
    expect(broken((i) => surface(i.file) && ["queries", "table", "loaders"].includes(layer(i.from)))).toEqual(
      [],
    );
  });

  it("keeps the two surfaces apart", () => {
    const side = (path: string) =>
      ["graphql", "rest"].find((name) => folder(path) === name || layer(path) === name);
    const crosses = (i: Import) =>
      RANK.includes(folder(i.file)) && ours(i.from) && side(i.file) && side(i.from);
    expect(broken((i) => Boolean(crosses(i)) && side(i.file) !== side(i.from))).toEqual([]);
  });

  it("lets a module import only lower ones, but for their tables", () => {
    const rank = (path: string) => RANK.indexOf(folder(path));
    const upward = (i: Import) =>
      RANK.includes(folder(i.file)) &&
      RANK.includes(folder(i.from)) &&
      folder(i.file) !== folder(i.from) &&
      rank(i.from) >= rank(i.file);
    expect(broken((i) => upward(i) && !(layer(i.file) === "queries" && layer(i.from) === "table"))).toEqual(
      // Making a service makes its roles, in one transaction.
      ["services/resolvers.ts imports roles/resolvers.ts"],
    );
  });

  it("reads the environment in one place", () => {
    const readers = files.filter((file) => readFileSync(join(SRC, file), "utf8").includes("process.env"));
    expect(readers.filter((file) => !["config.ts", "process.ts", "cli.ts"].includes(file))).toEqual([]);
  });
});
