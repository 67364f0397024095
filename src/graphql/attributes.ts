import { ApiError } from "../core/errors.ts";
import type { InputFields } from "./builder.ts";

/** Attributes as inputs give them: a JSON value, or the text of one. */
export interface AttributesInput {
  readonly attributes?: unknown;
  readonly attributesText?: string | null;
}

export const ATTRIBUTES = {
  value:
    "The application's own data. The JSON value `null`, which is no value of a field that can't be null, shows as `{}`.",
  text: "The attributes as text, byte for byte as they were stored.",
  valueInput:
    "The application's own data; null clears it to `{}`. Not together with `attributesText`, else INVALID_PARAMETER.",
  textInput:
    "The same as JSON text, which is stored byte for byte; null clears it to `{}`. ATTRIBUTES_INVALID where it is no JSON, or nested deeper than 500. Not together with `attributes`.",
} as const;

/** @param limit greatest length in bytes */
export function attributesFields(t: InputFields, limit: number) {
  return {
    attributes: t.field({
      type: "JSON",
      description: `${ATTRIBUTES.valueInput} At most ${limit.toLocaleString("en")} bytes, else ATTRIBUTES_TOO_LONG.`,
    }),
    attributesText: t.string({ description: ATTRIBUTES.textInput }),
  };
}

/**
 * The text to store; undefined where neither is given, null where they are to be cleared.
 *
 * @throws ApiError INVALID_PARAMETER where both are given, ATTRIBUTES_INVALID
 */
export function attributesFrom({ attributes, attributesText }: AttributesInput): string | null | undefined {
  if (attributes === undefined) return attributesText;
  if (attributesText !== undefined) {
    throw new ApiError("INVALID_PARAMETER", {
      message: "Either 'attributes' or 'attributesText' can be given, not both",
      parameter: "attributesText",
    });
  }
  try {
    return attributes === null ? null : JSON.stringify(attributes);
  } catch (cause) {
    // Nested deeper than the stack reaches.
    throw new ApiError("ATTRIBUTES_INVALID", { parameter: "attributes", cause });
  }
}

/** What the attributes are called in this input. */
export function attributesName({ attributes, attributesText }: AttributesInput): { attributes: string } {
  const asText = attributes === undefined && attributesText !== undefined;
  return { attributes: asText ? "attributesText" : "attributes" };
}

export function attributesValue(text: string): unknown {
  return JSON.parse(text) ?? {};
}
