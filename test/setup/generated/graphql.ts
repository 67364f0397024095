import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import type { Dice } from "./dice.ts";
import type { Known } from "./known.ts";

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const PREFIXES: Readonly<Record<string, string>> = {
  conversation: "CH",
  participant: "MB",
  user: "US",
  message: "IM",
  role: "RL",
  service: "IS",
};
const SENSIBLE = 0.9;
const DEEPEST = 5;

/** Operations of a schema, sensible and hostile. */
export function graphqlOperations(schema: GraphQLSchema): (dice: Dice, known: Known) => Operation {
  const queries = Object.values(schema.getQueryType()!.getFields());
  const mutations = Object.values(schema.getMutationType()!.getFields());
  return (dice, known) => {
    const isMutation = dice.chance(0.5);
    const field = dice.of(isMutation ? mutations : queries);
    const draw = createDraw(schema, dice, known);
    const asked = draw.field(field, 0);
    const definitions = draw.definitions.length > 0 ? `(${draw.definitions.join(", ")})` : "";
    const query = `${isMutation ? "mutation" : "query"} Generated${definitions} { ${asked} }`;
    return { query: dice.chance(0.02) ? broken(dice, query) : query, variables: draw.variables };
  };
}

function broken(dice: Dice, query: string): string {
  const at = dice.below(query.length);
  return query.slice(0, at) + dice.text().slice(0, 50) + query.slice(at + dice.below(3));
}

function createDraw(schema: GraphQLSchema, dice: Dice, known: Known) {
  const definitions: string[] = [];
  const variables: Record<string, unknown> = {};
  let fields = 0;

  const drawField = (field: GraphQLField<unknown, unknown>, depth: number): string => {
    const record = recordFor(dice, known, field.name);
    const given = field.args.filter((arg) => isNonNullType(arg.type) || dice.chance(0.3));
    const args = given.map((arg) => `${arg.name}: ${argument(arg, record, depth)}`);
    // Under a name of its own, so that no two can contradict each other.
    const alias = `${field.name}__${fields++}`;
    const selection = selectionOf(field.type, depth + 1);
    return `${alias}: ${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${selection}`;
  };

  const argument = (arg: GraphQLArgument, record: Details, depth: number): string => {
    const value =
      (arg.name === "first" || arg.name === "last") && dice.chance(SENSIBLE)
        ? dice.below(depth === 0 ? 20 : 4)
        : inputOf(dice, known, arg.type, arg.name, record);
    const name = `v${definitions.length}`;
    definitions.push(`$${name}: ${arg.type}`);
    if (value !== undefined) variables[name] = value;
    return `$${name}`;
  };

  const selectionOf = (type: GraphQLOutputType, depth: number): string => {
    const named = getNamedType(type);
    if (isLeafType(named)) return "";
    const parts = ["__typename"];
    if (isInterfaceType(named) || isObjectType(named)) parts.push(...fieldsOf(named, depth));
    if (isAbstractType(named)) {
      for (const possible of schema.getPossibleTypes(named)) {
        if (depth <= 2 || dice.chance(0.5))
          parts.push(`... on ${possible.name} { __typename ${fieldsOf(possible, depth).join(" ")} }`);
      }
    }
    return ` { ${parts.join(" ")} }`;
  };

  const fieldsOf = (type: GraphQLNamedType & { getFields(): object }, depth: number): string[] =>
    Object.values(type.getFields() as Record<string, GraphQLField<unknown, unknown>>)
      .filter((field) => {
        if (fields > 60) return false;
        if (isLeafType(getNamedType(field.type))) return dice.chance(0.5);
        return depth <= 2 ? dice.chance(0.6) : depth < DEEPEST && dice.chance(0.3);
      })
      .map((field) => drawField(field, depth));

  return { definitions, variables, field: drawField };
}

type Details = Readonly<Record<string, string>> | undefined;

/** Something that the field of that name may be about, so that SIDs given together belong together. */
function recordFor(dice: Dice, known: Known, name: string): Details {
  const kind = Object.keys(PREFIXES).find((kind) => name.toLowerCase().endsWith(kind));
  return known.record(kind ? PREFIXES[kind]! : dice.of(["CH", "MB", "IM", "US"]), dice.below(1_000_000));
}

function inputOf(dice: Dice, known: Known, type: GraphQLInputType, name: string, record: Details): unknown {
  if (dice.chance(0.01)) return dice.of([null, 5, "text", [], {}, true, undefined]);
  if (isNonNullType(type)) return inputOf(dice, known, type.ofType, name, record);
  if (dice.chance(0.03)) return null;
  if (isListType(type)) {
    return Array.from({ length: dice.below(4) }, () => inputOf(dice, known, type.ofType, name, record));
  }
  if (isInputObjectType(type)) {
    const share = dice.of([0.05, 0.1, 0.3]);
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || dice.chance(share),
    );
    return Object.fromEntries(
      fields.map((field) => [field.name, inputOf(dice, known, field.type, field.name, record)]),
    );
  }
  if (isEnumType(type)) return dice.of(type.getValues()).name;
  return scalarOf(dice, known, type.name, name, record);
}

function scalarOf(dice: Dice, known: Known, type: string, name: string, record: Details): unknown {
  const at = dice.below(1_000_000);
  switch (type) {
    case "Boolean":
      return dice.chance(0.5);
    case "Int":
      return dice.chance(SENSIBLE)
        ? dice.below(30)
        : dice.of([-1, 0, 101, 2_147_483_647, -2_147_483_648, 2_147_483_648, 1.5]);
    case "JSON":
      return dice.of([{ a: 1 }, [], null, "text", 1e308, { deep: [[[{}]]] }, { [dice.text()]: dice.text() }]);
    case "DateTime":
      return dice.chance(SENSIBLE)
        ? dice.of(["2026-01-31T12:00:00Z", "2020-01-01T00:00:00.5+02:00"])
        : dice.text();
    default:
      return dice.chance(0.7) ? (textOf(known, name, at, record) ?? dice.text()) : dice.text();
  }
}

/** `conversationSid` of the record, or of any other; `sid` is the record's own. */
function textOf(known: Known, name: string, at: number, record: Details): string | undefined {
  const own = record?.[name.toLowerCase()];
  if (own !== undefined && (name.toLowerCase().endsWith("sid") || at % 2 === 0)) return own;
  const kind = /^(\w+)sids?$/i.exec(name)?.[1]?.toLowerCase();
  if (kind !== undefined && PREFIXES[kind]) {
    const prefix = PREFIXES[kind];
    return record?.sid?.startsWith(prefix) ? record.sid : known.record(prefix, at)?.sid;
  }
  return known.value(name, at);
}
