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

/** The inbox in the names that PostGraphile finds for the tables, with those above as aliases. */
export const TABLES_INBOX = `query Inbox($account: String!, $service: String!, $identity: String!) {
  user: userByAccountSidAndIdentityAndChatServiceSid(
    accountSid: $account, identity: $identity, chatServiceSid: $service
  ) { sid identity friendlyName
    conversations: participantsByAccountSidAndUserSid(first: 20, orderBy: [CONVERSATION_SID_ASC]) {
      pageInfo { hasNextPage endCursor }
      nodes { conversation: conversationByAccountSidAndConversationSid {
        sid uniqueName friendlyName dateCreated dateUpdated
        participants: participantsByAccountSidAndConversationSid(first: 10, orderBy: [SID_ASC]) {
          nodes { sid identity user: userByAccountSidAndUserSid { sid identity friendlyName } }
        }
      } }
    }
  }
}`;
/** Of a page by activity, as far as finding the cursors of far pages needs it. */
export const WALK = `query Walk($identity: String!, $first: Int!, $after: String) {
  user(sid: $identity) {
    conversations(orderBy: LAST_ACTIVITY, first: $first, after: $after) { pageInfo { endCursor } }
  }
}`;
