import type { Context } from "../context.ts";
import { FULL_ROWS } from "./columns.ts";

/**
 * Makes fields of what only full rows have. Where such a field is selected its rows are read in full; one that is light
 * all the same is read again, with all of its turn.
 *
 * @param find all of a row
 */
export function fieldsOfFull<Light, Full>(find: (ctx: Context, row: Light) => Full | Promise<Full>) {
  return <T>(show: (row: Full, ctx: Context) => T) => ({
    extensions: FULL_ROWS,
    resolve(row: Light, _: unknown, ctx: Context): T | Promise<Awaited<T>> {
      const full = find(ctx, row);
      return full instanceof Promise ? full.then((row) => show(row, ctx) as Awaited<T>) : show(full, ctx);
    },
  });
}
