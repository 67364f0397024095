import type { Filled } from "../database/prepare.ts";
import { restore, undo } from "../database/undo.ts";
import { ACCOUNT } from "../settings.ts";
import type { Question } from "../works/questions.ts";
import { differenceOf } from "./difference.ts";
import { answerOf, type Started } from "./equal.ts";

/**
 * Has each contestant do the same, from the same state.
 *
 * @throws Error where what they answer or leave in the tables differs by more than SIDs and moments
 */
export async function compareWrites(
  all: readonly Started[],
  questions: readonly Question[],
  database: Filled,
): Promise<void> {
  const outcomes: unknown[] = [];
  await restore(database);
  for (const started of all) {
    const outcome: unknown[] = [];
    for (const question of questions) {
      const answer = JSON.parse((await answerOf(started, question)).toString());
      outcome.push(comparable(answer), comparable(await written(database, question)));
    }
    await undo(database);
    outcomes.push(outcome);
    const difference = differenceOf(outcome, outcomes[0]);
    if (difference !== null) {
      const names = `${started.contestant.name} and ${all[0]!.contestant.name}`;
      throw new Error(`${names} add differently, at ${difference}`);
    }
  }
}

/** The conversation's counts, and all rows of whoever came last. */
async function written({ sql }: Filled, question: Question): Promise<unknown> {
  if (question.work !== "d") throw new Error("only additions write");
  const { conversationSid } = question.input;
  return sql`
    select c.participant_count, c.non_chat_count, c.channels, c.date_updated::text as untouched, to_json(p) as participant,
      to_json(i) as inbox, to_json(u) as "user"
    from conversations c
      join participants p on p.account_sid = c.account_sid and p.conversation_sid = c.sid
      join inbox i on i.account_sid = c.account_sid and i.conversation_sid = c.sid and i.participant_sid = p.sid
      left join users u on u.account_sid = c.account_sid and u.sid = p.user_sid
    where c.account_sid = ${ACCOUNT.sid} and c.sid = ${conversationSid} order by p.sid desc limit 1`;
}

const NEW = /^(MB|US)[0-9a-f]{32}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT/;

function comparable(value: unknown): unknown {
  if (typeof value === "string")
    return NEW.test(value) ? value.slice(0, 2) : MOMENT.test(value) ? "moment" : value;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, comparable(field)]));
}
