import { type DocumentNode, Lexer, parse, Source, TokenKind, visit } from "graphql";
import { requestError, tooComplex } from "./errors.ts";

/** What one document may be. */
const CHARACTERS = 200_000;
const TOKENS = 10_000;
const LINES = 10_000;
const BRACKETS = 100;
const ALIASES = 100;
const DIRECTIVES = 100;

/** Parses a document, unless it is so large or deep that reading it would be the attack. */
export function parseWithinLimits(text: string | Source): DocumentNode {
  const source = typeof text === "string" ? new Source(text) : text;
  if (source.body.length > CHARACTERS) throw tooComplex("document", "characters", CHARACTERS);
  scan(source);
  const document = parse(source);
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field: ({ alias }) => void (alias && aliases++),
    Directive: () => void directives++,
  });
  if (aliases > ALIASES) throw tooComplex("document", "aliases", ALIASES);
  if (directives > DIRECTIVES) throw tooComplex("document", "directives", DIRECTIVES);
  return document;
}

/** Counts before anything recurses: parser and validation do, as deep as the brackets go. */
function scan(source: Source): void {
  const lexer = new Lexer(source);
  let tokens = 0;
  let depth = 0;
  for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
    if (++tokens > TOKENS) throw tooComplex("document", "tokens", TOKENS);
    // Every error counts the lines before it.
    if (lexer.line > LINES) throw tooComplex("document", "lines", LINES);
    if (OPENING.has(kind) && ++depth > BRACKETS) throw tooComplex("document", "nested brackets", BRACKETS);
    if (CLOSING.has(kind)) depth--;
  }
}

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Whether validation gave up comparing the fields of a document with one another. */
export function wasAborted(errors: readonly Error[]): boolean {
  return errors.some(({ message }) => message === "Validation aborted.");
}

export function tooRepetitive() {
  return requestError("QUERY_TOO_COMPLEX", "The document asks for too many fields under the same name");
}
