import { randomBytes } from "node:crypto";
import type { Instant } from "../core/instant.ts";

/** A tenant: everything else belongs to exactly one. */
export interface Account {
  readonly sid: string;
  readonly friendlyName: string;
  readonly defaultServiceSid: string;
  readonly dateCreated: Instant;
  readonly dateUpdated: Instant;
}

/** A second way into an account, revocable on its own. */
export interface ApiKey {
  readonly sid: string;
  readonly accountSid: string;
  readonly friendlyName: string;
  readonly dateCreated: Instant;
}

/** 128 random bits in hex: some clients refuse anything but letters and digits in a password. */
export function createSecret(): string {
  return randomBytes(16).toString("hex");
}
