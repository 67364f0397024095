import { z } from "zod";

/** Texts that hold nothing JSON escapes: SIDs, dates, URLs made of SIDs. */
export const plain = z.registry();

/**
 * Writes values that meet a schema as JSON, by a function compiled for it, with all names and punctuation in place. It
 * takes a third of the time of `JSON.stringify`, which finds out anew what each row of a page looks like; and what the
 * schema doesn't name is not told.
 */
export function writerOf(schema: z.ZodType): (value: unknown) => string {
  const source = `return (v) => ${concatenated(partsOf(schema, "v"))};`;
  return new Function("escaped", "many", source)(escaped, many) as (value: unknown) => string;
}

/** JSON text as it is, or JavaScript for what is only known of a value. */
type Part = { readonly text: string } | { readonly script: string };

/** The fewer there are, the less there is to put together: neighbouring texts are one. */
function concatenated(parts: readonly Part[]): string {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last && "text" in last && "text" in part) merged[merged.length - 1] = { text: last.text + part.text };
    else merged.push(part);
  }
  const terms = merged.map((part) => ("text" in part ? JSON.stringify(part.text) : part.script));
  return terms.length > 1 ? terms.join(" + ") : (terms[0] ?? '""');
}

function partsOf(schema: z.ZodType, value: string): Part[] {
  if (schema instanceof z.ZodNullable) {
    const inner = concatenated(partsOf(schema.unwrap() as z.ZodType, value));
    return [{ script: `(${value} === null ? "null" : ${inner})` }];
  }
  if (schema instanceof z.ZodObject) return partsOfObject(schema, value);
  if (schema instanceof z.ZodArray) {
    const each = concatenated(partsOf(schema.element as z.ZodType, "v"));
    return [{ text: "[" }, { script: `many(${value}, (v) => ${each})` }, { text: "]" }];
  }
  if (schema instanceof z.ZodEnum || plain.has(schema)) return quoted(value);
  if (schema instanceof z.ZodString) return quoted(`escaped(${value})`);
  return [{ script: `JSON.stringify(${value})` }];
}

function quoted(script: string): Part[] {
  return [{ text: '"' }, { script }, { text: '"' }];
}

function partsOfObject(schema: z.ZodObject, value: string): Part[] {
  const members = Object.entries(schema.shape);
  const isOptional = members.some(([, member]) => member instanceof z.ZodOptional);
  const parts = members.flatMap(([name, member], index): Part[] => {
    const key = JSON.stringify(name);
    const place = `${value}[${key}]`;
    const inner = (member instanceof z.ZodOptional ? member.unwrap() : member) as z.ZodType;
    const comma = isOptional || index > 0 ? "," : "";
    const written: Part[] = [{ text: `${comma}${key}:` }, ...partsOf(inner, place)];
    if (!(member instanceof z.ZodOptional)) return written;
    return [{ script: `(${place} === undefined ? "" : ${concatenated(written)})` }];
  });
  // Where it is not known which member comes first, each has its comma, and the first one's is cut off.
  const inside = isOptional ? [{ script: `(${concatenated(parts)}).slice(1)` }] : parts;
  return [{ text: "{" }, ...inside, { text: "}" }];
}

/** A quote, a backslash, a control character or a surrogate. */
const SPECIAL = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

function escaped(value: string): string {
  return SPECIAL.test(value) ? JSON.stringify(value).slice(1, -1) : value;
}

function many<T>(values: readonly T[], write: (value: T) => string): string {
  let written = "";
  for (const value of values) written += written === "" ? write(value) : `,${write(value)}`;
  return written;
}
