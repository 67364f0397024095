import { type DocumentNode, Kind, visit } from "graphql";

/** With its place and its tokens: 160 to 360 bytes. */
const NODE = 300;
const CHARACTER = 2;
/** Of a string that is full of escapes, which V8 keeps in as many pieces. */
const PIECE = 22;
/** Of a plan. */
export const FIELD = 400;
/** With its place, and without its stack. */
const ERROR = 2_000;

/** Bytes of memory that a document takes, about: for each character of its text 60, and 300 where it is dense. */
export function weightOf(document: DocumentNode): number {
  let weight = weightOfText(document.loc?.source.body ?? "");
  visit(document, {
    enter(node) {
      weight += NODE;
      if (node.kind === Kind.STRING) weight += node.value.length * PIECE;
    },
  });
  return weight;
}

export function weightOfErrors(errors: readonly Error[]): number {
  return errors.reduce((sum, { message }) => sum + ERROR + message.length * CHARACTER, 0);
}

export function weightOfText(text: string): number {
  return text.length * CHARACTER;
}

/**
 * V8 keeps the frames of a stack until somebody reads it, and with them the parser and its tokens, or all that validation
 * has found out: 60 KB for the shortest document. What is a client's fault is told without a stack.
 */
export function forgetStack(error: Error): void {
  error.stack = "";
}
