import { type DocumentNode, print } from "graphql";
import type { TestAccount, TestApp } from "../setup/app.ts";
import { graphqlClient } from "../setup/clients.ts";

/** A document as the generated code types it. */
interface TypedDocument<Data, Variables> extends DocumentNode {
  __apiType?: (variables: Variables) => Data;
}

/** Runs typed documents as an account and answers their data; a top-level error fails the test. */
export function typedClient(app: TestApp, account: Pick<TestAccount, "authorization">) {
  const send = graphqlClient(app, account);
  return async <Data, Variables extends object>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
  ): Promise<Data> => {
    const { body } = await send(print(document), variables as Record<string, unknown>);
    if (body.errors) throw new Error(JSON.stringify(body.errors));
    return body.data;
  };
}

/** The variant of a mutation's result that is expected. */
export function as<Result extends { __typename: string }, Name extends Result["__typename"]>(
  name: Name,
  result: Result | null | undefined,
): Extract<Result, { __typename: Name }> {
  if (result?.__typename !== name) throw new Error(`Not ${name}: ${JSON.stringify(result)}`);
  return result as Extract<Result, { __typename: Name }>;
}
