import { expectDocumented } from "../rest/document.ts";
import { PUBLIC_URL, type TestAccount, type TestApp } from "./app.ts";

/** An answer with its body parsed; null where it has none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are what the tests examine
  readonly body: any;
}

export type Form = Record<string, string | readonly string[]>;

/** Speaks v1 as an account, every answer held against the OpenAPI document: `rest.post("/v1/Conversations", { FriendlyName: "Trip" })`. */
export function restClient(app: TestApp, account: Pick<TestAccount, "authorization">) {
  const send = async (method: string, path: string, form?: Form, headers: Record<string, string> = {}) => {
    const url = new URL(path, PUBLIC_URL);
    const answer = await read(
      await app.fetch(
        new Request(url, {
          method,
          headers: {
            authorization: account.authorization,
            ...(form && { "content-type": "application/x-www-form-urlencoded" }),
            ...headers,
          },
          ...(form && { body: encode(form) }),
        }),
      ),
    );
    await expectDocumented(app, method, url.pathname, answer);
    return answer;
  };
  return {
    get: (path: string, query: Form = {}) => {
      const encoded = encode(query);
      return send("GET", encoded === "" ? path : `${path}?${encoded}`);
    },
    post: (path: string, form: Form = {}, headers?: Record<string, string>) =>
      send("POST", path, form, headers),
    delete: (path: string) => send("DELETE", path),
    send,
  };
}

/** Speaks GraphQL as an account. */
export function graphqlClient(app: TestApp, account: Pick<TestAccount, "authorization">) {
  return async (query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
    read(
      await app.fetch(
        new Request(`${PUBLIC_URL}/graphql`, {
          method: "POST",
          headers: { authorization: account.authorization, "content-type": "application/json" },
          body: JSON.stringify({ query, variables }),
        }),
      ),
    );
}

function encode(form: Form): string {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(pairs).toString();
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}
