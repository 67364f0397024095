import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A stored secret does not open: it was sealed with another key, for another SID, or is damaged. */
export class SealedSecretError extends Error {
  constructor(cause?: unknown) {
    super("A stored secret does not open: was PARLEY_SECRET_KEY another one when it was written?", { cause });
    this.name = "SealedSecretError";
  }
}

/** Encrypts short secrets for storage. A sealed secret opens only for the SID it was sealed for. */
export interface SecretBox {
  seal(sid: string, secret: string): string;
  /** @throws SealedSecretError */
  open(sid: string, sealed: string): string;
}

/** AES-256-GCM: base64 of a version byte, a random nonce, the tag and the ciphertext. */
export function createSecretBox(secretKey: Buffer): SecretBox {
  const key = deriveKey(secretKey, "secrets at rest");
  return {
    seal(sid, secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(sid));
      const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text]).toString("base64");
    },
    open(sid, sealed) {
      const bytes = Buffer.from(sealed, "base64");
      const tagAt = 1 + NONCE_BYTES;
      const textAt = tagAt + TAG_BYTES;
      if (bytes[0] !== VERSION || bytes.length < textAt) throw new SealedSecretError();
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, tagAt), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(sid))
          .setAuthTag(bytes.subarray(tagAt, textAt));
        return decipher.update(bytes.subarray(textAt), undefined, "utf8") + decipher.final("utf8");
      } catch (cause) {
        throw new SealedSecretError(cause);
      }
    },
  };
}

/** A key of 32 bytes for one purpose (HKDF-SHA-256), so that no two uses share a key. */
export function deriveKey(secretKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secretKey, "", `parley ${purpose}`, 32));
}
