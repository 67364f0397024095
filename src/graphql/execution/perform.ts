import { type DocumentNode, type ExecutionResult, GraphQLError } from "graphql";
import type { Context } from "../../context.ts";
import { checkOperation, coerceVariables } from "../limits.ts";
import type { Operations } from "./operations.ts";
import type { Variables } from "./plan.ts";

/** An operation's name as the log takes it: one that is longer is left out. */
const LOGGED_NAME = /^[_A-Za-z]\w{0,63}$/;

/** What a client asks of a document. */
export interface Asked {
  readonly operationName?: string | null | undefined;
  readonly variables?: Variables | null | undefined;
}

/** Executes an operation of a valid document, once what it asks for is known to be allowed; null: it has none such. */
export function perform(
  operations: Operations,
  document: DocumentNode,
  { operationName, variables: given }: Asked,
  ctx: Context,
): Promise<ExecutionResult> | ExecutionResult | null {
  const operation = operations.find(document, operationName);
  if (operation === null) return null;
  const { definition } = operation;
  try {
    const variables = coerceVariables(operation, given ?? {});
    checkOperation(operation, variables);
    const name = definition.name?.value;
    if (name !== undefined && LOGGED_NAME.test(name)) {
      ctx.log.setBindings({ operation: name });
      ctx.watch.operation(name);
    }
    if (definition.operation === "query") ctx.session.onlyReads();
    return operations.execute(operation, variables, ctx);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [error] };
  }
}
