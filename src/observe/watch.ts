import type { Batches } from "../core/loader.ts";
import type { Watch } from "../db/watch.ts";

/** Is told what a request turns out to be, and what is done for it. It must not throw. */
export interface RequestWatch extends Watch, Batches {
  /** The template of the path, such as `/v1/Users/{Sid}`: never the path itself. */
  route(template: string): void;
  /** The name that the client gave to its GraphQL operation. */
  operation(name: string): void;
  /** Does `work`, which is one operation of v1. */
  step<T>(name: string, work: () => T): T;
  /** The request named itself by an idempotency key, and was or was not answered before. */
  keyed(isRepeat: boolean): void;
}

/** A request from when it came until it was answered. */
export interface RequestUnderWay extends RequestWatch {
  /** Answers it. */
  run<T>(work: () => T): T;
  /** `route` is what it counts under where nothing has said it more exactly. */
  answered(route: string, status: number): void;
}
