/** How much data: 1 is 200,000 conversations, 1,000,000 participants, 100,000 users and 2,000,000 messages. */
export type Scale = 0.1 | 1 | 10;

/** The first identity is in one of ten conversations; the others are in 5 to 50. */
export const HEAVY_IDENTITY = "user-1";

interface Owner {
  readonly account: string;
  readonly service: string;
  readonly conversationRole: string;
  readonly userRole: string;
}

/** Of ten conversations one has 14 members and 28 messages, the others have 4 members and 8 messages. */
const LARGE = { members: 14, messages: 28 };
const SMALL = { members: 4, messages: 8 };
/** Conversations that one address takes part in. */
const PER_ADDRESS = 80;
/** Of a hundred users one is nowhere yet. */
export const idle = (scale: Scale) => ({ from: 99_000 * scale + 1, count: 1_000 * scale });

/** SIDs of all that is filled in lie below it, SIDs of all that is made later above. */
export const FILLED_BEFORE = Date.UTC(2026, 1, 1);

const EPOCH = Date.UTC(2025, 0, 1);
const YEAR = 365 * 24 * 3600 * 1000;

/**
 * The statements that fill the tables; those of one array may run at once. All is counted out, not drawn: each run has
 * the same data. SIDs grow with time, as Parley's own do.
 */
export function rows(scale: Scale, owner: Owner): string[][] {
  const conversations = 200_000 * scale;
  const users = 100_000 * scale;
  const addresses = conversations / PER_ADDRESS;
  const groupBlock = Math.floor((8_000 * scale) / 12);
  const firstOfSmall = 2 + 12 * groupBlock;
  const smallBlock = Math.floor((idle(scale).from - firstOfSmall) / 3);
  const step = Math.floor(YEAR / conversations);

  const sid = (prefix: string, ms: string, salt: string) =>
    `'${prefix}' || lpad(to_hex(${ms}), 12, '0') || '0000' || left(md5(${salt}), 16)`;
  const at = (ms: string) => `to_timestamp((${ms}) / 1000.0)`;
  const drawn = (salt: string, below: number) => `((hashint8(${salt}) & 2147483647) % ${below})`;
  const userSid = (n: string) => sid("US", `(${EPOCH - YEAR} + ${n})::bigint`, `'user ' || ${n}`);

  // Who is at a place: n of the user, or null for the last, who has an address.
  const user = `case
    when slot = members - 1 then null
    when members = ${LARGE.members} and slot = 12 then 1
    when members = ${LARGE.members} then 2 + slot * ${groupBlock} + ${drawn("c * 16 + slot", groupBlock)}
    else ${firstOfSmall} + slot * ${smallBlock} + (c * (array[7919, 104729, 1299709])[slot + 1]) % ${smallBlock}
  end`;
  const place = `base cross join generate_series(0, 13) slot
    cross join lateral (select ${user} as u) who where slot < members`;
  const participant = sid("MB", "ms + slot", "c || '/' || slot");
  const address = `'+1' || (5550000000 + c % ${addresses})`;
  const identityOr = (other: string) => `coalesce('user-' || u, ${other})`;
  const unread = drawn("c * 32 + slot", 6);

  return [
    [
      `create unlogged table base as
        select c, ms, members, messages, ms + messages * gap as active, gap, ${sid("CH", "ms", "'c' || c")} as sid
        from (select c, (${EPOCH} + c * ${step})::bigint as ms,
            case when c % 10 = 0 then ${LARGE.members} else ${SMALL.members} end as members,
            case when c % 10 = 0 then ${LARGE.messages} else ${SMALL.messages} end as messages,
            (1000 + ${drawn("c", 86_400_000)})::bigint as gap
          from generate_series(1::bigint, ${conversations}) c) counted`,
    ],
    ["analyze base"],
    [
      `insert into users (account_sid, sid, chat_service_sid, identity, friendly_name, role_sid, attributes,
          date_created, date_updated)
        select '${owner.account}', ${userSid("n")}, '${owner.service}', 'user-' || n, 'User ' || n,
          '${owner.userRole}', '{}', ${at(`${EPOCH - YEAR} + n`)}, ${at(`${EPOCH - YEAR} + n`)}
        from generate_series(1, ${users}) n`,
      `insert into conversations (account_sid, sid, chat_service_sid, friendly_name, unique_name, attributes, state,
          timer_inactive, timer_closed, created_by, participant_count, non_chat_count, channels, last_message_index,
          newest_message_index, newest_message_date, date_activity, date_created, date_updated)
        select '${owner.account}', sid, '${owner.service}', 'Conversation ' || c,
          case when c % 2 = 0 then 'order-' || c end, '{"topic":"delivery","order":' || c || '}', 'active', 0, 0,
          'system', members, 1, '{sms}', messages - 1, messages - 1, ${at("active")}, ${at("active")}, ${at("ms")},
          ${at("ms")}
        from base order by c`,
      `insert into messages (account_sid, sid, chat_service_sid, conversation_sid, index, author, participant_sid, body,
          attributes, date_created, date_updated)
        select '${owner.account}', ${sid("IM", "ms + (i + 1) * gap", "c || '.' || i")}, '${owner.service}', sid, i,
          ${identityOr(address)}, ${participant}, 'This is message ' || i || ' of conversation ' || c, '{}',
          ${at("ms + (i + 1) * gap")}, ${at("ms + (i + 1) * gap")}
        from base cross join generate_series(0, ${LARGE.messages - 1}) i
          cross join lateral (select i % members as slot) at
          cross join lateral (select ${user} as u) who
        where i < messages`,
      `insert into participants (account_sid, sid, chat_service_sid, conversation_sid, identity, lookup_identity,
          user_sid, address, proxy_address, binding_active, role_sid, attributes, last_read_message_index,
          last_read_timestamp, notification_level, conversation_date_created, date_created, date_updated)
        select '${owner.account}', ${participant}, '${owner.service}', sid, 'user-' || u, 'user-' || u,
          ${userSid("u")}, case when u is null then ${address} end,
          case when u is null then '+1' || (2000000000 + c / ${addresses}) end, true, '${owner.conversationRole}', '{}',
          case when ${unread} < 5 then messages - 1 - ${unread} end,
          case when ${unread} < 5 then ${at("active")} end,
          case when c % 20 = 0 then 'muted' else 'default' end, ${at("ms")}, ${at("ms + slot")}, ${at("ms + slot")}
        from ${place}`,
      `insert into inbox (account_sid, conversation_sid, participant_sid, chat_service_sid, user_sid, address,
          found_by_identity, muted, last_read_message_index, newest_message_index, unread_count, date_activity)
        select '${owner.account}', sid, ${participant}, '${owner.service}', ${userSid("u")},
          case when u is null then ${address} end, u is not null, c % 20 = 0,
          case when ${unread} < 5 then messages - 1 - ${unread} end, messages - 1,
          case when ${unread} < 5 then ${unread} end, ${at("active")}
        from ${place}`,
    ],
    ["drop table base"],
  ];
}
