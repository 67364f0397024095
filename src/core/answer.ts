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

/** Most answers hold ASCII alone, which is copied, and not encoded character by character. */
function encode(text: string): Uint8Array<ArrayBuffer> {
  return Buffer.from(text, Buffer.byteLength(text) === text.length ? "latin1" : "utf8");
}
