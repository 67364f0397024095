// A client as Relay applications are written; it is compiled and never run.
declare function graphql(strings: TemplateStringsArray): unknown;

export const InboxQuery = graphql`
  query appInboxQuery($identity: String!) {
    viewer {
      id
      defaultService {
        ...app_service
      }
    }
    ...app_inbox @arguments(identity: $identity)
  }
`;

/** A list at the root, walked forward. */
export const InboxFragment = graphql`
  fragment app_inbox on Query
  @argumentDefinitions(
    identity: { type: "String!" }
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
  )
  @refetchable(queryName: "appInboxPaginationQuery") {
    participantConversations(identity: $identity, first: $count, after: $cursor)
      @connection(key: "Inbox_participantConversations", filters: ["identity"]) {
      totalCount
      edges {
        cursor
        node {
          id
          conversation {
            ...app_conversation
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

/** A list of a node, walked backward and refetched by the node's id. */
export const ConversationFragment = graphql`
  fragment app_conversation on Conversation
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "appConversationPaginationQuery") {
    friendlyName
    state
    attributes
    dateCreated
    participants(last: $count, before: $cursor) @connection(key: "Conversation_participants") {
      edges {
        node {
          identity
          messagingBinding {
            type
            address
          }
          user {
            ...app_user
          }
        }
      }
    }
  }
`;

export const UserFragment = graphql`
  fragment app_user on User @refetchable(queryName: "appUserRefetchQuery") {
    friendlyName
    role {
      friendlyName
    }
    conversations(first: 5) {
      nodes {
        unreadMessagesCount
      }
    }
  }
`;

export const ServiceFragment = graphql`
  fragment app_service on Service
  @argumentDefinitions(count: { type: "Int" }, cursor: { type: "String" })
  @refetchable(queryName: "appServicePaginationQuery") {
    conversations(first: $count, after: $cursor, filter: { state: ACTIVE })
      @connection(key: "Service_conversations") {
      edges {
        node {
          id
        }
      }
    }
  }
`;

export const NodeQuery = graphql`
  query appNodeQuery($id: ID!, $ids: [ID!]!) {
    node(id: $id) {
      ... on UserConversation {
        notificationLevel
      }
    }
    nodes(ids: $ids) {
      __typename
    }
  }
`;

export const AddMutation = graphql`
  mutation appAddMutation($input: AddParticipantInput!, $connections: [ID!]!) {
    addParticipant(input: $input) {
      __typename
      ... on AddParticipantPayload {
        participant @appendNode(connections: $connections, edgeTypeName: "ParticipantEdge") {
          id
          identity
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
`;

export const RemoveMutation = graphql`
  mutation appRemoveMutation($input: RemoveParticipantInput!, $connections: [ID!]!) {
    removeParticipant(input: $input) {
      ... on RemoveParticipantPayload {
        deletedId @deleteRecord @deleteEdge(connections: $connections)
      }
      ... on NotFoundError {
        message
      }
    }
  }
`;
