import { readFileSync } from "node:fs";

/** A published operation, as a row of COVERAGE.md has it. */
export interface Published {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly here: string;
}

const ABSENT = "–";

/** Every operation that COVERAGE.md lists. */
export function publishedOperations(): Published[] {
  const text = readFileSync(new URL("COVERAGE.md", import.meta.url), "utf8");
  return text
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => {
      const [, target = "", plain = "", scoped = "", here = ""] = line
        .split("|")
        .map((cell) => cell.trim().replaceAll("`", ""));
      const [method = "", path = ""] = target.split(" ");
      const below = path.replace("/v1", "/v1/Services/{ChatServiceSid}");
      return [
        { method, path, operationId: plain, here },
        { method, path: below, operationId: scoped, here },
      ].filter(({ operationId }) => operationId !== ABSENT);
    });
}
