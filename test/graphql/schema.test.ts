import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { generate } from "@graphql-codegen/cli";
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { describe, expect, it } from "vitest";
import codegen from "../../codegen.ts";
import { schema } from "../../src/schema.ts";

const require = createRequire(import.meta.url);
const ROOT = join(import.meta.dirname, "../..");
const ROOTS = ["Query", "Mutation"];
/** Path of the compiler's executable. */
const relay: string = require("relay-compiler");
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type),
);

describe("schema.graphql", () => {
  it("says what the code says", () => {
    expect(readFileSync(join(ROOT, "schema.graphql"), "utf8")).toBe(
      `${printSchema(lexicographicSortSchema(schema))}\n`,
    );
  });

  it("is what the tests' documents were typed by", async () => {
    const files = await generate({ ...codegen, cwd: ROOT, silent: true, errorsOnly: true }, false);
    expect(files.length).toBeGreaterThan(0);
    for (const { filename, content } of files as { filename: string; content: string }[]) {
      expect(readFileSync(join(ROOT, filename), "utf8").trim()).toBe(content.trim());
    }
  });

  it("is compiled with by Relay", async () => {
    const directory = mkdtempSync(join(tmpdir(), "parley-relay-"));
    try {
      cpSync(join(import.meta.dirname, "relay/src"), join(directory, "src"), { recursive: true });
      const config = JSON.parse(readFileSync(join(import.meta.dirname, "relay/relay.config.json"), "utf8"));
      cpSync(join(ROOT, "schema.graphql"), join(directory, "schema.graphql"));
      writeFileSync(
        join(directory, "relay.config.json"),
        JSON.stringify({ ...config, schema: "./schema.graphql" }),
      );
      await promisify(execFile)(relay, ["relay.config.json"], { cwd: directory });
      const made = readdirSync(join(directory, "src/__generated__"));
      expect(made).toContain("appConversationPaginationQuery.graphql.ts");
      expect(made).toContain("appAddMutation.graphql.ts");
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe("the schema", () => {
  it("makes a node of everything that has a SID", () => {
    const withSid = types.filter(
      (type) => isObjectType(type) && "sid" in type.getFields() && !type.name.endsWith("Payload"),
    );
    const nodes = schema.getPossibleTypes(schema.getType("Node") as never).map(({ name }) => name);
    expect(nodes).toEqual(expect.arrayContaining(withSid.map(({ name }) => name)));
    expect(nodes).toEqual(expect.arrayContaining(["ParticipantConversation", "UserConversation"]));
  });

  it("lets every mutation take one input, and answer errors by type", () => {
    for (const field of Object.values(schema.getMutationType()!.getFields())) {
      expect(field.args.map(({ name }) => name)).toEqual(["input"]);
      const members = schema.getPossibleTypes(getNamedType(field.type) as never);
      for (const { name } of members.filter(({ name }) => !name.endsWith("Payload"))) {
        expect(name).toMatch(/Error$/);
        expect(schema.getPossibleTypes(schema.getType("Error") as never).map((type) => type.name)).toContain(
          name,
        );
      }
    }
  });

  it("describes every type, query, mutation and list", () => {
    const inputs = Object.values(schema.getMutationType()!.getFields()).flatMap(({ args }) =>
      args.map(({ type }) => getNamedType(type)),
    );
    const silent = types.filter(
      (type) => !type.description && !inputs.includes(type as never) && !ROOTS.includes(type.name),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
    const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
      Object.values(type.getFields()),
    );
    expect(roots.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  });

  it("knows no type that nothing leads to, and names inputs as inputs", () => {
    for (const type of types) {
      if (isInputObjectType(type)) expect(type.name).toMatch(/(Input|Filter)$/);
      if (isEnumType(type)) for (const { name } of type.getValues()) expect(name).toMatch(/^[A-Z]+$/);
      if (isInterfaceType(type)) expect(["Node", "Error"]).toContain(type.name);
    }
  });
});
