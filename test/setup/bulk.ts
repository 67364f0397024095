import type { Seed } from "./seed.ts";

/** Thousands of rows in one statement, too many to make through the door; SIDs count up from `from`. */
export function bulk({ query }: Seed) {
  const service = "(select default_service_sid from accounts where account_sid = $1)";
  const sid = (prefix: string) => `'${prefix}' || lpad(to_hex(n), 32, '0')`;
  return {
    conversations: (from: number, to: number, state = "active") =>
      query(`insert into conversations (account_sid, sid, chat_service_sid, attributes, state, timer_inactive,
          timer_closed, created_by, participant_count, non_chat_count, date_activity, date_created, date_updated)
        select $1, ${sid("CH")}, ${service}, '{}', '${state}', 0, 0, 'system', 0, 0, d, d, d
        from generate_series(${from}, ${to}) n, lateral (select now() - make_interval(secs => 100000 - n) d) x`),
    users: (from: number, to: number) =>
      query(`insert into users (account_sid, sid, chat_service_sid, identity, role_sid, attributes, date_created,
          date_updated)
        select $1, ${sid("US")}, ${service}, 'user-' || n, 'RL', '{}', now(), now()
        from generate_series(${from}, ${to}) n`),
    /** User `user` joins every conversation from `from` to `to`. */
    join: async (user: number, from: number, to: number) => {
      await query(`insert into participants (account_sid, sid, chat_service_sid, conversation_sid, identity,
          lookup_identity, user_sid, binding_active, attributes, notification_level, date_created, date_updated)
        select $1, 'MB' || lpad(to_hex(${user}), 8, '0') || lpad(to_hex(n), 24, '0'), ${service}, ${sid("CH")},
          'user-${user}', 'user-${user}', 'US' || lpad(to_hex(${user}), 32, '0'), true, '{}', 'default', now(), now()
        from generate_series(${from}, ${to}) n`);
      await query(`update conversations set participant_count = participant_count + 1 where account_sid = $1
        and sid between 'CH' || lpad(to_hex(${from}), 32, '0') and 'CH' || lpad(to_hex(${to}), 32, '0')`);
    },
  };
}
