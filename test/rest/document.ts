import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import { PUBLIC_URL, type TestApp } from "../setup/app.ts";
import type { Answer } from "../setup/clients.ts";

interface Operation {
  readonly responses: Record<string, { readonly content?: object } | undefined>;
}

type Check = (method: string, path: string, answer: Answer) => void;

const documents = new WeakMap<TestApp, Promise<string>>();
const checks = new Map<string, Check>();

/** Holds an answer of v1 against `/openapi.json`: its status is declared, its body is what the schema says and no more. */
export async function expectDocumented(
  app: TestApp,
  method: string,
  path: string,
  answer: Answer,
): Promise<void> {
  if (!path.startsWith("/v1")) return;
  const document = documents.get(app) ?? readDocument(app);
  documents.set(app, document);
  const text = await document;
  const check = checks.get(text) ?? createCheck(JSON.parse(text));
  checks.set(text, check);
  check(method, path, answer);
}

async function readDocument(app: TestApp): Promise<string> {
  return (await app.fetch(new Request(`${PUBLIC_URL}/openapi.json`))).text();
}

function createCheck(document: { paths: Record<string, Record<string, Operation>> }): Check {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "openapi");
  const templates = Object.keys(document.paths).map((template) => ({
    template,
    pattern: new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`),
  }));
  const validators = new Map<string, ValidateFunction>();
  const expectValid = (pointer: string, body: unknown) => {
    const validate = validators.get(pointer) ?? ajv.compile({ $ref: `openapi#${pointer}` });
    validators.set(pointer, validate);
    validate(body);
    expect(validate.errors ?? [], JSON.stringify(body)).toEqual([]);
  };

  return (method, path, { status, headers, body }) => {
    const template = templates.find(({ pattern }) => pattern.test(path))?.template;
    const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
    if (body !== null) expect(headers.get("content-type")).toBe("application/json");
    if (template === undefined || operation === undefined) {
      if (body !== null) expectValid("/components/schemas/Error", body);
      return;
    }
    const declared = operation.responses[status];
    expect(declared, `${status} of ${method} ${template}`).toBeDefined();
    if (declared?.content === undefined) return expect(body).toBeNull();
    const pointer = `/paths/${template.replaceAll("/", "~1")}/${method.toLowerCase()}/responses/${status}`;
    expectValid(`${pointer}/content/application~1json/schema`, body);
  };
}
