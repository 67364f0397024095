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
    query: `# The inbox of an identity: its conversations, who is in them, and their users.
query Inbox($identity: String!) {
  participantConversations(identity: $identity, first: 20) {
    nodes {
      conversation {
        sid
        friendlyName
        attributes
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
  }
}
`,
    variables: JSON.stringify({ identity: "ann" }, null, 2),
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
    }
    ... on InvalidInputError {
      parameter
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
