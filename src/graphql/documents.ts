import { type DocumentNode, GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { forgetStack, weightOf, weightOfErrors, weightOfText } from "./weight.ts";

/** Bytes that remembered documents may take. */
const REMEMBERED = 16_000_000;
const REMEMBERED_ERRORS = 4_000_000;

/** The documents that were parsed, by their text. */
export interface Documents {
  get(text: string): DocumentNode | undefined;
  set(text: string, document: DocumentNode): void;
  /** What was found as the document was held against the schema; it is remembered with it. */
  checked(document: DocumentNode, errors: readonly Error[]): void;
  /** One that fits the schema, as was found when it came before. */
  valid(text: string): DocumentNode | undefined;
}

/** @param cached is told whether a document that is asked for was remembered */
export function createDocuments(cached: (isHit: boolean) => void): Documents {
  /** What the errors weigh that were found in it; 0: it fits. */
  const faults = new WeakMap<DocumentNode, number>();
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: REMEMBERED,
    sizeCalculation: (document) => weightOf(document) + (faults.get(document) ?? 0),
  });
  return {
    get(text) {
      const known = documents.get(text);
      cached(known !== undefined);
      return known;
    },
    set: (text, document) => void documents.set(text, document),
    checked(document, errors) {
      if (faults.has(document)) return;
      faults.set(document, weightOfErrors(errors));
      if (errors.length === 0 || !document.loc) return;
      errors.forEach(forgetStack);
      const text = document.loc.source.body;
      // It weighs more now.
      documents.delete(text);
      documents.set(text, document);
    },
    valid(text) {
      const known = documents.get(text);
      if (known === undefined || faults.get(known) !== 0) return undefined;
      cached(true);
      return known;
    },
  };
}

/** The texts that are no documents, or too large ones, and why. */
export function createParseErrors() {
  const errors = new LRUCache<string, Error>({
    maxSize: REMEMBERED_ERRORS,
    sizeCalculation: (error, text) => weightOfText(text) + weightOfErrors([error]),
  });
  return {
    get: (text: string) => errors.get(text),
    set(text: string, error: Error) {
      // Whatever else is thrown is a fault of ours, which the log shows with its stack.
      if (!(error instanceof GraphQLError)) return;
      forgetStack(error);
      errors.set(text, error);
    },
  };
}
