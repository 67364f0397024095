import { ApiError } from "./errors.ts";
import { checkText } from "./text.ts";

/** What attributes are until someone sets them. */
export const NO_ATTRIBUTES = "{}";

/** Deeper JSON could be stored, but not printed within a GraphQL answer: printing recurses. */
const DEEPEST = 500;

/**
 * Checks that attributes are JSON and returns the text as given, byte for byte; an empty one means `{}` (decision 26).
 *
 * @param limit greatest length in bytes of UTF-8
 */
export function checkAttributes(text: string | null | undefined, limit: number): string | undefined {
  if (text === undefined) return undefined;
  if (text === null || text === "") return NO_ATTRIBUTES;
  const parameter = "attributes";
  if (Buffer.byteLength(text) > limit) throw new ApiError("ATTRIBUTES_TOO_LONG", { parameter });
  try {
    JSON.parse(checkText(text, parameter));
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    throw new ApiError("ATTRIBUTES_INVALID", { parameter });
  }
  if (depthOf(text) > DEEPEST) {
    throw new ApiError("ATTRIBUTES_INVALID", {
      message: `Attributes nested deeper than ${DEEPEST}`,
      parameter,
    });
  }
  return text;
}

/** Nesting of a valid JSON text, read without recursion. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepest;
}
