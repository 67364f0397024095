import DataLoader, { type CacheMap } from "dataloader";
import { type Columns, type In, widest } from "./columns.ts";
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

/**
 * One row by one key: all keys asked for in one turn become one statement, of the columns that any of them needs. Null
 * where there is no such row.
 */
export interface RowLoader<Full, Light = Full> {
  load(key: string): Promise<Full | null>;
  load<C extends Columns>(key: string, columns: C): Promise<In<C, Light, Full> | null>;
  /** Remembers a row that another statement has read. */
  prime(key: string, row: Full): void;
  clearAll(): void;
}

interface Wanted {
  readonly key: string;
  readonly columns: Columns;
}

/** A full row answers those who want a light one, too; a light row is read again for who wants all of it. */
function cache<V>(): CacheMap<Wanted, Promise<V>> {
  const rows = { light: new Map<string, Promise<V>>(), full: new Map<string, Promise<V>>() };
  return {
    get: ({ key, columns }) => rows.full.get(key) ?? rows[columns].get(key),
    set: ({ key, columns }, row) => rows[columns].set(key, row),
    delete: ({ key, columns }) => rows[columns].delete(key),
    clear() {
      rows.light.clear();
      rows.full.clear();
    },
  };
}

export function rowLoader<Full extends Light, Light = Full>(
  { name, watch }: Loading,
  read: (keys: readonly string[], columns: Columns) => Promise<readonly Light[]>,
  keyOf: (row: Light) => string,
): RowLoader<Full, Light> {
  const rows = new DataLoader<Wanted, Light | null>(
    async (wanted) => {
      const { columns } = wanted[0]!;
      const keys = wanted.map(({ key }) => key);
      // DataLoader asks for each once with the same columns; one that comes twice, after a clear, does no harm.
      const isSame = wanted.every((each) => each.columns === columns);
      const distinct = isSame ? keys : [...new Set(keys)];
      watch.batched(name, distinct.length);
      const found = new Map<string, Light>();
      for (const row of await read(distinct, isSame ? columns : "full")) found.set(keyOf(row), row);
      return keys.map((key) => found.get(key) ?? null);
    },
    { cacheMap: cache() },
  );
  return {
    // What is read with all columns is full.
    load: (key: string, columns: Columns = "full") => rows.load({ key, columns }) as Promise<Full | null>,
    prime: (key, row) => void rows.prime({ key, columns: "full" }, row),
    clearAll: () => void rows.clearAll(),
  };
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
export interface ChildLoader<Full, Light = Full> {
  page<C extends Columns = "full">(
    parent: string,
    request: PageRequest,
    columns?: C,
  ): Promise<Page<In<C, Light, Full>>>;
  clearAll(): void;
}

export interface ChildSource<Light> {
  /** At most `request.limit` rows for each parent, in the order of the list. */
  readonly read: (
    parents: readonly string[],
    request: PageRequest,
    columns: Columns,
  ) => Promise<readonly Light[]>;
  readonly count: (parents: readonly string[]) => Promise<readonly { parent: string; count: number }[]>;
  readonly parentOf: (row: Light) => string;
  readonly positionOf: (row: Light) => Position;
}

export function childLoader<Full extends Light, Light = Full>(
  { name, watch }: Loading,
  source: ChildSource<Light>,
): ChildLoader<Full, Light> {
  type Children = Wanted & { parent: string; group: string; request: PageRequest };
  const rows = new DataLoader<Children, readonly Light[], Wanted>(
    async (wanted) => {
      const found = new Map<string, Light[]>();
      await Promise.all(
        [...groupBy(wanted, ({ group }) => group)].map(async ([group, members]) => {
          const parents = [...new Set(members.map(({ parent }) => parent))];
          watch.batched(name, parents.length);
          const rows = await source.read(parents, members[0]!.request, widest(members));
          for (const [parent, own] of groupBy(rows, source.parentOf)) found.set(`${parent} ${group}`, own);
        }),
      );
      return wanted.map(({ key }) => found.get(key) ?? []);
    },
    { cacheMap: cache() },
  );
  const counts = new DataLoader<string, number>(async (parents) => {
    watch.batched(`${name} count`, parents.length);
    const found = new Map((await source.count(parents)).map((row) => [row.parent, row.count]));
    return parents.map((parent) => found.get(parent) ?? 0);
  });
  return {
    page<C extends Columns>(parent: string, request: PageRequest, columns = "full" as C) {
      const read = (wanted: PageRequest) => {
        const group = requestKey(wanted);
        return rows.load({ key: `${parent} ${group}`, parent, group, request: wanted, columns });
      };
      const { positionOf } = source;
      const page = readPage({ read, positionOf, count: () => counts.load(parent) }, request);
      // What is read with all columns is full.
      return page as unknown as Promise<Page<In<C, Light, Full>>>;
    },
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
