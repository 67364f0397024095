import {
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  getNamedType,
  isCompositeType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { Columns } from "../core/columns.ts";

/** Marks of fields, as their `extensions`. */
export const SAME_ROWS = { columns: "same" } as const;
export const FULL_ROWS = { columns: "full" } as const;

const remembered = new WeakMap<readonly unknown[], Columns>();

/**
 * The columns that the rows of a field need for what is selected of them. A field that shows what only a full row has
 * is marked `FULL_ROWS`; one that shows the same row again, or a part of it, `SAME_ROWS`: the look goes on below it.
 * What `@skip` and `@include` may leave out counts. It is worked out once for each field of a planned operation.
 */
export function columnsOf({ fieldNodes, returnType, schema, fragments }: GraphQLResolveInfo): Columns {
  const known = remembered.get(fieldNodes);
  if (known) return known;
  const seen = new Set<string>();
  const isFull = (on: GraphQLNamedType | undefined, set: SelectionSetNode | undefined): boolean => {
    if (!set || !isCompositeType(on)) return false;
    return set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) {
        const field = fieldsOf(on)[selection.name.value];
        const mark = field?.extensions.columns;
        return (
          mark === "full" || (mark === "same" && isFull(getNamedType(field!.type), selection.selectionSet))
        );
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition, selectionSet } = selection;
        return isFull(typeCondition ? schema.getType(typeCondition.name.value) : on, selectionSet);
      }
      const { value: name } = selection.name;
      if (seen.has(name)) return false;
      seen.add(name);
      const fragment = fragments[name];
      return isFull(fragment && schema.getType(fragment.typeCondition.name.value), fragment?.selectionSet);
    });
  };
  const type = getNamedType(returnType);
  const columns = fieldNodes.some(({ selectionSet }) => isFull(type, selectionSet)) ? "full" : "light";
  remembered.set(fieldNodes, columns);
  return columns;
}

function fieldsOf(type: GraphQLCompositeType) {
  return "getFields" in type ? type.getFields() : {};
}
