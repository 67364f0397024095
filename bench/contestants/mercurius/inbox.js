const { ACCOUNT: account, SERVICE: service } = process.env;

export const schema = `
  type Query { user(sid: String!): User }
  type User {
    sid: String! identity: String! friendlyName: String
    conversations(first: Int!): UserConversationConnection!
  }
  type UserConversationConnection { nodes: [UserConversation!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type UserConversation { conversation: Conversation! }
  type Conversation {
    sid: String! uniqueName: String friendlyName: String dateCreated: String! dateUpdated: String!
    participants(first: Int!): ParticipantConnection!
  }
  type ParticipantConnection { nodes: [Participant!]! }
  type Participant { sid: String! identity: String user: User }
`;

const run = (sql, text, parameters) => sql.unsafe(text, parameters, { prepare: true });

const USER = `select sid, identity, friendly_name as "friendlyName" from users
  where account_sid = $1 and chat_service_sid = $2 and identity = $3`;
const CONVERSATIONS = `select c.sid, c.unique_name as "uniqueName", c.friendly_name as "friendlyName",
    c.date_created as "dateCreated", c.date_updated as "dateUpdated"
  from participants p join conversations c on c.account_sid = p.account_sid and c.sid = p.conversation_sid
  where p.account_sid = $1 and p.user_sid = $2 order by p.conversation_sid limit $3`;
const PARTICIPANTS = `select p.* from unnest($2::text[]) as of(conversation_sid) cross join lateral (
    select conversation_sid as parent, sid, identity, user_sid as "userSid" from participants
    where account_sid = $1 and conversation_sid = of.conversation_sid order by sid limit $3) p`;
const USERS = `select sid, identity, friendly_name as "friendlyName" from users
  where account_sid = $1 and sid = any($2::text[])`;

export const resolvers = {
  Query: {
    async user(_, { sid }, { sql }) {
      return (await run(sql, USER, [account, service, sid]))[0];
    },
  },
  User: {
    async conversations({ sid }, { first }, { sql }) {
      const rows = await run(sql, CONVERSATIONS, [account, sid, first + 1]);
      const page = rows.slice(0, first);
      return {
        nodes: page.map((conversation) => ({ conversation })),
        pageInfo: { hasNextPage: rows.length > first, endCursor: page.at(-1)?.sid },
      };
    },
  },
};

// Without the loaders' own cache, which costs a key for each: nothing is asked twice but users, and those are told apart here.
const uncached = (loader) => ({ loader, opts: { cache: false } });

export function loaders(sql) {
  return {
    Conversation: {
      participants: uncached(async (queries) => {
        const keys = queries.map(({ obj }) => obj.sid);
        const rows = await run(sql, PARTICIPANTS, [account, keys, queries[0].params.first]);
        const lists = new Map(keys.map((key) => [key, []]));
        for (const row of rows) lists.get(row.parent).push(row);
        return keys.map((key) => ({ nodes: lists.get(key) }));
      }),
    },
    Participant: {
      user: uncached(async (queries) => {
        const keys = new Set();
        for (const { obj } of queries) if (obj.userSid !== null) keys.add(obj.userSid);
        const users = new Map();
        for (const user of await run(sql, USERS, [account, [...keys]])) users.set(user.sid, user);
        return queries.map(({ obj }) => users.get(obj.userSid) ?? null);
      }),
    },
  };
}
