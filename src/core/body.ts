/**
 * The bytes of a request's body.
 *
 * @param check is asked while the body grows; where the client says its length, of that first: the bytes then come all at
 * once, without a stream, and HTTP holds them to what was said
 */
export async function readBody(request: Request, check: (size: number) => void): Promise<Buffer> {
  const length = request.headers.get("content-length");
  if (length !== null) {
    check(Number(length));
    const bytes = Buffer.from(await request.arrayBuffer());
    check(bytes.length);
    return bytes;
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
