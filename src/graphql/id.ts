/** The id of a node: its type and SID, in a form that nobody takes for a SID. */
export function encodeNodeId(type: string, sid: string): string {
  return Buffer.from(`${type}:${sid}`).toString("base64url");
}

/** Null where the text is no id as `encodeNodeId` writes them. */
export function decodeNodeId(id: string): { type: string; sid: string } | null {
  const [, type, sid] =
    /^([A-Za-z]+):([A-Z]{2}[0-9a-f]{32})$/.exec(Buffer.from(id, "base64url").toString()) ?? [];
  if (type === undefined || sid === undefined || encodeNodeId(type, sid) !== id) return null;
  return { type, sid };
}
