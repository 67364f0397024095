import { createTestApp, PUBLIC_URL, type TestApp } from "../setup/app.ts";
import type { Answer } from "../setup/clients.ts";
import { expectDocumented } from "./document.ts";

export type RestClient = Awaited<ReturnType<typeof openRest>>;

let opened: Promise<TestApp> | undefined;

/** Speaks v1 as an account of its own, byte for byte, and holds every answer against the OpenAPI document. */
export async function openRest() {
  opened ??= createTestApp();
  const app = await opened;
  const account = await app.account();

  async function send(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const url = new URL(path, PUBLIC_URL);
    const headers = new Headers({ authorization: account.authorization });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    const stream = init.body instanceof ReadableStream ? { duplex: "half" } : {};
    const response = await app.fetch(
      new Request(url, { ...init, ...stream, method, headers } as RequestInit),
    );
    const text = await response.text();
    const answer = {
      status: response.status,
      headers: response.headers,
      body: text === "" ? null : JSON.parse(text),
    };
    await expectDocumented(app, method, url.pathname, answer);
    return answer;
  }

  return {
    fetch: app.fetch,
    publicUrl: PUBLIC_URL,
    accountSid: account.sid,
    send,
    get: (path: string) => send("GET", path),
    delete: (path: string) => send("DELETE", path),
    post: (path: string, form: Readonly<Record<string, string>> = {}, headers?: Record<string, string>) =>
      send("POST", path, { body: new URLSearchParams(form), ...(headers && { headers }) }),
    postRaw: (path: string, body: RequestInit["body"], type = "application/x-www-form-urlencoded") =>
      send("POST", path, { body: body ?? null, headers: { "content-type": type } }),
  };
}
