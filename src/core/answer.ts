/** An answer before it is a Response: the headers of one are parsed and sorted each time that one is added. */
export interface Answer {
  readonly status: number;
  /** For whoever hands the answer on to add to. */
  readonly headers: Record<string, string>;
  /** Null where there is none, and ignored where HEAD is answered. */
  readonly body: string | null;
}

/** The header `Retry-After` of every 503. */
export const RETRY_AFTER_SECONDS = "1";

export function toResponse({ body, ...init }: Answer): Response {
  return new Response(body === null ? null : encode(body), init);
}

const encoder = new TextEncoder();
/** Long enough for most answers, each of whose UTF-16 units takes three bytes at most. */
const scratch = new Uint8Array(512 * 1024);

/** In one pass, to where there is room enough: what is asked first how long it will be is gone through twice. */
function encode(text: string): Uint8Array<ArrayBuffer> {
  if (text.length * 3 > scratch.length) return Buffer.from(text);
  return scratch.slice(0, encoder.encodeInto(text, scratch).written);
}
