import {
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message?: unknown;
    readonly extensions?: { readonly code?: unknown };
  }[];
}

/** What is wrong with an answer to an operation of the schema whose abstract types are all asked for `__typename`. */
export function answerFaults(schema: GraphQLSchema, document: DocumentNode | null, answer: Answer): string[] {
  const faults: string[] = [];
  const { data, errors } = answer;
  for (const { message, extensions } of errors ?? []) {
    if (typeof message !== "string" || typeof extensions?.code !== "string")
      faults.push("an error without a code");
  }
  if (data === undefined || data === null) {
    if (!errors || errors.length === 0) faults.push("neither data nor errors");
    return faults;
  }
  const operation = document?.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [...faults, "data for no operation"];

  const checkObject = (
    type: GraphQLObjectType,
    selections: readonly SelectionSetNode[],
    value: object,
    path: string,
  ) => {
    const expected = new Map<string, { type: GraphQLOutputType; selections: SelectionSetNode[] }>();
    const collect = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const on = schema.getType(selection.typeCondition!.name.value);
          if (on === type) collect(selection.selectionSet);
        } else if (selection.kind === Kind.FIELD && selection.name.value !== "__typename") {
          const { type: own } = type.getFields()[selection.name.value]!;
          const key = selection.alias?.value ?? selection.name.value;
          expected.set(key, {
            type: own,
            selections: selection.selectionSet ? [selection.selectionSet] : [],
          });
        }
      }
    };
    selections.forEach(collect);
    for (const key of Object.keys(value)) {
      if (key !== "__typename" && !expected.has(key)) faults.push(`${path}.${key} was not asked for`);
    }
    for (const [key, { type, selections }] of expected) {
      check(type, selections, (value as Record<string, unknown>)[key], `${path}.${key}`);
    }
  };

  const check = (
    type: GraphQLOutputType,
    selections: readonly SelectionSetNode[],
    value: unknown,
    path: string,
  ): void => {
    if (isNonNullType(type)) {
      if (value === null || value === undefined) faults.push(`${path} is null`);
      else check(type.ofType, selections, value, path);
    } else if (value === undefined) {
      faults.push(`${path} is missing`);
    } else if (value !== null) {
      if (isListType(type)) {
        if (!Array.isArray(value)) faults.push(`${path} is no list`);
        else value.forEach((item, at) => void check(type.ofType, selections, item, `${path}.${at}`));
      } else if (selections.length === 0) {
        if (!isLeaf(type, value)) faults.push(`${path} is no ${type}: ${JSON.stringify(value)}`);
      } else {
        const named = isObjectType(type)
          ? type
          : schema.getType(String((value as { __typename: string }).__typename));
        if (!isObjectType(named) || !(named === type || schema.isSubType(type as never, named))) {
          faults.push(`${path} is no ${type}`);
        } else checkObject(named, selections, value as object, path);
      }
    }
  };

  checkObject(schema.getRootType(operation.operation)!, [operation.selectionSet], data, "data");
  return faults;
}

function isLeaf(type: GraphQLOutputType, value: unknown): boolean {
  if (isEnumType(type)) return type.getValue(String(value)) !== undefined;
  switch (String(type)) {
    case "Int":
      return Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_648;
    case "Float":
      return typeof value === "number";
    case "Boolean":
      return typeof value === "boolean";
    case "DateTime":
      return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);
    case "JSON":
      return true;
    default:
      return typeof value === "string";
  }
}
