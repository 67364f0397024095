import SchemaBuilder, { type InputFieldBuilder } from "@pothos/core";
import { GraphQLError } from "graphql";
import { JSONResolver } from "graphql-scalars";
import type { Context } from "../context.ts";
import { type Instant, inSeconds } from "../core/instant.ts";

interface Types {
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    /** Input stays the text it was: what a date may be is for the models to say. */
    DateTime: { Input: string; Output: Instant };
    JSON: { Input: unknown; Output: unknown };
    ID: { Input: string; Output: string };
  };
}

export const builder = new SchemaBuilder<Types>({ defaultFieldNullability: false });

export type SchemaTypes = typeof builder.$inferSchemaTypes;
export type InputFields = InputFieldBuilder<SchemaTypes, "InputObject">;

builder.queryType({ description: "What can be asked." });
builder.mutationType({
  description: "What can be changed; the fields of one request run one after the other.",
});

builder.scalarType("DateTime", {
  description: "A moment as RFC 3339 text. Answers are in UTC and whole seconds: `2026-01-31T12:00:00Z`.",
  serialize: inSeconds,
  parseValue(value) {
    if (typeof value === "string") return value;
    throw new GraphQLError("DateTime must be a string");
  },
});

builder.addScalarType("JSON", JSONResolver, {
  description: "Any JSON value. Numbers have the precision of a double.",
});
