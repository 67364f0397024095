/** What went wrong, in the words of no protocol. A surface turns it into a status or a type. */
export type ErrorKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "unavailable"
  | "internal";

/** What an error's page tells of it; parameters are spelt as on v1. */
interface Advice {
  /** What made it happen. */
  readonly cause: string;
  /** What the caller can do about it. */
  readonly remedy: string;
  /** Where GraphQL's types or its paging leave no room for it. */
  readonly only?: "v1";
}

export interface CatalogueRow extends Advice {
  readonly kind: ErrorKind;
  /** HTTP status. */
  readonly status: number;
  /** Twilio's error code. */
  readonly code: number;
  readonly message: string;
}

export type Rows = Record<string, CatalogueRow>;

export const row = (
  kind: ErrorKind,
  status: number,
  code: number,
  message: string,
  advice: Advice,
): CatalogueRow => ({ kind, status, code, message, ...advice });

export const invalid = (code: number, message: string, advice: Advice) =>
  row("invalid", 400, code, message, advice);

export const conflict = (code: number, message: string, advice: Advice) =>
  row("conflict", 409, code, message, advice);
