import {
  type ASTNode,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from "graphql";
import { LRUCache } from "lru-cache";
import { SIZING } from "../limits.ts";
import { FIELD, weightOf } from "../weight.ts";
import { execute } from "./execute.ts";
import { type Operation, type Plan, planOperation, type Variables } from "./plan.ts";

/** Bytes that remembered operations may take, with their documents: an operation keeps its own from being freed. */
const REMEMBERED = 16_000_000;
/** Of one operation, for as many outcomes of its `@skip` and `@include`. */
const VARIANTS = 16;

/** An operation of a document, with the plans it has been executed by. */
export interface KnownOperation extends Operation {
  readonly document: DocumentNode;
  /** Names of the variables that `@skip` and `@include` hang on. */
  readonly conditions: readonly string[];
  readonly plans: Map<string, Plan>;
  /** Names of the variables that the size of an answer hangs on, and the values of them that it was found to fit for. */
  readonly sizes: readonly string[];
  readonly fits: Set<string>;
}

export interface Operations {
  /** Null where the document has no such operation, or has several and no name says which. */
  find(document: DocumentNode, name: string | null | undefined): KnownOperation | null;
  execute(operation: KnownOperation, variables: Variables, context: unknown): Promise<ExecutionResult>;
}

/**
 * Remembers operations by their definition: its document is remembered by its text, and may hold several.
 *
 * @param cached is told of every look-up among the plans
 */
export function createOperations(
  schema: GraphQLSchema,
  cached: (isHit: boolean) => void = () => {},
): Operations {
  const remembered = new LRUCache<OperationDefinitionNode, KnownOperation>({
    maxSize: REMEMBERED,
    sizeCalculation: ({ document, plans }) =>
      [...plans.values()].reduce((sum, plan) => sum + plan.size() * FIELD, weightOf(document)),
  });
  return {
    find(document, name) {
      const definition = getOperationAST(document, name);
      const rootType = definition && schema.getRootType(definition.operation);
      if (!rootType) return null;
      return remembered.get(definition) ?? describe({ schema, document, definition, rootType });
    },
    async execute(operation, variables, context) {
      const plan = planOf(operation, variables, cached);
      const size = remembered.has(operation.definition) ? plan.size() : 0;
      const result = await execute(plan, variables, context);
      if (plan.size() > size) {
        // An answer went where none had been: what is known of it has another size now.
        remembered.delete(operation.definition);
        remembered.set(operation.definition, operation);
      }
      return result;
    },
  };
}

function describe({
  document,
  definition,
  ...rest
}: Omit<Operation, "fragments"> & { document: DocumentNode }): KnownOperation {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  }
  const conditions = new Set<string>();
  const sizes = new Set<string>();
  visit(document, {
    Directive: (node) => {
      for (const name of variablesIn(node)) conditions.add(name);
    },
    Argument: (node) => {
      if (SIZING.has(node.name.value)) for (const name of variablesIn(node)) sizes.add(name);
    },
  });
  return {
    ...rest,
    document,
    definition,
    fragments,
    conditions: [...conditions],
    plans: new Map(),
    sizes: [...sizes, ...conditions],
    fits: new Set(),
  };
}

function variablesIn(node: ASTNode): string[] {
  const names: string[] = [];
  visit(node, { Variable: ({ name }) => void names.push(name.value) });
  return names;
}

function planOf(operation: KnownOperation, variables: Variables, cached: (isHit: boolean) => void): Plan {
  const { conditions, plans } = operation;
  const given = Object.fromEntries(conditions.map((name) => [name, variables[name]]));
  const key = JSON.stringify(given);
  const known = plans.get(key);
  cached(known !== undefined);
  if (known) return known;
  if (plans.size === VARIANTS) plans.clear();
  const plan = planOperation(operation, given);
  plans.set(key, plan);
  return plan;
}
