/** Rows of the inbox, of an account `$1`, that are not what follows from participants, messages and conversations. */
export const INBOX_FAULTS = `
  with told as (
    select p.sid as participant_sid, p.conversation_sid, p.chat_service_sid, p.user_sid, p.address,
      p.lookup_identity is not null as found_by_identity, p.notification_level = 'muted' as muted,
      p.last_read_message_index, m.newest_message_index,
      case when p.last_read_message_index is not null then m.unread end::int as unread_count,
      greatest(c.date_created, d.date_created) as date_activity
    from participants p
    join conversations c on c.account_sid = $1 and c.sid = p.conversation_sid
    cross join lateral (
      select max(index) as newest_message_index, count(*) filter (where index > p.last_read_message_index) as unread
      from messages where account_sid = $1 and conversation_sid = c.sid) m
    left join messages d on d.account_sid = $1 and d.conversation_sid = c.sid and d.index = m.newest_message_index
    where p.account_sid = $1
  ), held as (
    select participant_sid, conversation_sid, chat_service_sid, user_sid, address, found_by_identity, muted,
      last_read_message_index, newest_message_index, unread_count, date_activity
    from inbox where account_sid = $1
  )
  select participant_sid, to_jsonb(told)::text, to_jsonb(held)::text
  from told full join held using (participant_sid) where told is distinct from held`;

/** Conversations of an account `$1` that do not know their messages, or their activity. */
export const CONVERSATION_FAULTS = `
  select c.sid, to_jsonb(c)::text, to_jsonb(n)::text
  from conversations c
  left join lateral (
    select index, date_created from messages where account_sid = $1 and conversation_sid = c.sid
    order by index desc limit 1) n on true
  where c.account_sid = $1 and (
    c.newest_message_index is distinct from n.index or c.newest_message_date is distinct from n.date_created
    or c.date_activity <> greatest(c.date_created, n.date_created) or c.last_message_index < coalesce(n.index, -1))`;

/** Conversations of an account `$1` that do not know how many participants they have. */
export const COUNT_FAULTS = `
  select c.sid, c.participant_count, c.non_chat_count, p.participants, p.non_chat
  from conversations c
  cross join lateral (
    select count(*) as participants, count(*) filter (where user_sid is null) as non_chat
    from participants where account_sid = $1 and conversation_sid = c.sid) p
  where c.account_sid = $1 and (c.participant_count <> p.participants or c.non_chat_count <> p.non_chat)`;
