import { readFileSync } from "node:fs";

/** What `npm start` tells Node; asked in the project's own directory, where npm runs every script. */
export function startOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  return scripts.start.match(/--\S+/g);
}
