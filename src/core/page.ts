/** Where a row stands in its list: the values of the columns it is sorted by, the SID last. */
export type Position = readonly string[];

export type Direction = "forward" | "backward";

/** At most `limit` rows strictly after `after` and before `before`, taken from the start or from the end. */
export interface PageRequest {
  readonly limit: number;
  readonly direction: Direction;
  readonly after?: Position;
  readonly before?: Position;
  /** Whether one row more is read than the page holds. False where nobody asks if the list goes on. */
  readonly looksAhead?: boolean;
}

/**
 * Rows in the order of the list, whichever way they were asked for. What may cost a statement is a function, which
 * answers at once where it costs none.
 */
export interface Page<T> {
  readonly items: readonly T[];
  readonly positionOf: (item: T) => Position;
  readonly hasNext: () => boolean | Promise<boolean>;
  readonly hasPrevious: () => boolean | Promise<boolean>;
  readonly totalCount: () => Promise<number>;
}

/** What a page is read from: at most `request.limit` rows, in the order of the list. */
export interface PageSource<T> {
  readonly read: (request: PageRequest) => Promise<readonly T[]>;
  readonly positionOf: (item: T) => Position;
  readonly count: () => Promise<number>;
}

/**
 * Reads one row more than the page holds, and so knows whether the list goes on in the direction of reading; unless that
 * is not asked for. What lies behind the cursor it came from is looked up only when it is asked for.
 */
export async function readPage<T>(source: PageSource<T>, request: PageRequest): Promise<Page<T>> {
  const { limit, direction, after, before, looksAhead = true } = request;
  const forward = direction === "forward";
  const rows = await source.read({ ...request, limit: looksAhead ? limit + 1 : limit });
  const more = rows.length > limit;
  const isUnknown = !looksAhead && rows.length === limit;
  const items = !more ? rows : forward ? rows.slice(0, limit) : rows.slice(1);
  const first = items[0];
  const last = items.at(-1);
  const any = async (where: Omit<PageRequest, "limit">) =>
    (await source.read({ ...where, limit: 1 })).length > 0;
  return {
    items,
    positionOf: source.positionOf,
    totalCount: source.count,
    hasNext: () => {
      if (forward && more) return true;
      if (before === undefined && !(forward && isUnknown)) return false;
      return any({ direction: "forward", after: last === undefined ? after : source.positionOf(last) });
    },
    hasPrevious: () => {
      if (!forward && more) return true;
      if (after === undefined && (forward || !isUnknown)) return false;
      return any({ direction: "backward", before: first === undefined ? before : source.positionOf(first) });
    },
  };
}
