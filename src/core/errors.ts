import type { ErrorKind } from "./catalogue/row.ts";
import { CATALOGUE } from "./catalogue.ts";
import { defined } from "./defined.ts";

export type ErrorCode = keyof typeof CATALOGUE;

/** The object that stands in the way of a write. */
export interface Conflicting {
  readonly type: "Conversation" | "Participant" | "Service" | "User";
  readonly sid: string;
}

interface ErrorDetails {
  /** Replaces the catalogue's wording where the case can be named. */
  message?: string | undefined;
  /** The parameter at fault, named by its path in camel case: `messagingBinding.address`. */
  parameter?: string;
  conflicting?: Conflicting;
  /** Where many things were asked for at once: what is wrong with each of them. */
  faults?: readonly ItemFault[];
  cause?: unknown;
}

/** What is wrong with one of many. */
export interface ItemFault {
  /** Its place in the input, from 0. */
  readonly index: number;
  readonly error: ApiError;
}

/** The one error that may reach a client. Everything else is answered as INTERNAL, and logged. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly parameter: string | undefined;
  readonly conflicting: Conflicting | undefined;
  readonly faults: readonly ItemFault[] | undefined;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.message ?? CATALOGUE[code].message, { cause: details.cause });
    this.name = "ApiError";
    this.code = code;
    this.parameter = details.parameter;
    this.conflicting = details.conflicting;
    this.faults = details.faults;
  }

  /** The same error, but for these details. */
  with(details: ErrorDetails): ApiError {
    const { code, message, parameter, conflicting, faults, cause } = this;
    return new ApiError(code, { ...defined({ message, parameter, conflicting, faults, cause }), ...details });
  }

  /** The same error, with parameters told by the names that the caller knows them by. */
  renamed(names: { readonly [parameter: string]: string }): ApiError {
    const { parameter, faults } = this;
    return this.with(
      defined({
        parameter: parameter === undefined ? undefined : (names[parameter] ?? parameter),
        faults: faults?.map(({ index, error }) => ({ index, error: error.renamed(names) })),
      }),
    );
  }

  get kind(): ErrorKind {
    return CATALOGUE[this.code].kind;
  }

  get status(): number {
    return CATALOGUE[this.code].status;
  }

  get twilioCode(): number {
    return CATALOGUE[this.code].code;
  }
}

/** `type` is said to the caller, the name asked for is not: it may be an identity. */
export function notFound(type: string): ApiError {
  return new ApiError("NOT_FOUND", { message: `${type} was not found` });
}

/** A row that has been there a moment ago. @throws ApiError NOT_FOUND */
export async function foundAgain<R>(row: Promise<R | null>, type: string): Promise<R> {
  const found = await row;
  if (found === null) throw notFound(type);
  return found;
}

/** Runs `work`; of an error it throws, the parameter is told by the name that the caller knows it by. */
export async function renaming<T>(
  names: { readonly [parameter: string]: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ApiError ? error.renamed(names) : error;
  }
}
