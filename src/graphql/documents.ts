import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** Documents are remembered up to so many characters of their text. */
const REMEMBERED = 1_000_000;

/** The documents that were parsed, by their text. */
export interface Documents {
  get(text: string): DocumentNode | undefined;
  set(text: string, document: DocumentNode): void;
  /** The document fits the schema. */
  isValid(document: DocumentNode): void;
  /** One that fits the schema, as was found when it came before. */
  valid(text: string): DocumentNode | undefined;
}

/** @param cached is told of every document that is asked for, once */
export function createDocuments(cached: (isHit: boolean) => void): Documents {
  const documents = cacheByText<DocumentNode>();
  const valid = new WeakSet<DocumentNode>();
  return {
    get(text) {
      const known = documents.get(text);
      cached(known !== undefined);
      return known;
    },
    set: (text, document) => void documents.set(text, document),
    isValid: (document) => void valid.add(document),
    valid(text) {
      const known = documents.get(text);
      if (known === undefined || !valid.has(known)) return undefined;
      cached(true);
      return known;
    },
  };
}

export function cacheByText<V extends object>(): LRUCache<string, V> {
  return new LRUCache<string, V>({ maxSize: REMEMBERED, sizeCalculation: (_, text) => text.length + 1 });
}
