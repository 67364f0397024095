import DataLoader from "dataloader";
import { type Page, type PageRequest, type Position, readPage } from "./page.ts";

/** Is told of every batch: by which loader, and of how many keys. */
export interface Batches {
  batched(loader: string, size: number): void;
}

/** What the batches of a loader are told as. */
export interface Loading {
  readonly name: string;
  readonly watch: Batches;
}

/** One row by one key: all keys asked for in one turn become one statement. Null where there is no such row. */
export type RowLoader<R> = DataLoader<string, R | null>;

export function rowLoader<R>(
  { name, watch }: Loading,
  load: (keys: readonly string[]) => Promise<readonly R[]>,
  keyOf: (row: R) => string,
): RowLoader<R> {
  return new DataLoader(async (keys) => {
    watch.batched(name, keys.length);
    const found = new Map((await load(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** One row by a key that is unique within a service. */
export interface KeyedLoader<R> {
  load(serviceSid: string, key: string): Promise<R | null>;
  clearAll(): void;
}

export function keyedLoader<R>(
  loading: Loading,
  load: (serviceSid: string, keys: readonly string[]) => Promise<readonly R[]>,
  keyOf: (row: R) => string,
): KeyedLoader<R> {
  const services = new Map<string, RowLoader<R>>();
  return {
    load(serviceSid, key) {
      const loader = services.get(serviceSid) ?? rowLoader(loading, (keys) => load(serviceSid, keys), keyOf);
      services.set(serviceSid, loader);
      return loader.load(key);
    },
    clearAll: () => services.clear(),
  };
}

/** Pages of the children of many parents: parents that ask for the same page share one statement. */
export interface ChildLoader<R> {
  page(parent: string, request: PageRequest): Promise<Page<R>>;
  clearAll(): void;
}

export interface ChildSource<R> {
  /** At most `request.limit` rows for each parent, in the order of the list. */
  readonly read: (parents: readonly string[], request: PageRequest) => Promise<readonly R[]>;
  readonly count: (parents: readonly string[]) => Promise<readonly { parent: string; count: number }[]>;
  readonly parentOf: (row: R) => string;
  readonly positionOf: (row: R) => Position;
}

export function childLoader<R>({ name, watch }: Loading, source: ChildSource<R>): ChildLoader<R> {
  type Key = { parent: string; request: PageRequest };
  const cacheKeyFn = ({ parent, request }: Key) => `${parent} ${requestKey(request)}`;
  const rows = new DataLoader<Key, readonly R[], string>(
    async (keys) => {
      const found = new Map<string, R[]>();
      await Promise.all(
        [...groupBy(keys, (key) => requestKey(key.request))].map(async ([group, members]) => {
          const parents = members.map((key) => key.parent);
          watch.batched(name, parents.length);
          const rows = await source.read(parents, members[0]!.request);
          for (const [parent, own] of groupBy(rows, source.parentOf)) found.set(`${parent} ${group}`, own);
        }),
      );
      return keys.map((key) => found.get(cacheKeyFn(key)) ?? []);
    },
    { cacheKeyFn },
  );
  const counts = new DataLoader<string, number>(async (parents) => {
    watch.batched(`${name} count`, parents.length);
    const found = new Map((await source.count(parents)).map((row) => [row.parent, row.count]));
    return parents.map((parent) => found.get(parent) ?? 0);
  });
  return {
    page: (parent, request) =>
      readPage(
        {
          read: (wanted) => rows.load({ parent, request: wanted }),
          positionOf: source.positionOf,
          count: () => counts.load(parent),
        },
        request,
      ),
    clearAll() {
      rows.clearAll();
      counts.clearAll();
    },
  };
}

function requestKey({ limit, direction, after, before }: PageRequest): string {
  return JSON.stringify([limit, direction, after, before]);
}

/** The items by key, in the order they came. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
