import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";

const remembered = new WeakMap<readonly unknown[], boolean>();

/**
 * Whether a connection may be asked where it stands in its list, whatever `@skip` and `@include` say. It is worked out
 * once for each field of a planned operation.
 */
export function selectsPageInfo({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const known = remembered.get(fieldNodes);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  const isIn = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === "pageInfo";
      if (selection.kind === Kind.INLINE_FRAGMENT) return isIn(selection.selectionSet);
      const { value: name } = selection.name;
      if (seen.has(name)) return false;
      seen.add(name);
      return isIn(fragments[name]?.selectionSet);
    }) ?? false;
  const is = fieldNodes.some(({ selectionSet }) => isIn(selectionSet));
  remembered.set(fieldNodes, is);
  return is;
}
