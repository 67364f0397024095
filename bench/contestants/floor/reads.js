const { ACCOUNT: account, SERVICE: service, PUBLIC_URL } = process.env;
const SIZE = 50;
const PATH = "/v1/ParticipantConversations";
const BASE = `${PUBLIC_URL}/v1/Conversations`;

const run = (sql, text, parameters) => sql.unsafe(text, parameters, { prepare: true }).values();
const seconds = (text) => `${text.slice(0, 10)}T${text.slice(11, 19)}Z`;

const PAGE = `select p.sid, p.user_sid, p.identity, p.address, p.proxy_address, p.projected_address, c.sid, c.unique_name,
    c.friendly_name, c.attributes, c.date_created, c.date_updated, c.created_by, c.state, c.date_inactive, c.date_closed
  from participants p join conversations c on c.account_sid = p.account_sid and c.sid = p.conversation_sid
  where p.account_sid = $1 and p.chat_service_sid = $2 and p.address = $3
  order by p.conversation_sid, p.sid limit ${SIZE + 1}`;

/** GET ParticipantConversations, PageSize=50. */
export async function conversations(sql, address) {
  const rows = await run(sql, PAGE, [account, service, address]);
  return JSON.stringify({
    conversations: rows.slice(0, SIZE).map(toWire),
    meta: meta(address, rows.length > SIZE ? [rows[SIZE - 1][6], rows[SIZE - 1][0]] : null),
  });
}

function toWire(row) {
  const links = {
    participant: `${BASE}/${row[6]}/Participants/${row[0]}`,
    conversation: `${BASE}/${row[6]}`,
  };
  const timers = {};
  if (row[14] !== null) timers.date_inactive = seconds(row[14]);
  if (row[15] !== null) timers.date_closed = seconds(row[15]);
  return {
    account_sid: account,
    chat_service_sid: service,
    participant_sid: row[0],
    participant_user_sid: row[1],
    participant_identity: row[2],
    participant_messaging_binding: {
      address: row[3],
      proxy_address: row[4],
      type: "sms",
      level: null,
      name: null,
      projected_address: row[5],
    },
    conversation_sid: row[6],
    conversation_unique_name: row[7],
    conversation_friendly_name: row[8],
    conversation_attributes: row[9],
    conversation_date_created: seconds(row[10]),
    conversation_date_updated: seconds(row[11]),
    conversation_created_by: row[12],
    conversation_state: row[13],
    conversation_timers: timers,
    links,
  };
}

function meta(address, last) {
  const page = `${PUBLIC_URL}${PATH}?Address=${encodeURIComponent(address)}&PageSize=${SIZE}&Page=`;
  const token = last && Buffer.from(JSON.stringify(last)).toString("base64url");
  return {
    page: 0,
    page_size: SIZE,
    first_page_url: `${page}0`,
    previous_page_url: null,
    url: `${page}0`,
    next_page_url: token && `${page}1&PageToken=${token}`,
    key: "conversations",
  };
}

const SECONDS = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;
const AGGREGATED = `select coalesce(json_agg(json_build_object(
    'account_sid', p.account_sid, 'chat_service_sid', p.chat_service_sid, 'participant_sid', p.sid,
    'participant_user_sid', p.user_sid, 'participant_identity', p.identity,
    'participant_messaging_binding', json_build_object('address', p.address, 'proxy_address', p.proxy_address,
      'type', 'sms', 'level', null, 'name', null, 'projected_address', p.projected_address),
    'conversation_sid', c.sid, 'conversation_unique_name', c.unique_name,
    'conversation_friendly_name', c.friendly_name, 'conversation_attributes', c.attributes,
    'conversation_date_created', to_char(c.date_created, ${SECONDS}),
    'conversation_date_updated', to_char(c.date_updated, ${SECONDS}),
    'conversation_created_by', c.created_by, 'conversation_state', c.state,
    'conversation_timers', json_strip_nulls(json_build_object('date_inactive', to_char(c.date_inactive, ${SECONDS}),
      'date_closed', to_char(c.date_closed, ${SECONDS}))),
    'links', json_build_object(
      'participant', '${BASE}/' || c.sid || '/Participants/' || p.sid, 'conversation', '${BASE}/' || c.sid)
  )) filter (where n <= ${SIZE}), '[]')::text, max(c.sid) filter (where n = ${SIZE}),
  max(p.sid) filter (where n = ${SIZE}), count(*)::int
  from (select *, row_number() over (order by conversation_sid, sid) n from participants
    where account_sid = $1 and chat_service_sid = $2 and address = $3
    order by conversation_sid, sid limit ${SIZE + 1}) p
  join conversations c on c.account_sid = p.account_sid and c.sid = p.conversation_sid`;

/** The same, with the JSON made by Postgres. */
export async function conversationsAggregated(sql, address) {
  const [[list, conversation, participant, count]] = await run(sql, AGGREGATED, [account, service, address]);
  const last = count > SIZE ? [conversation, participant] : null;
  return `{"conversations":${list},"meta":${JSON.stringify(meta(address, last))}}`;
}

const participants = `json_build_object('nodes', (select json_agg(json_build_object('sid', p.sid, 'identity', p.identity,
    'user', case when u.sid is not null then
      json_build_object('sid', u.sid, 'identity', u.identity, 'friendlyName', u.friendly_name) end) order by p.sid)
  from (select * from participants where account_sid = $1 and conversation_sid = c.sid order by sid limit 10) p
    left join users u on u.account_sid = $1 and u.sid = p.user_sid))`;
const conversation = `'sid', c.sid, 'uniqueName', c.unique_name, 'friendlyName', c.friendly_name,
  'dateCreated', to_char(c.date_created, ${SECONDS}), 'dateUpdated', to_char(c.date_updated, ${SECONDS})`;
const user = (
  page,
  cursor,
  nodes,
) => `select json_build_object('data', json_build_object('user', json_build_object(
    'sid', u.sid, 'identity', u.identity, 'friendlyName', u.friendly_name,
    'conversations', json_build_object('pageInfo', json_build_object('hasNextPage', cardinality(page.keys) > 20,
      'endCursor', ${cursor}), 'nodes', nodes.nodes))))::text
  from users u, lateral (${page}) page, lateral (${nodes}) nodes
  where u.account_sid = $1 and u.chat_service_sid = $2 and u.identity = $3`;

const INBOX = user(
  `select array_agg(key) as keys from (select conversation_sid as key from participants
    where account_sid = $1 and user_sid = u.sid order by conversation_sid limit 21) p`,
  "page.keys[least(20, cardinality(page.keys))]",
  `select json_agg(json_build_object('conversation',
      json_build_object(${conversation}, 'participants', ${participants})) order by c.sid) as nodes
    from unnest(page.keys[1:20]) key join conversations c on c.account_sid = $1 and c.sid = key`,
);

export async function inbox(sql, { identity }) {
  const [[text]] = await run(sql, INBOX, [account, service, identity]);
  return text;
}

const byActivity = (after) =>
  user(
    `select array_agg(i.sid) as keys, array_agg(i.place) as places from (
      select participant_sid as sid, conversation_sid || '|' || date_activity as place from inbox
      where account_sid = $1 and user_sid = u.sid ${after}
      order by date_activity desc, conversation_sid desc limit 21) i`,
    "page.places[least(20, cardinality(page.keys))]",
    `select json_agg(json_build_object('unreadMessagesCount', i.unread_count,
        'notificationLevel', case when i.muted then 'MUTED' else 'DEFAULT' end,
        'conversation', json_build_object(${conversation}, 'lastMessage', json_build_object('sid', m.sid,
          'index', m.index, 'author', m.author, 'body', m.body, 'dateCreated', to_char(m.date_created, ${SECONDS})),
          'participants', ${participants})) order by i.date_activity desc, c.sid desc) as nodes
      from unnest(page.keys[1:20], page.places[1:20]) as at(key, place)
        join inbox i on i.account_sid = $1 and i.conversation_sid = split_part(place, '|', 1) and i.participant_sid = key
        join conversations c on c.account_sid = $1 and c.sid = i.conversation_sid
        left join messages m on m.account_sid = $1 and m.conversation_sid = c.sid and m.index = c.newest_message_index`,
  );
const FIRST = byActivity("");
const AFTER = byActivity("and (date_activity, conversation_sid) < ($4::text::timestamptz, $5)");

export async function activity(sql, { identity, after }) {
  const place = after ? after.split("|").reverse() : [];
  const [[text]] = await run(sql, after ? AFTER : FIRST, [account, service, identity, ...place]);
  return text;
}
