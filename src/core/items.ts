import { ApiError, type Conflicting, type ErrorCode } from "./errors.ts";

/** What came of one of many: a value, or why there is none. */
export type Outcome<T> = { readonly value: T } | { readonly error: ApiError };

/** Whether one that can't be done keeps the others from being done. */
export type BulkMode = "allOrNothing" | "perItem";

export const MOST_ITEMS = 1000;

/** @throws ApiError INVALID_PARAMETER unless there are 1 to 1,000 */
export function checkItems(items: readonly unknown[], parameter: string): void {
  if (items.length >= 1 && items.length <= MOST_ITEMS) return;
  throw new ApiError("INVALID_PARAMETER", { message: `Between 1 and ${MOST_ITEMS} can be given`, parameter });
}

/** What `work` returns, or the ApiError that it throws. */
export function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { value: work() };
  } catch (error) {
    return failed(error);
  }
}

export function failed(error: unknown): { error: ApiError } {
  if (error instanceof ApiError) return { error };
  throw error;
}

/** The outcome of the item at `path`, such as `participants[3]`: of an error, the parameter is told from there. */
export function located<T>(outcome: Outcome<T>, path: string): Outcome<T> {
  if (!("error" in outcome)) return outcome;
  const { error } = outcome;
  const parameter = error.parameter === undefined ? path : `${path}.${error.parameter}`;
  return { error: error.with({ parameter }) };
}

/** The values, or the first error with all others behind it. @throws ApiError */
export function valuesOf<T>(outcomes: readonly Outcome<T>[]): T[] {
  const faults = outcomes.flatMap((outcome, index) =>
    "error" in outcome ? [{ index, error: outcome.error }] : [],
  );
  const [first] = faults;
  if (first) throw first.error.with({ faults });
  return outcomes.flatMap((outcome) => ("error" in outcome ? [] : [outcome.value]));
}

/** An error as plain data. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly parameter: string | null;
  readonly conflicting: Conflicting | null;
}

export function faultOf({ code, message, parameter, conflicting }: ApiError): Fault {
  return { code, message, parameter: parameter ?? null, conflicting: conflicting ?? null };
}

export function errorOf({ code, message, parameter, conflicting }: Fault): ApiError {
  return new ApiError(code, {
    message,
    ...(parameter !== null && { parameter }),
    ...(conflicting && { conflicting }),
  });
}
