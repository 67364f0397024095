import { ApiError } from "../core/errors.ts";

/** Null for what does not exist: a query that finds nothing is no error. */
export async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof ApiError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}
