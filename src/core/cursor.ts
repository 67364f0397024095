import { createHmac, timingSafeEqual } from "node:crypto";
import type { Direction, Position } from "./page.ts";

export interface Cursor {
  readonly position: Position;
  readonly direction: Direction;
}

/**
 * Opaque, signed places in a list. A cursor opens only for the list it was sealed for: `list` names the account,
 * the list and its filters, so a cursor of another account or another filter is as worthless as a damaged one.
 */
export interface Cursors {
  seal(list: string, cursor: Cursor): string;
  /** The cursor, or null where the text is damaged, forged or of another list. */
  open(list: string, text: string): Cursor | null;
}

const MAC_BYTES = 12;

/** Base64url without dots: one SDK strips `.123` from query values. */
export function createCursors(secret: Buffer): Cursors {
  const mac = (list: string, payload: Buffer) =>
    createHmac("sha256", secret).update(list).update("\0").update(payload).digest().subarray(0, MAC_BYTES);
  return {
    seal(list, { position, direction }) {
      const payload = Buffer.from(JSON.stringify([direction === "forward" ? 1 : 0, ...position]));
      return Buffer.concat([mac(list, payload), payload]).toString("base64url");
    },
    open(list, text) {
      if (!/^[\w-]+$/.test(text)) return null;
      const bytes = Buffer.from(text, "base64url");
      if (bytes.length <= MAC_BYTES || bytes.toString("base64url") !== text) return null;
      const payload = bytes.subarray(MAC_BYTES);
      if (!timingSafeEqual(mac(list, payload), bytes.subarray(0, MAC_BYTES))) return null;
      const [direction, ...position] = JSON.parse(payload.toString()) as [0 | 1, ...string[]];
      return { position, direction: direction === 1 ? "forward" : "backward" };
    },
  };
}
