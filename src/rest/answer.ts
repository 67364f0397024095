/** What v1 answers, before it is a Response: the headers of one are parsed and sorted each time that one is added. */
export interface Answer {
  readonly status: number;
  /** For whoever hands the answer on to add to. */
  readonly headers: Record<string, string>;
  /** JSON text; null where there is none. */
  readonly body: string | null;
}

export function toResponse({ body, ...init }: Answer): Response {
  return new Response(body, init);
}
