import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { generate } from "@graphql-codegen/cli";
import {
  type GraphQLInputObjectType,
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
import { createTestApp } from "../setup/app.ts";
import { graphqlClient } from "../setup/clients.ts";

const require = createRequire(import.meta.url);
const ROOT = join(import.meta.dirname, "../..");
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
      const app = await createTestApp();
      const send = graphqlClient(app, await app.account());
      for (const file of made.filter((name) => name.endsWith("Query.graphql.ts"))) {
        const text = /"text": (".*")/.exec(
          readFileSync(join(directory, "src/__generated__", file), "utf8"),
        )![1]!;
        const { body } = await send(JSON.parse(text), { identity: "ann", id: "x", ids: ["x"] });
        expect(body.errors).toBeUndefined();
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe("the schema", () => {
  it("makes a node of everything that has a SID", () => {
    const withSid = types.filter(
      (type) => isObjectType(type) && "sid" in type.getFields() && !/(Payload|Item)$/.test(type.name),
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

  it("describes every type, field, argument and value", () => {
    const silent = types.flatMap((type) => {
      const fields = "getFields" in type ? Object.values(type.getFields()) : [];
      const values = isEnumType(type) ? type.getValues() : [];
      // The one argument of a mutation is described by its type.
      const parts = [...fields, ...values, ...fields.flatMap((field) => ("args" in field ? field.args : []))];
      return [type, ...parts.filter(({ name }) => name !== "input")]
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`);
    });
    expect(silent).toEqual([]);
  });

  it("says of every date what its absence does", () => {
    const described = (input: string, field: string) =>
      (schema.getType(input) as GraphQLInputObjectType).getFields()[field]!.description;
    for (const type of ["CreateConversationInput", "AddParticipantInput"]) {
      expect(described(type, "dateCreated")).toContain("absent or null, now");
      expect(described(type, "dateUpdated")).toContain("absent or null, now");
    }
    for (const type of ["UpdateConversationInput", "UpdateParticipantInput"]) {
      expect(described(type, "dateCreated")).toContain("absent or null leaves it");
      expect(described(type, "dateUpdated")).toContain("absent or null, the moment of the change");
    }
  });

  it("knows no type that nothing leads to, and names inputs as inputs", () => {
    for (const type of types) {
      if (isInputObjectType(type)) expect(type.name).toMatch(/(Input|Filter)$/);
      if (isEnumType(type))
        for (const { name } of type.getValues()) expect(name).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      if (isInterfaceType(type)) expect(["Node", "Error"]).toContain(type.name);
    }
  });
});
