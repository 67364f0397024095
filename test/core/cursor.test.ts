import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCursors } from "../../src/core/cursor.ts";
import type { Direction } from "../../src/core/page.ts";

const cursors = createCursors(Buffer.alloc(32, 1));
const text = fc.string({ unit: "binary", maxLength: 20 }).filter((value) => value.isWellFormed());
const cursor = fc.record({
  position: fc.array(text, { maxLength: 3 }),
  direction: fc.constantFrom<Direction>("forward", "backward"),
});

describe("open", () => {
  it("gives back what was sealed, from URL-safe text without dots", () => {
    fc.assert(
      fc.property(text, cursor, (list, sealed) => {
        const token = cursors.seal(list, sealed);
        expect(token).toMatch(/^[\w-]+$/);
        expect(cursors.open(list, token)).toEqual(sealed);
      }),
    );
  });

  it("null once any byte is another", () => {
    const token = cursors.seal("list", { position: ["CH1", "MB2"], direction: "forward" });
    const bytes = Buffer.from(token, "base64url");
    for (const index of bytes.keys()) {
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = Buffer.from(bytes);
        damaged[index]! ^= flip;
        expect(cursors.open("list", damaged.toString("base64url")), `byte ${index}`).toBeNull();
      }
    }
  });

  it("null once any character is another, is missing, or one is added", () => {
    // 14 bytes of payload: the last character has bits to spare, which must not go unseen.
    for (const position of [["a"], ["ab"], ["abc"]]) {
      const token = cursors.seal("list", { position, direction: "backward" });
      for (let index = 0; index < token.length; index++) {
        for (const character of "AZaz09-_.=+/ é") {
          const changed = token.slice(0, index) + character + token.slice(index + 1);
          if (changed !== token) expect(cursors.open("list", changed), changed).toBeNull();
        }
        expect(cursors.open("list", token.slice(0, index))).toBeNull();
        expect(cursors.open("list", `${token.slice(0, index)}A${token.slice(index)}`)).toBeNull();
      }
      expect(cursors.open("list", `${token}=`)).toBeNull();
    }
  });

  it("null for any text nobody sealed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (forged) => {
        expect(cursors.open("list", forged)).toBeNull();
      }),
    );
  });

  it("null for another list, and for another secret", () => {
    const sealed = { position: ["CH1"], direction: "forward" } as const;
    const token = cursors.seal("list", sealed);
    expect(cursors.open("list ", token)).toBeNull();
    expect(cursors.open("", token)).toBeNull();
    expect(createCursors(Buffer.alloc(32, 2)).open("list", token)).toBeNull();
  });
});
