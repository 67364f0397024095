import type { Instant } from "../core/instant.ts";
import type { Batches } from "../core/loader.ts";
import type { Db } from "./client.ts";

/** Where and as of when a request reads: what every loader is made for. */
export interface Scope {
  readonly db: Db;
  readonly accountSid: string;
  readonly now: Instant;
  readonly watch: Batches;
}
