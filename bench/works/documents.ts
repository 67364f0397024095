/** What the contestants are asked over GraphQL; mercurius serves the same schema, PostGraphile gets aliases. */

const PARTICIPANTS = "participants(first: 10) { nodes { sid identity user { sid identity friendlyName } } }";

export const INBOX = `query Inbox($identity: String!) {
  user(sid: $identity) { sid identity friendlyName
    conversations(first: 20) {
      pageInfo { hasNextPage endCursor }
      nodes { conversation { sid uniqueName friendlyName dateCreated dateUpdated ${PARTICIPANTS} } }
    }
  }
}`;

export const ACTIVITY = `query Activity($identity: String!, $after: String) {
  user(sid: $identity) { sid identity friendlyName
    conversations(orderBy: LAST_ACTIVITY, first: 20, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { unreadMessagesCount notificationLevel
        conversation { sid uniqueName friendlyName dateCreated dateUpdated
          lastMessage { sid index author body dateCreated }
          ${PARTICIPANTS}
        }
      }
    }
  }
}`;

export const ADD = `mutation Add($input: AddParticipantInput!) {
  addParticipant(input: $input) {
    ... on AddParticipantPayload {
      participant { sid identity roleSid messagingBinding { address proxyAddress } dateCreated dateUpdated }
    }
  }
}`;
