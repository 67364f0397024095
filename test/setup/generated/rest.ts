import type { Dice } from "./dice.ts";
import type { Known } from "./known.ts";

/** A request as it goes over the wire. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { properties?: Record<string, Schema> } }>>;
  };
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const FORM = "application/x-www-form-urlencoded";
/** How often something is asked for with what belongs there. */
const SENSIBLE = 0.85;
const METHODS = ["GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "HEAD"];

/** Requests to the operations of an OpenAPI document, sensible and hostile. */
export function restRequests(document: OpenApi): (dice: Dice, known: Known) => Request {
  const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ template, method, operation })),
  );
  const reads = operations.filter(({ method }) => method === "get");
  const writes = operations.filter(({ method }) => method === "post");
  const deletions = operations.filter(({ method }) => method === "delete");
  return (dice, known) => {
    const among = dice.chance(0.5) ? reads : dice.chance(0.9) ? writes : deletions;
    const { template, method, operation } = dice.of(among);
    const path = pathOf(dice, known, template);
    const query = parametersOf(dice, known, namesIn(operation, "query"));
    const sent = dice.chance(0.01) ? dice.of(METHODS) : method.toUpperCase();
    const hasBody = method === "post" && !["GET", "HEAD"].includes(sent);
    const form = hasBody ? parametersOf(dice, known, formOf(operation)) : [];
    return {
      method: sent,
      path: query.length === 0 ? path : `${path}?${encode(query)}`,
      headers: headersOf(dice, hasBody),
      ...(hasBody && { body: dice.chance(0.01) ? dice.text() : encode(form) }),
    };
  };
}

/** A path that is known to be there, or was, up to the template's last parameter; or one put together at will. */
function pathOf(dice: Dice, known: Known, template: string): string {
  const end = template.lastIndexOf("}") + 1;
  const at = dice.below(1_000_000);
  const found = known.path(template.slice(0, end).replace(/\{\w+\}/g, "{}"), at);
  if (end === 0) return template;
  if (found !== undefined && dice.chance(SENSIBLE)) {
    const named = dice.chance(0.05) ? renamed(dice, known, found) : found;
    return named + template.slice(end);
  }
  return template.replace(/\{(\w+)\}/g, (_, name) => encodeSegment(drawn(dice, known, name)));
}

/** By something else in the last segment, such as a unique name or an identity. */
function renamed(dice: Dice, known: Known, path: string): string {
  const name = known.value(dice.of(["uniqueName", "identity", "sid"]), dice.below(1_000_000)) ?? dice.text();
  return path.slice(0, path.lastIndexOf("/") + 1) + encodeSegment(name);
}

type Named = readonly (readonly [name: string, schema: Schema])[];

function namesIn({ parameters = [] }: Operation, where: string): Named {
  return parameters
    .filter((parameter) => parameter.in === where)
    .map(({ name, schema = {} }) => [name, schema] as const);
}

function formOf({ requestBody }: Operation): Named {
  return Object.entries(requestBody?.content[FORM]?.schema.properties ?? {});
}

function parametersOf(dice: Dice, known: Known, names: Named): [string, string][] {
  // Few at a time: of many, one that is wrong hides what the others do.
  const share = dice.of([0.05, 0.1, 0.3, 0.6]);
  const pairs: [string, string][] = [];
  for (const [name, schema] of names) {
    for (let left = schema.type === "array" ? 4 : 1; left > 0 && dice.chance(share); left--) {
      pairs.push([name, drawn(dice, known, name, schema.items ?? schema)]);
    }
  }
  if (dice.chance(0.02)) pairs.push([dice.text(), dice.text()]);
  if (pairs.length > 0 && dice.chance(0.02)) pairs.push(dice.of(pairs));
  return pairs;
}

function drawn(dice: Dice, known: Known, name: string, schema: Schema = {}): string {
  if (schema.enum && dice.chance(SENSIBLE)) return String(dice.of(schema.enum));
  if (name === "Participant" && dice.chance(SENSIBLE)) return participant(dice, known);
  if (name === "PageSize" && dice.chance(SENSIBLE)) return String(dice.of([1, 2, 5, 20, 100]));
  if (dice.chance(0.6)) {
    const found = known.value(name, dice.below(1_000_000));
    if (found !== undefined) return found;
  }
  return dice.text();
}

function participant(dice: Dice, known: Known): string {
  const value = (name: string) => (dice.chance(0.5) ? dice.text() : known.value(name, dice.below(1_000_000)));
  return JSON.stringify(
    dice.chance(0.6)
      ? { identity: value("identity") }
      : { messaging_binding: { address: value("address"), proxy_address: value("proxyaddress") } },
  );
}

function headersOf(dice: Dice, hasBody: boolean): Record<string, string> {
  const printable = () =>
    dice
      .text()
      .replace(/[^\x20-\x7e]/g, "?")
      .trim();
  return {
    ...(hasBody && {
      "content-type": dice.chance(0.99) ? FORM : dice.of(["application/json", "text/plain", "x"]),
    }),
    ...(hasBody &&
      dice.chance(0.1) && { "idempotency-key": dice.chance(0.8) ? `key-${dice.below(500)}` : printable() }),
    ...(dice.chance(0.01) && { "x-twilio-webhook-enabled": printable() }),
    ...(dice.chance(0.01) && { accept: printable() }),
  };
}

function encode(pairs: readonly (readonly [string, string])[]): string {
  return new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
}

function encodeSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
