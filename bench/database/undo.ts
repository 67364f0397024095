import { ACCOUNT } from "../settings.ts";
import type { Filled } from "./prepare.ts";
import { FILLED_BEFORE } from "./rows.ts";

/** Takes out again whoever was added, and says how many that were. */
export async function undo({ sql }: Pick<Filled, "sql">): Promise<number> {
  const time = FILLED_BEFORE.toString(16).padStart(12, "0");
  const { count } = await sql`
    with gone as (delete from participants where account_sid = ${ACCOUNT.sid} and sid > ${`MB${time}`}
        returning conversation_sid, identity),
      counted as (select conversation_sid, count(*) as n, count(*) - count(identity) as texting from gone group by 1)
    update conversations c set participant_count = participant_count - n, non_chat_count = non_chat_count - texting
    from counted where c.account_sid = ${ACCOUNT.sid} and c.sid = conversation_sid`;
  await sql`delete from users where account_sid = ${ACCOUNT.sid} and sid > ${`US${time}`}`;
  return count;
}

/** As after filling: also where a work before this one, or a run that was ended, has left additions behind. */
export async function restore(database: Pick<Filled, "sql">): Promise<void> {
  if ((await undo(database)) > 0) await database.sql.unsafe("vacuum analyze");
}
