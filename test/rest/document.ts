import { expect } from "vitest";
import { PUBLIC_URL, type TestApp } from "../setup/app.ts";
import type { Answer } from "../setup/clients.ts";
import { documentedFaults } from "../setup/generated/documented.ts";

type Check = ReturnType<typeof documentedFaults>;

const documents = new WeakMap<TestApp, Promise<string>>();
const checks = new Map<string, Check>();

/** Holds an answer of v1 against `/openapi.json`: its status is declared, its body is what the schema says and no more. */
export async function expectDocumented(
  app: TestApp,
  method: string,
  path: string,
  { status, headers, body }: Answer,
): Promise<void> {
  if (!path.startsWith("/v1")) return;
  const document = documents.get(app) ?? readDocument(app);
  documents.set(app, document);
  const text = await document;
  const check = checks.get(text) ?? documentedFaults(JSON.parse(text));
  checks.set(text, check);
  expect(check(method, path, { status, type: headers.get("content-type"), body })).toEqual([]);
}

async function readDocument(app: TestApp): Promise<string> {
  return (await app.fetch(new Request(`${PUBLIC_URL}/openapi.json`))).text();
}
