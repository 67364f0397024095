import { z } from "zod";
import { readBody } from "../core/body.ts";
import { ApiError } from "../core/errors.ts";

/** Parameters of a path, a query or a form by name, as zod describes them. */
export type Parameters = z.ZodObject<Record<string, z.ZodType>>;

const FORM = "application/x-www-form-urlencoded";
const BODY_LIMIT = 1024 * 1024;
const PAIR_LIMIT = 1000;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Path and query as they came: still encoded, and one character for each byte. */
export function splitUrl(url: string): { path: string; query: string } {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const [target = ""] = url.slice(start).split("#", 1);
  const mark = target.indexOf("?");
  return mark < 0
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Reads the decoded values of a template's `{names}` off a path; a literal `+` stays one. */
export function pathReader<P extends Parameters>(schema: P, template: string): (path: string) => z.output<P> {
  const names = template
    .split("/")
    .flatMap((name, at) => (name.startsWith("{") ? [{ name: name.slice(1, -1), at }] : []));
  return (path) => {
    const segments = names.length > 0 ? path.split("/") : [];
    return schema.parse(Object.fromEntries(names.map(({ name, at }) => [name, decode(segments[at] ?? "")])));
  };
}

/** A name and its value. */
export type Pair = readonly [string, string];

/**
 * The pairs of a form-encoded text of one character for each byte.
 *
 * @throws ApiError INVALID_PARAMETER for what is not encoded UTF-8
 */
export function pairsOf(text: string): Pair[] {
  const pairs = text.split("&", PAIR_LIMIT + 1);
  if (pairs.length > PAIR_LIMIT) throw invalid(`More than ${PAIR_LIMIT} parameters`);
  return pairs.map((pair) => {
    const sign = pair.indexOf("=");
    const end = sign < 0 ? pair.length : sign;
    return [
      decode(pair.slice(0, end).replaceAll("+", " ")),
      decode(pair.slice(end + 1).replaceAll("+", " ")),
    ];
  });
}

/**
 * The declared parameters among the pairs. Unknown ones are ignored.
 *
 * @throws ApiError PARAMETER_REPEATED for anything but a list
 */
export function parsePairs<P extends Parameters>(schema: P, pairs: readonly Pair[]): z.output<P> {
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of pairs) {
    const declared = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    if (declared === undefined) continue;
    const given = values[name];
    if (isList(declared)) values[name] = [...(given ?? []), value];
    else if (given === undefined) values[name] = value;
    else {
      const message = `Parameter ${name} given more than once`;
      throw new ApiError("PARAMETER_REPEATED", { message, parameter: name });
    }
  }
  return schema.parse(values);
}

/**
 * The body as text of one character for each byte.
 *
 * @throws ApiError UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, INVALID_PARAMETER
 */
export async function readForm(request: Request): Promise<string> {
  const acceptable = isForm(request.headers);
  try {
    const body = await readBody(request, (size) => {
      if (size > 0 && !acceptable) throw new ApiError("UNSUPPORTED_MEDIA_TYPE");
      if (size > BODY_LIMIT) throw new ApiError("BODY_TOO_LARGE");
    });
    return body.toString("latin1");
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    throw new ApiError("INVALID_PARAMETER", { message: "The request body could not be read", cause });
  }
}

function isForm(headers: Headers): boolean {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  if (type.trim() !== FORM || (headers.get("content-encoding") ?? "identity") !== "identity") return false;
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith("charset="));
  return charset === undefined || /^charset="?utf-?8"?$/.test(charset);
}

function isList(schema: z.ZodType): boolean {
  return schema instanceof z.ZodOptional
    ? isList(schema.unwrap() as z.ZodType)
    : schema instanceof z.ZodArray;
}

function invalid(message: string): ApiError {
  return new ApiError("INVALID_PARAMETER", { message });
}

/** Percent-decodes once, as strict UTF-8. */
function decode(text: string): string {
  if (/^[!-$&-~ ]*$/.test(text)) return text;
  if (/%(?![0-9a-f]{2})/i.test(text)) throw invalid("A '%' that begins no escape");
  const bytes = text.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  let decoded: string;
  try {
    decoded = utf8.decode(Buffer.from(bytes, "latin1"));
  } catch {
    throw invalid("A text that is not UTF-8");
  }
  if (decoded.includes("\0")) throw invalid("A text that holds a NUL");
  return decoded;
}
