import { createHash } from "node:crypto";

/** What a path answers, the same to everyone. */
export interface File {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly policy: string;
  readonly caching: string;
}

/** What every page forbids; each allows what it needs besides. */
const FORBIDDEN = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];

export function fileOf(
  type: string,
  content: string | Buffer,
  { allowed = [], caching = "no-cache" }: { allowed?: readonly string[]; caching?: string } = {},
): File {
  const body = Buffer.from(content);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  return { type, body, etag, policy: [...FORBIDDEN, ...allowed].join("; "), caching };
}

export function serve(file: File, request: Request): Response {
  const headers = {
    "Content-Security-Policy": file.policy,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": file.caching,
    ETag: file.etag,
  };
  if (request.headers.get("if-none-match")?.includes(file.etag))
    return new Response(null, { status: 304, headers });
  const body = request.method === "HEAD" ? null : new Uint8Array(file.body);
  return new Response(body, { headers: { ...headers, "Content-Type": file.type } });
}
