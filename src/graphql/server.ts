import type { DocumentNode, ExecutionResult, GraphQLSchema } from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import type { Logger } from "pino";
import { CONSISTENCY } from "../consistency.ts";
import { type Context, createContext, type Deps } from "../context.ts";
import type { Answer } from "../core/answer.ts";
import type { RequestWatch } from "../observe/watch.ts";
import { errorAnswer, resultAnswer } from "./answer.ts";
import { parseWithinLimits, tooRepetitive, wasAborted } from "./document.ts";
import { createDocuments, createParseErrors, type Documents } from "./documents.ts";
import { requestError } from "./errors.ts";
import { createOperations, type Operations } from "./execution/operations.ts";
import { type Asked, perform } from "./execution/perform.ts";
import { createGraphiql, type Example, wantsPage } from "./graphiql.ts";
import { answerType, askedPlainly, readRequest } from "./request.ts";

type Served = Context & { readonly body?: unknown; readonly accept: string };

/** GraphQL over HTTP, and GraphiQL for browsers. What it answers is always JSON with a coded error, or data. */
export function createGraphql(
  deps: Deps,
  schema: GraphQLSchema,
  examples: readonly Example[],
): (request: Request, log: Logger, watch: RequestWatch) => Promise<Answer | Response> {
  const graphiql = deps.graphiql && createGraphiql(deps.graphiql, examples);
  const documents = createDocuments(deps.observer.cache("documents"));
  const operations = createOperations(schema, deps.observer.cache("plans"));
  const yoga = createYoga<Served>({
    schema,
    plugins: [reading, checking(documents), executing(operations), answering],
    parserAndValidationCache: { documentCache: documents, errorCache: createParseErrors() },
    // `answering` does it, with the request's own log.
    maskedErrors: false,
    logging: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    cors: false,
  });
  // What was asked before, and found valid, needs nothing that yoga does before and after executing; that takes it as
  // long as a small query does.
  const again = (body: unknown, ctx: Context) => {
    const asked = askedPlainly(body);
    const document = asked && documents.valid(asked.query);
    return document ? perform(operations, document, asked, ctx) : null;
  };
  return async (request, log, watch) => {
    if (graphiql && wantsPage(request)) return graphiql(request);
    const accept = answerType(request.headers.get("accept"));
    try {
      if (accept === null)
        throw requestError(
          "NOT_ACCEPTABLE",
          "Answers are application/graphql-response+json or application/json",
        );
      const actor = await deps.admission.run(() => deps.credentials.authenticate(request));
      log.setBindings({ account: actor.accountSid });
      const { request: bare, body } = await readRequest(request, accept);
      return await deps.admission.run(async () => {
        const { session, seen } = deps.consistently(request.headers);
        const ctx = createContext(deps, actor, log, watch, session);
        const result = await again(body, ctx);
        const answer = result
          ? resultAnswer(result, accept, ctx)
          : // Given one object, yoga would make it the prototype of another: V8 keeps prototypes until a major collection, and
            // with it all that the request has read.
            ((await yoga.fetch(bare, ctx, { body, accept })) as unknown as Answer);
        const token = await seen();
        if (token !== null) answer.headers[CONSISTENCY] = token;
        return answer;
      });
    } catch (error) {
      return errorAnswer(error, { publicUrl: deps.publicUrl, log }, accept ?? undefined);
    }
  };
}

const reading: Plugin<object, Served> = {
  onRequestParse({ request, serverContext, setRequestParser }) {
    if (request.method === "POST") setRequestParser(() => serverContext.body as object);
  },
};

function checking(documents: Documents): Plugin<Served, Served> {
  return {
    onParse({ setParseFn }) {
      setParseFn(parseWithinLimits);
    },
    onValidate({ params }) {
      return ({ result, setResult }) => {
        documents.checked(params.documentAST as DocumentNode, result);
        if (wasAborted(result)) setResult([tooRepetitive()]);
      };
    },
  };
}

/** Executes what it can find; for what it can't, yoga's own executor has the errors. */
function executing(operations: Operations): Plugin<Served, Served> {
  return {
    onExecute({ args, setExecuteFn }) {
      const { document, operationName, variableValues, contextValue } = args;
      const asked: Asked = { operationName, variables: variableValues };
      const result = perform(operations, document, asked, contextValue);
      if (result !== null) setExecuteFn(() => result);
    },
  };
}

const answering: Plugin<object, Served> = {
  onResultProcess({ setResultProcessor, serverContext }) {
    const { accept } = serverContext;
    setResultProcessor(
      (result) => resultAnswer(result as ExecutionResult, accept, serverContext) as unknown as Response,
      accept,
    );
  },
};
