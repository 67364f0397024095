import { type DocumentNode, GraphQLError, type GraphQLSchema } from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { CONSISTENCY } from "../consistency.ts";
import { type Context, createContext, type Deps } from "../context.ts";
import type { Answer } from "../core/answer.ts";
import type { RequestWatch } from "../observe/watch.ts";
import { parseWithinLimits, tooRepetitive, wasAborted } from "./document.ts";
import { failureStatus, publicError, requestError } from "./errors.ts";
import { createOperations, type Operations } from "./execution/operations.ts";
import { createGraphiql, type Example, wantsPage } from "./graphiql.ts";
import { checkOperation, coerceVariables } from "./limits.ts";
import { answerType, readRequest } from "./request.ts";

/** Documents are remembered up to so many characters of their text. */
const REMEMBERED = 1_000_000;
const RETRY_AFTER_SECONDS = "1";

type Served = Context & { readonly body?: unknown };

/** GraphQL over HTTP, and GraphiQL for browsers. What it answers is always JSON with a coded error, or data. */
export function createGraphql(
  deps: Deps,
  schema: GraphQLSchema,
  examples: readonly Example[],
): (request: Request, log: Logger, watch: RequestWatch) => Promise<Answer | Response> {
  const graphiql = deps.graphiql && createGraphiql(deps.graphiql, examples);
  const yoga = createYoga<Served>({
    schema,
    plugins: [reading, limits, executing(createOperations(schema, deps.observer.cache("plans"))), telling],
    parserAndValidationCache: {
      documentCache: counted(cacheByText<DocumentNode>(), deps.observer.cache("documents")),
      errorCache: cacheByText<Error>(),
    },
    // `telling` does it, with the request's own log.
    maskedErrors: false,
    logging: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    cors: false,
    fetchAPI: { Response: Reply as unknown as typeof Response },
  });
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
        // Given one object, yoga would make it the prototype of another: V8 keeps prototypes until a major collection, and
        // with it all that the request has read.
        const answer = (await yoga.fetch(bare, ctx, { body })) as unknown as Reply;
        const token = await seen();
        if (token !== null) answer.headers[CONSISTENCY] = token;
        return answer;
      });
    } catch (error) {
      return errorAnswer(error, { publicUrl: deps.publicUrl, log }, accept ?? undefined);
    }
  };
}

/** What yoga makes instead of a Response: an answer whose headers may still be added to. */
class Reply implements Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | null;

  constructor(body: string | null, { status = 200, headers }: ResponseInit = {}) {
    this.status = status;
    this.headers = { ...(headers as Record<string, string>) };
    this.body = body;
  }
}

const reading: Plugin<object, Served> = {
  onRequestParse({ request, serverContext, setRequestParser }) {
    if (request.method === "POST") setRequestParser(() => serverContext.body as object);
  },
};

/** An operation's name as the log takes it: one that is longer is left out. */
const LOGGED_NAME = /^[_A-Za-z]\w{0,63}$/;

const limits: Plugin<Served, Served> = {
  onParse({ setParseFn }) {
    setParseFn(parseWithinLimits);
  },
  onValidate() {
    return ({ result, setResult }) => {
      if (wasAborted(result)) setResult([tooRepetitive()]);
    };
  },
};

/** Executes what it can find; for what it can't, yoga's own executor has the errors. */
function executing(operations: Operations): Plugin<Served, Served> {
  return {
    onExecute({ args, setExecuteFn, setResultAndStopExecution }) {
      const { document, operationName, variableValues, contextValue } = args;
      const operation = operations.find(document, operationName);
      if (operation === null) return;
      try {
        const variables = coerceVariables(operation, variableValues ?? {});
        checkOperation(operation, variables);
        const name = operation.definition.name?.value;
        if (name !== undefined && LOGGED_NAME.test(name)) {
          contextValue.log.setBindings({ operation: name });
          contextValue.watch.operation(name);
        }
        if (operation.definition.operation === "query") contextValue.session.onlyReads();
        setExecuteFn(() => operations.execute(operation, variables, contextValue));
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        setResultAndStopExecution({ errors: [error] });
      }
    },
  };
}

/** Every result passes here last: errors become what clients may see, and the status follows them. */
const telling: Plugin<object, Served> = {
  onResultProcess({ result, setResult, serverContext }) {
    if (Array.isArray(result) || !("errors" in result) || !result.errors) return;
    const errors = result.errors.map((error) => publicError(error as GraphQLError, serverContext));
    const status = failureStatus(result.data, errors);
    const headers = status === 503 ? { "Retry-After": RETRY_AFTER_SECONDS } : {};
    setResult({ ...result, errors, ...(status && { extensions: { http: { status, headers } } }) });
  },
};

/** Answers what never reached an operation. */
export function errorAnswer(
  thrown: unknown,
  failed: { readonly publicUrl: string; readonly log: Logger },
  type = "application/json",
): Answer {
  const error = publicError(
    thrown instanceof GraphQLError ? thrown : new GraphQLError("", { originalError: thrown as Error }),
    failed,
  );
  const { http: _, ...extensions } = error.extensions;
  const status = Number(extensions.status ?? (extensions.code === "NOT_ACCEPTABLE" ? 406 : 400));
  const headers: Record<string, string> = { "Content-Type": `${type}; charset=utf-8` };
  if (status === 405) headers.Allow = "GET, POST";
  if (status === 503) headers["Retry-After"] = RETRY_AFTER_SECONDS;
  return { status, headers, body: JSON.stringify({ errors: [{ message: error.message, extensions }] }) };
}

function cacheByText<V extends object>(): LRUCache<string, V> {
  return new LRUCache<string, V>({ maxSize: REMEMBERED, sizeCalculation: (_, text) => text.length + 1 });
}

function counted<V extends object>(cache: LRUCache<string, V>, cached: (isHit: boolean) => void) {
  return {
    get(text: string) {
      const known = cache.get(text);
      cached(known !== undefined);
      return known;
    },
    set: (text: string, value: V) => void cache.set(text, value),
  };
}
