import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  typeFromAST,
} from "graphql";

export type Variables = { readonly [name: string]: unknown };

/** An operation with what it takes to understand it. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly definition: OperationDefinitionNode;
  readonly rootType: GraphQLObjectType;
  readonly fragments: { readonly [name: string]: FragmentDefinitionNode };
}

/** A field of an answer. */
export interface FieldPlan {
  /** Its name in the answer. */
  readonly key: string;
  readonly parentType: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly value: ValuePlan;
}

/** What becomes of a value that a resolver returns, or of an item of a list. */
export type ValuePlan = { readonly nullable: boolean } & (
  | { readonly kind: "leaf"; readonly type: GraphQLLeafType }
  | { readonly kind: "list"; readonly item: ValuePlan }
  | { readonly kind: "object"; readonly type: GraphQLObjectType; readonly fields: FieldsOf }
  | { readonly kind: "abstract"; readonly type: GraphQLAbstractType; readonly fields: FieldsOf }
);

/** What is selected of an object, planned when an answer first gets there. */
type FieldsOf = (type: GraphQLObjectType) => readonly FieldPlan[];

export interface Plan {
  readonly operation: Operation;
  readonly fields: readonly FieldPlan[];
  /** How many fields have been planned so far. */
  size(): number;
}

const META_FIELDS = new Map<string, GraphQLField<unknown, unknown>>(
  [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((field) => [field.name, field]),
);

/**
 * Works out once what every execution of an operation would work out again: which fields an answer has, with their
 * definitions and types. Never more is planned than answers have shown, so that a plan costs less than one execution.
 *
 * @param conditions the variables that `@skip` and `@include` name
 */
export function planOperation(operation: Operation, conditions: Variables): Plan {
  let size = 0;

  const fieldsOf = (type: GraphQLObjectType, sets: readonly SelectionSetNode[]): FieldPlan[] => {
    const plans: FieldPlan[] = [];
    for (const [key, nodes] of collect(operation, conditions, type, sets)) {
      const name = nodes[0].name.value;
      const field = META_FIELDS.get(name) ?? type.getFields()[name];
      if (field) plans.push({ key, parentType: type, field, nodes, value: planValue(field.type, nodes) });
    }
    size += plans.length;
    return plans;
  };

  const planValue = (type: GraphQLOutputType, nodes: readonly FieldNode[], nullable = true): ValuePlan => {
    if (isNonNullType(type)) return planValue(type.ofType, nodes, false);
    if (isLeafType(type)) return { kind: "leaf", nullable, type };
    if (isListType(type)) return { kind: "list", nullable, item: planValue(type.ofType, nodes) };
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const planned = new Map<GraphQLObjectType, readonly FieldPlan[]>();
    const fields = (runtimeType: GraphQLObjectType) => {
      const known = planned.get(runtimeType) ?? fieldsOf(runtimeType, sets);
      planned.set(runtimeType, known);
      return known;
    };
    return isAbstractType(type)
      ? { kind: "abstract", nullable, type, fields }
      : { kind: "object", nullable, type, fields };
  };

  return {
    operation,
    fields: fieldsOf(operation.rootType, [operation.definition.selectionSet]),
    size: () => size,
  };
}

/** The selected fields by their names in the answer, in the order of the document. */
function collect(
  { schema, fragments }: Operation,
  conditions: Variables,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Map<string, [FieldNode, ...FieldNode[]]> {
  const found = new Map<string, [FieldNode, ...FieldNode[]]>();
  const spread = new Set<string>();
  const add = (selection: SelectionNode): void => {
    if (!isIncluded(selection, conditions)) return;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const nodes = found.get(key);
      if (nodes) nodes.push(selection);
      else found.set(key, [selection]);
      return;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (spread.has(selection.name.value)) return;
      spread.add(selection.name.value);
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
    if (fragment && isOn(schema, fragment, type)) fragment.selectionSet.selections.forEach(add);
  };
  for (const { selections } of sets) selections.forEach(add);
  return found;
}

function isOn(
  schema: GraphQLSchema,
  { typeCondition }: Pick<FragmentDefinitionNode, "typeCondition"> | { typeCondition?: undefined },
  type: GraphQLObjectType,
): boolean {
  if (!typeCondition) return true;
  const condition = typeFromAST(schema, typeCondition);
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
}

export function isIncluded(selection: SelectionNode, conditions: Variables): boolean {
  if (!selection.directives?.length) return true;
  return (
    getDirectiveValues(GraphQLSkipDirective, selection, conditions)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, selection, conditions)?.if !== false
  );
}
