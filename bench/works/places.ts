import { parley } from "../contestants/all.ts";
import type { Filled } from "../database/prepare.ts";
import { HEAVY_IDENTITY } from "../database/rows.ts";
import { post } from "../measure/ask.ts";
import { WALK } from "./documents.ts";
import type { Place, Question } from "./questions.ts";

export const PAGE = 20;
/** The greatest page there is. */
const STRIDE = 100;

type Page = "first" | "middle" | "last";

/** Pages of the inbox of the identity that is in one of ten conversations. */
export async function pages(database: Filled): Promise<Record<Page, Question[]>> {
  const [row] = await database.sql<{ count: number }[]>`
    select count(*)::int as count from participants where identity = ${HEAVY_IDENTITY}`;
  const middle = Math.floor(row!.count / 2 / STRIDE) * STRIDE;
  const [halfway, end] = await placesAfter(database, [middle, row!.count - PAGE]);
  const question = (place: Place | null): Question[] => [{ work: "c", identity: HEAVY_IDENTITY, place }];
  return { first: question(null), middle: question(halfway!), last: question(end!) };
}

/** Where pages begin that so many conversations stand before; a cursor is only had by walking there. */
async function placesAfter(database: Filled, counts: readonly number[]): Promise<Place[]> {
  const server = await parley("own").start(database, database.url);
  try {
    const places: Place[] = [];
    let walked = 0;
    let after: string | null = null;
    for (const count of counts) {
      while (walked < count) {
        const first = Math.min(STRIDE, count - walked);
        const variables = { identity: HEAVY_IDENTITY, first, after };
        const answer = await post(server, "/graphql", { operationName: "Walk", query: WALK, variables });
        after = JSON.parse(answer.toString()).data.user.conversations.pageInfo.endCursor as string;
        walked += first;
      }
      places.push({ cursor: after!, row: await rowAt(database, count) });
    }
    return places;
  } finally {
    await server.stop();
  }
}

async function rowAt({ sql }: Filled, count: number): Promise<string> {
  const [row] = await sql<{ place: string }[]>`
    select i.conversation_sid || '|' || i.date_activity as place
    from users u join inbox i on i.account_sid = u.account_sid and i.user_sid = u.sid
    where u.identity = ${HEAVY_IDENTITY}
    order by i.date_activity desc, i.conversation_sid desc offset ${count - 1} limit 1`;
  return row!.place;
}
