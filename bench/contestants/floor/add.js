import { randomBytes } from "node:crypto";

const { ACCOUNT: account, SERVICE: service, CONVERSATION_ROLE: role, USER_ROLE: userRole } = process.env;

const ENTER = `update conversations set participant_count = participant_count + 1, non_chat_count = non_chat_count + $4,
    channels = case when $4 = 0 or 'sms' = any(channels) then channels else channels || '{sms}' end
  where account_sid = $1 and chat_service_sid = $2 and sid = $3
  returning state, participant_count, non_chat_count, newest_message_index, date_activity, date_created`;
const FIND_USER = "select sid from users where account_sid = $1 and chat_service_sid = $2 and identity = $3";
const MAKE_USER = `insert into users (account_sid, sid, chat_service_sid, identity, role_sid, attributes, date_created,
    date_updated) values ($1, $2, $3, $4, $5, '{}', $6, $6)
  on conflict (account_sid, identity, chat_service_sid) do nothing`;
const ADD = `insert into participants (account_sid, sid, chat_service_sid, conversation_sid, identity, lookup_identity,
    user_sid, address, proxy_address, binding_active, role_sid, attributes, notification_level,
    conversation_date_created, date_created, date_updated)
  values ($1, $2, $3, $4, $5, $5, $6, $7, $8, true, $9, '{}', 'default', $10, $11, $11)`;
const LIST = `insert into inbox (account_sid, conversation_sid, participant_sid, chat_service_sid, user_sid, address,
    found_by_identity, muted, newest_message_index, date_activity)
  values ($1, $2, $3, $4, $5, $6, $7, false, $8, $9)`;

/** What addParticipant has to do at least: two round trips between BEGIN and COMMIT. */
export async function addParticipant(sql, { input }) {
  const { conversationSid, identity = null, messagingBinding } = input;
  const { address = null, proxyAddress = null } = messagingBinding ?? {};
  const now = new Date().toISOString();
  const sid = newSid("MB");
  await sql.begin(async (tx) => {
    const run = (text, parameters) => tx.unsafe(text, parameters, { prepare: true }).values();
    const [[[state, all, nonChat, newest, activity, created]], [user]] = await Promise.all([
      run(ENTER, [account, service, conversationSid, identity === null ? 1 : 0]),
      identity === null ? [[null]] : run(FIND_USER, [account, service, identity]),
    ]);
    if (state === "closed" || all > 1000 || nonChat > 50) throw new Error("refused");
    const userSid = user ? user[0] : newSid("US");
    const writes = [
      run(ADD, [
        account,
        sid,
        service,
        conversationSid,
        identity,
        userSid,
        address,
        proxyAddress,
        role,
        created,
        now,
      ]),
      run(LIST, [
        account,
        conversationSid,
        sid,
        service,
        userSid,
        address,
        identity !== null,
        newest,
        activity,
      ]),
    ];
    if (!user) writes.unshift(run(MAKE_USER, [account, userSid, service, identity, userRole, now]));
    await Promise.all(writes);
  });
  return JSON.stringify({
    data: {
      addParticipant: {
        participant: {
          sid,
          identity,
          roleSid: role,
          messagingBinding: identity === null ? { address, proxyAddress } : null,
          dateCreated: `${now.slice(0, 19)}Z`,
          dateUpdated: `${now.slice(0, 19)}Z`,
        },
      },
    },
  });
}

function newSid(prefix) {
  return `${prefix}${Date.now().toString(16).padStart(12, "0")}0000${randomBytes(8).toString("hex")}`;
}
