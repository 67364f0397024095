import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
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

/** Of 12 bytes: four characters of base64url for every three. */
const MAC_LENGTH = 16;

/** Base64url without dots: one SDK strips `.123` from query values. */
export function createCursors(secret: Buffer): Cursors {
  const key = createSecretKey(secret);
  const mac = (list: string, payload: string) =>
    createHmac("sha256", key).update(`${list}\0${payload}`).digest("base64url").slice(0, MAC_LENGTH);
  return {
    seal(list, { position, direction }) {
      const payload = JSON.stringify([direction === "forward" ? 1 : 0, ...position]);
      return mac(list, payload) + Buffer.from(payload).toString("base64url");
    },
    open(list, text) {
      const bytes = Buffer.from(text.slice(MAC_LENGTH), "base64url");
      const payload = bytes.toString();
      const sealed = Buffer.from(mac(list, payload) + Buffer.from(payload).toString("base64url"));
      const shown = Buffer.from(text);
      if (shown.length !== sealed.length || !timingSafeEqual(shown, sealed)) return null;
      const [direction, ...position] = JSON.parse(payload) as [0 | 1, ...string[]];
      return { position, direction: direction === 1 ? "forward" : "backward" };
    },
  };
}
