import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from "graphql";
import { DEFAULT_SIZE, GREATEST_SIZE } from "./connection.ts";
import { requestError, tooComplex } from "./errors.ts";
import type { KnownOperation } from "./execution/operations.ts";
import { isIncluded, type Operation, type Variables } from "./execution/plan.ts";

/** What one operation may ask for, once its variables are known. */
const DEPTH = 20;
const NODES = 25_000;
const FIELDS = 150_000;

/** Arguments that say how much is answered. */
export const SIZING = new Set(["first", "last", "ids", "input"]);
/** Sizes of one operation that are known to be no larger than allowed. */
const REMEMBERED_SIZES = 100;

const META_FIELDS = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((field) => [field.name, field]),
);

/**
 * Refuses an operation that could return more nodes or fields, or go deeper, than allowed. Each connection counts as
 * full; what the schema says of itself may be asked for once, and counts as lists of one.
 *
 * @throws GraphQLError QUERY_TOO_COMPLEX
 */
export function checkOperation(operation: KnownOperation, variables: Variables): void {
  const { schema, definition, rootType, fragments, sizes, fits } = operation;
  const size = sizeKey(sizes.map((name) => variables[name]));
  if (size !== null && fits.has(size)) return;
  let steps = 0;
  const step = () => {
    if (++steps > FIELDS) throw tooComplex("operation", "selections, fragments spread out", FIELDS);
  };
  measure({ schema, variables, fragments, step }, rootType, [definition.selectionSet]);
  if (size === null) return;
  if (fits.size === REMEMBERED_SIZES) fits.clear();
  fits.add(size);
}

/** Null where a value holds lists, whose lengths count. */
function sizeKey(values: readonly unknown[]): string | null {
  if (values.some((value) => typeof value === "object" && value !== null)) return null;
  return values.map((value) => (typeof value === "string" ? "" : String(value ?? ""))).join();
}

/**
 * The variables of an operation as its resolvers see them.
 *
 * @throws GraphQLError the first thing wrong with them, since to go on after it is work that grows with the square of
 * what is wrong
 */
export function coerceVariables({ schema, definition }: Operation, given: Variables): Variables {
  const definitions = definition.variableDefinitions ?? [];
  const { errors, coerced } = getVariableValues(schema, definitions, given, { maxErrors: 1 });
  if (errors) throw errors[0];
  return coerced;
}

interface Scope {
  /** Counts the work of measuring itself, so that it has an end too. */
  readonly step: () => void;
  readonly schema: GraphQLSchema;
  readonly variables: Variables;
  readonly fragments: Operation["fragments"];
}

function measure(scope: Scope, root: GraphQLCompositeType, sets: readonly SelectionSetNode[]): void {
  let nodes = 0;
  let fields = 0;
  const walk = (
    type: GraphQLCompositeType,
    selections: readonly SelectionSetNode[],
    times: number,
    pageSize: number,
    depth: number,
  ) => {
    if (depth > DEPTH) throw tooComplex("operation", "levels", DEPTH);
    const introspected = new Set<string>();
    for (const { field, selected } of collect(scope, type, selections)) {
      fields += times;
      if (fields > FIELDS) throw tooComplex("operation", "fields in its answer", FIELDS);
      const named = getNamedType(field.type);
      if (isIntrospectionType(type) || isIntrospectionType(named)) once(introspected, field.name);
      if (!isCompositeType(named)) continue;
      const args = argumentsOf(scope, field, selected[0]!);
      const listed = isListType(getNullableType(field.type));
      const below = times * (listed ? listSize(args, pageSize) : 1);
      if (isNode(named)) nodes += below;
      if (nodes > NODES) throw tooComplex("operation", "nodes in its answer", NODES);
      const children = selected.flatMap(({ selectionSet }) => selectionSet ?? []);
      walk(named, children, below, isConnection(field) ? sizeOf(args) : itemsOf(args), depth + 1);
    }
  };
  walk(root, sets, 1, 1, 1);
}

/** Under several names at every level, the schema would make an answer of any size. */
function once(seen: Set<string>, name: string): void {
  if (seen.has(name)) {
    throw requestError(
      "QUERY_TOO_COMPLEX",
      `The operation asks for \`${name}\` of the schema more than once`,
    );
  }
  seen.add(name);
}

interface Group {
  readonly field: GraphQLField<unknown, unknown>;
  readonly selected: FieldNode[];
}

/** The fields of one level, those that become one in the answer together. Fragments on any possible type count. */
function collect(
  scope: Scope,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): Iterable<Group> {
  const groups = new Map<string, Group>();
  const seen = new Set<string>();
  const add = (on: GraphQLCompositeType, selection: SelectionNode) => {
    scope.step();
    if (!isIncluded(selection, scope.variables)) return;
    if (selection.kind === Kind.FIELD) {
      const field = fieldOf(on, selection.name.value);
      if (field === undefined) return;
      const key = `${on.name} ${selection.alias?.value ?? field.name}`;
      const group = groups.get(key) ?? { field, selected: [] };
      group.selected.push(selection);
      groups.set(key, group);
      return;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : scope.fragments[selection.name.value];
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (seen.has(selection.name.value)) return;
      seen.add(selection.name.value);
    }
    const condition = fragment?.typeCondition && scope.schema.getType(fragment.typeCondition.name.value);
    // On a concrete type, a fragment on an interface of it selects the type's own fields.
    const inner = isObjectType(on) || !isCompositeType(condition) ? on : condition;
    for (const child of fragment?.selectionSet.selections ?? []) add(inner, child);
  };
  for (const set of sets) for (const selection of set.selections) add(type, selection);
  return groups.values();
}

function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  return META_FIELDS.get(name) ?? ("getFields" in type ? type.getFields()[name] : undefined);
}

type Arguments = { readonly [name: string]: unknown };

function argumentsOf(
  { variables }: Scope,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): Arguments {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
}

function isConnection({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name }) => name === "first") && args.some(({ name }) => name === "last");
}

/** At least one, so that also what is below an empty page adds up. */
function sizeOf({ first, last }: Arguments): number {
  return Math.min(Math.max(Number(first ?? last ?? DEFAULT_SIZE), 1), GREATEST_SIZE);
}

/** What is answered of each item of the input's longest list counts as often. */
function itemsOf({ input }: Arguments): number {
  if (typeof input !== "object" || input === null) return 1;
  return Math.max(1, ...Object.values(input).map((value) => (Array.isArray(value) ? value.length : 1)));
}

/** A list is a connection's page, or what its ids ask for. */
function listSize({ ids }: Arguments, pageSize: number): number {
  return Array.isArray(ids) ? Math.max(ids.length, 1) : pageSize;
}

function isNode(type: GraphQLCompositeType): boolean {
  if (type.name === "Node") return true;
  return !isAbstractType(type) && type.getInterfaces().some(({ name }) => name === "Node");
}
