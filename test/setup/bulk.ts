import type { Seed } from "./seed.ts";

/** Thousands of rows in one statement, too many to make through the door; SIDs count up from `from`. */
export function bulk({ query }: Pick<Seed, "query">) {
  const service = "(select default_service_sid from accounts where account_sid = $1)";
  const sid = (prefix: string) => `'${prefix}' || lpad(to_hex(n), 32, '0')`;
  const participants = (from: number, to: number, who: { sid: string; columns: string; values: string }) =>
    query(`insert into participants (account_sid, sid, chat_service_sid, conversation_sid, ${who.columns},
        binding_active, attributes, notification_level, conversation_date_created, date_created, date_updated)
      select $1, ${who.sid}, ${service}, ${sid("CH")}, ${who.values}, true, '{}', 'default', c.date_created, now(), now()
      from generate_series(${from}, ${to}) n join conversations c on c.account_sid = $1 and c.sid = ${sid("CH")}`);
  /** What follows from participants: their rows of the inbox, and the counts of their conversations. */
  const enter = async (from: number, to: number, which: string) => {
    const range = `between 'CH' || lpad(to_hex(${from}), 32, '0') and 'CH' || lpad(to_hex(${to}), 32, '0')`;
    await query(`insert into inbox (account_sid, conversation_sid, participant_sid, chat_service_sid, user_sid, address,
        found_by_identity, muted, newest_message_index, date_activity)
      select $1, p.conversation_sid, p.sid, p.chat_service_sid, p.user_sid, p.address, p.user_sid is not null, false,
        c.newest_message_index, c.date_activity
      from participants p join conversations c on c.account_sid = $1 and c.sid = p.conversation_sid
      where p.account_sid = $1 and ${which} and p.conversation_sid ${range}`);
    await query(`update conversations set participant_count = participant_count + 1 where account_sid = $1
      and sid ${range}`);
  };
  return {
    conversations: (from: number, to: number, state = "active") =>
      query(`insert into conversations (account_sid, sid, chat_service_sid, attributes, state, timer_inactive,
          timer_closed, created_by, participant_count, non_chat_count, channels, last_message_index, date_activity,
          date_created, date_updated)
        select $1, ${sid("CH")}, ${service}, '{}', '${state}', 0, 0, 'system', 0, 0, '{}', -1, d, d, d
        from generate_series(${from}, ${to}) n, lateral (select now() - make_interval(secs => 100000 - n) d) x`),
    users: (from: number, to: number) =>
      query(`insert into users (account_sid, sid, chat_service_sid, identity, role_sid, attributes, date_created,
          date_updated)
        select $1, ${sid("US")}, ${service}, 'user-' || n, default_chat_service_role_sid, '{}', now(), now()
        from services, generate_series(${from}, ${to}) n where account_sid = $1 and sid = ${service}`),
    /** Messages of a conversation with the indexes from `from` to `to`, above all that it has had. */
    messages: async (conversationSid: string, from: number, to: number) => {
      const own = `account_sid = $1 and conversation_sid = '${conversationSid}'`;
      await query(`insert into messages (account_sid, sid, chat_service_sid, conversation_sid, index, author, body,
          attributes, date_created, date_updated)
        select $1, 'IM' || lpad(to_hex(n), 8, '0') || right('${conversationSid}', 24), ${service}, '${conversationSid}',
          n, 'system', 'Message ' || n, '{}', now(), now()
        from generate_series(${from}, ${to}) n`);
      await query(`update conversations c set last_message_index = ${to}, newest_message_index = ${to},
          newest_message_date = m.date_created, date_activity = greatest(c.date_created, m.date_created)
        from messages m where c.account_sid = $1 and c.sid = '${conversationSid}' and m.account_sid = $1
          and m.conversation_sid = c.sid and m.index = ${to}`);
      await query(`update inbox set newest_message_index = ${to}, date_activity = c.date_activity, unread_count =
          unread_count + greatest(0, ${to} - greatest(last_read_message_index, ${from - 1}))
        from conversations c where c.account_sid = $1 and c.sid = '${conversationSid}' and inbox.${own}`);
    },
    /** The first message of every conversation from `from` to `to`. */
    firstMessages: async (from: number, to: number) => {
      const range = `between 'CH' || lpad(to_hex(${from}), 32, '0') and 'CH' || lpad(to_hex(${to}), 32, '0')`;
      await query(`insert into messages (account_sid, sid, chat_service_sid, conversation_sid, index, author,
          attributes, date_created, date_updated)
        select $1, 'IM' || right(sid, 32), chat_service_sid, sid, 0, 'system', '{}', date_created, date_created
        from conversations where account_sid = $1 and sid ${range}`);
      await query(`update conversations set last_message_index = 0, newest_message_index = 0,
          newest_message_date = date_created where account_sid = $1 and sid ${range}`);
      await query(
        `update inbox set newest_message_index = 0 where account_sid = $1 and conversation_sid ${range}`,
      );
    },
    /** User `user` joins every conversation from `from` to `to`. */
    join: async (user: number, from: number, to: number) => {
      const userSid = `'US' || lpad(to_hex(${user}), 32, '0')`;
      await participants(from, to, {
        sid: `'MB' || lpad(to_hex(${user}), 8, '0') || lpad(to_hex(n), 24, '0')`,
        columns: "identity, lookup_identity, user_sid",
        values: `'user-${user}', 'user-${user}', ${userSid}`,
      });
      await enter(from, to, `p.user_sid = ${userSid}`);
    },
    /** Someone with an address, an expression of `n`, joins each conversation from `from` to `to`; once a conversation. */
    text: async (address: string, from: number, to: number) => {
      await participants(from, to, {
        sid: `'MBffffffff' || lpad(to_hex(n), 24, '0')`,
        columns: "address, proxy_address",
        values: `${address}, '+1' || (2000000000 + n)`,
      });
      await enter(from, to, "p.address is not null");
    },
  };
}
