import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecretBox, deriveKey, SealedSecretError } from "../../src/core/secret.ts";

const key = randomBytes(32);
const box = createSecretBox(key);

describe("createSecretBox", () => {
  it("opens what it sealed, and seals the same secret differently each time", () => {
    const sealed = box.seal("AC1", "secret");
    expect(box.open("AC1", sealed)).toBe("secret");
    expect(box.seal("AC1", "secret")).not.toBe(sealed);
    expect(Buffer.from(sealed, "base64").includes("secret")).toBe(false);
  });

  it("does not open what was sealed for another SID, with another key, or was changed in any byte", () => {
    const sealed = box.seal("AC1", "secret");
    expect(() => box.open("AC2", sealed)).toThrow(SealedSecretError);
    expect(() => createSecretBox(randomBytes(32)).open("AC1", sealed)).toThrow(SealedSecretError);
    const bytes = Buffer.from(sealed, "base64");
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(() => box.open("AC1", changed.toString("base64"))).toThrow(SealedSecretError);
      expect(() => box.open("AC1", bytes.subarray(0, at).toString("base64"))).toThrow(SealedSecretError);
    }
  });
});

describe("deriveKey", () => {
  it("makes one lasting key of 32 bytes for each purpose", () => {
    expect(deriveKey(key, "a")).toHaveLength(32);
    expect(deriveKey(key, "a")).toEqual(deriveKey(key, "a"));
    expect(deriveKey(key, "a")).not.toEqual(deriveKey(key, "b"));
  });
});
