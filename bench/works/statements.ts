import { answerOf } from "../measure/equal.ts";
import { spreadOf } from "../measure/spread.ts";
import { startCountingProxy } from "../measure/statements.ts";
import type { Entry } from "./groups.ts";

const WARM = 4;
const ASKED = 9;

/**
 * SQL statements of one request, by a server of its own that is not timed: the median, so that what is looked up now
 * and then is no part of it.
 */
export async function statementsOf({ contestant, sources, database }: Entry): Promise<number | null> {
  const [source] = sources;
  if (sources.length > 1 || source === undefined) return null;
  const proxy = await startCountingProxy(database.url);
  const server = await contestant.start(database, proxy.url);
  try {
    const counts: number[] = [];
    for (let n = 0; n < WARM + ASKED; n++) {
      const before = proxy.count();
      const question = typeof source === "function" ? source() : source[n % source.length]!;
      await answerOf({ contestant, server }, question);
      if (n >= WARM) counts.push(proxy.count() - before);
    }
    return spreadOf(counts).median;
  } finally {
    await server.stop();
    proxy.close();
  }
}
