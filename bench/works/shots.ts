import { bytesOf, type Contestant } from "../contestants/contestant.ts";
import type { Server } from "../contestants/server.ts";
import { compared, type Started } from "../measure/equal.ts";
import type { Shot } from "../measure/load.ts";
import { compareWrites } from "../measure/writes.ts";
import type { Entry, Source } from "./groups.ts";

/** Additions whose outcome is compared before any is timed. */
const COMPARED = 8;

/** For each entry what to shoot, once all that are asked the same have given the same answers. */
export async function shotsOf(
  entries: readonly Entry[],
  servers: ReadonlyMap<Contestant, Server>,
): Promise<(() => Shot)[]> {
  const bySource = new Map<Source, Map<Entry, () => Shot>>();
  for (const source of new Set(entries.flatMap(({ sources }) => sources))) {
    const asked = entries.filter(({ sources }) => sources.includes(source));
    const started = asked.map(({ contestant }) => ({ contestant, server: servers.get(contestant)! }));
    const shots = await (typeof source === "function"
      ? additions(source, started, asked[0]!)
      : repeated(source, started));
    bySource.set(source, new Map(asked.map((entry, index) => [entry, shots[index]!])));
  }
  return entries.map((entry) => {
    const own = entry.sources.map((source) => bySource.get(source)!.get(entry)!);
    let n = 0;
    return () => own[entry.pattern[n++ % entry.pattern.length]!]!();
  });
}

async function repeated(source: Exclude<Source, () => unknown>, started: readonly Started[]) {
  const shots = await compared(started, source);
  return shots.map((all) => {
    let n = 0;
    return () => all[n++ % all.length]!;
  });
}

async function additions(source: Extract<Source, () => unknown>, started: readonly Started[], entry: Entry) {
  await compareWrites(started, Array.from({ length: COMPARED }, source), entry.database);
  return started.map(
    ({ contestant }) =>
      (): Shot => ({
        bytes: bytesOf(contestant.ask(source())),
        needsBody: true,
        check: (status, body) => status === 200 && isAddition(body as Buffer),
      }),
  );
}

function isAddition(body: Buffer): boolean {
  return body.includes('"sid":"MB') && !body.includes('"errors"');
}
