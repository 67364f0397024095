const HELD = Symbol("held to its length");

/** Says of a request that a server has received that its body is as long as it says: HTTP holds it to that. */
export function heldToLength(request: Request): Request {
  return Object.assign(request, { [HELD]: true });
}

/**
 * The bytes of a request's body. One that is held to its length comes all at once: read as a stream, it costs as much as
 * a small answer, and what belongs to its request stays in memory for long.
 *
 * @param check is asked of the length that is said, and while the body grows
 */
export async function readBody(request: Request, check: (size: number) => void): Promise<Buffer> {
  const length = request.headers.get("content-length");
  if (length !== null && HELD in request) {
    check(Number(length));
    return Buffer.from(await request.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    check(size);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
