import SchemaBuilder, { type InputFieldBuilder } from "@pothos/core";
import RelayPlugin from "@pothos/plugin-relay";
import { GraphQLError } from "graphql";
import { JSONResolver } from "graphql-scalars";
import type { Context } from "../context.ts";
import { type Instant, inSeconds } from "../core/instant.ts";
import { decodeNodeId, encodeNodeId } from "./id.ts";

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

export const builder = new SchemaBuilder<Types>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    encodeGlobalID: (type, sid) => encodeNodeId(type, String(sid)),
    decodeGlobalID: (id) => {
      const { type, sid } = decodeNodeId(id) ?? { type: "", sid: "" };
      return { typename: type, id: sid };
    },
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: { description: "Anything that has an id, and can be fetched again by it." },
    idFieldOptions: { description: "Opaque and stable; `node` finds the object again by it." },
  },
});

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
