import type { Example } from "./graphql/graphiql.ts";

/** The tabs that GraphiQL opens with; the demo data has answers to them. */
export const examples: readonly Example[] = [
  {
    query: `# Which conversations does a phone number belong to? (PARLEY_DEMO=true at the first start makes some.)
query ConversationsOfANumber {
  participantConversations(address: "+15558675310", first: 20) {
    totalCount
    nodes {
      conversation {
        sid
        friendlyName
        state
      }
      participant {
        sid
        messagingBinding {
          type
          proxyAddress
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
  },
  {
    query: `# The inbox of an identity, in one request: its conversations, latest first, with what was said last, what is
# unread, and who is in them. Another filter: { "unreadOnly": true, "channelType": "SMS" }
query Inbox($identity: String!, $filter: ParticipantConversationFilter) {
  participantConversations(identity: $identity, orderBy: LAST_ACTIVITY, filter: $filter, first: 20) {
    totalCount
    nodes {
      unreadMessagesCount
      conversation {
        sid
        friendlyName
        dateActivity
        lastMessage {
          author
          body
        }
        participants(first: 10) {
          nodes {
            identity
            messagingBinding {
              type
              address
            }
            user {
              sid
              friendlyName
            }
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: JSON.stringify({ identity: "ann", filter: { state: "ACTIVE" } }, null, 2),
  },
  {
    query: `mutation CreateConversation($input: CreateConversationInput!) {
  createConversation(input: $input) {
    __typename
    ... on CreateConversationPayload {
      conversation {
        sid
        uniqueName
        attributes
        dateCreated
      }
    }
    ... on Error {
      code
      message
    }
  }
}
`,
    variables: JSON.stringify(
      { input: { friendlyName: "A new order", uniqueName: "order-2001", attributes: { topic: "order" } } },
      null,
      2,
    ),
  },
  {
    query: `# To the conversation of the tab before. Once more with the same input: a ConflictError says who is in the way.
mutation AddParticipant($input: AddParticipantInput!) {
  addParticipant(input: $input) {
    __typename
    ... on AddParticipantPayload {
      participant {
        sid
        identity
        conversation {
          friendlyName
        }
      }
    }
    ... on Error {
      code
      message
      parameter
      moreInfo
    }
    ... on ConflictError {
      conflicting {
        id
      }
    }
  }
}
`,
    variables: JSON.stringify({ input: { conversationSid: "order-2001", identity: "dave" } }, null, 2),
  },
];
