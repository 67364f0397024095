type Done = (status: number, body: Buffer | number) => void;

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const END_OF_LINE = Buffer.from("\r\n");

/**
 * Reads the responses of one connection, without pipelining, as far as a benchmark needs it: the status, and the body
 * or only its length, which copies nothing.
 */
export function createResponseReader(done: Done): (chunk: Buffer, needsBody: boolean) => void {
  let head: Buffer | null = null;
  let status = 0;
  /** Of the body, or -1 while it comes in chunks. */
  let length = 0;
  let seen = 0;
  let parts: Buffer[] = [];
  let inBody = false;

  const finish = (body: Buffer | number) => {
    inBody = false;
    head = null;
    parts = [];
    seen = 0;
    done(status, body);
  };

  const readBody = (chunk: Buffer, needsBody: boolean) => {
    seen += chunk.length;
    if (needsBody || length < 0) parts.push(chunk);
    if (length >= 0) {
      if (seen >= length) finish(needsBody ? Buffer.concat(parts) : seen);
    } else if (endsChunked(chunk, parts)) {
      const body = dechunk(Buffer.concat(parts));
      if (body !== null) finish(needsBody ? body : body.length);
    }
  };

  return (chunk, needsBody) => {
    if (inBody) return readBody(chunk, needsBody);
    head = head === null ? chunk : Buffer.concat([head, chunk]);
    const end = head.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const text = head.toString("latin1", 0, end);
    status = Number(text.slice(9, 12));
    const given = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
    length = given === undefined ? -1 : Number(given);
    inBody = true;
    readBody(head.subarray(end + END_OF_HEAD.length), needsBody);
  };
}

function endsChunked(chunk: Buffer, parts: readonly Buffer[]): boolean {
  const tail = chunk.length >= 5 ? chunk : Buffer.concat(parts.slice(-5));
  return tail.subarray(-5).toString("latin1") === "0\r\n\r\n";
}

/** Null where more is to come. */
function dechunk(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf(END_OF_LINE, at);
    if (end < 0) return null;
    const size = Number.parseInt(bytes.toString("latin1", at, end), 16);
    if (size === 0) return Buffer.concat(parts);
    at = end + 2 + size + 2;
    if (at > bytes.length) return null;
    parts.push(bytes.subarray(end + 2, end + 2 + size));
  }
}
