import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

interface Operation {
  readonly responses?: Readonly<Record<string, { readonly content?: object } | undefined>>;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Answer {
  readonly status: number;
  /** The media type. */
  readonly type: string | null;
  /** Parsed; null where there is none. */
  readonly body: unknown;
}

/** Tells what of an answer is not as the OpenAPI document says: its status, its media type, its body. */
export function documentedFaults(
  document: Document,
): (method: string, path: string, answer: Answer) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "openapi");
  const templates = Object.keys(document.paths).map((template) => ({
    template,
    pattern: new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`),
  }));
  const validators = new Map<string, ValidateFunction>();
  const faultsOf = (pointer: string, body: unknown): string[] => {
    const validate = validators.get(pointer) ?? ajv.compile({ $ref: `openapi#${pointer}` });
    validators.set(pointer, validate);
    return validate(body) ? [] : [`${ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`];
  };

  return (method, target, { status, type, body }) => {
    // Of `..` among its segments a path is rid before anyone looks at it.
    const { pathname: path } = new URL(`http://localhost${target}`);
    const template = templates.find(({ pattern }) => pattern.test(path))?.template;
    const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
    const faults = body !== null && type !== "application/json" ? [`${type} is no application/json`] : [];
    if (template === undefined || operation === undefined) {
      return body === null ? faults : [...faults, ...faultsOf("/components/schemas/Error", body)];
    }
    const declared = operation.responses?.[status];
    if (!declared) return [...faults, `${status} of ${method} ${template} is not declared`];
    if (declared.content === undefined)
      return body === null ? faults : [...faults, "a body that is not declared"];
    const pointer = `/paths/${template.replaceAll("/", "~1")}/${method.toLowerCase()}/responses/${status}`;
    return [...faults, ...faultsOf(`${pointer}/content/application~1json/schema`, body)];
  };
}
