/**
 * The bytes of a request's body.
 *
 * @param check is asked while the body grows: its length header may lie
 */
export async function readBody(request: Request, check: (size: number) => void): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    check(size);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
