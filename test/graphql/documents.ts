import { graphql } from "./__generated__/gql.ts";

export const CreateConversation = graphql(`
  mutation CreateConversation($input: CreateConversationInput!) {
    createConversation(input: $input) {
      __typename
      ... on CreateConversationPayload {
        conversation {
          id
          sid
          serviceSid
          friendlyName
          uniqueName
          attributes
          attributesText
          state
          timers {
            dateInactive
            dateClosed
          }
          dateCreated
          dateUpdated
        }
      }
      ...Failure
    }
  }
`);

export const UpdateConversation = graphql(`
  mutation UpdateConversation($input: UpdateConversationInput!) {
    updateConversation(input: $input) {
      __typename
      ... on UpdateConversationPayload {
        conversation {
          sid
          friendlyName
          uniqueName
          attributes
          attributesText
          state
        }
      }
      ...Failure
    }
  }
`);

export const DeleteConversation = graphql(`
  mutation DeleteConversation($input: DeleteConversationInput!) {
    deleteConversation(input: $input) {
      __typename
      ... on DeleteConversationPayload {
        deletedId
        sid
      }
      ...Failure
    }
  }
`);

export const AddParticipant = graphql(`
  mutation AddParticipant($input: AddParticipantInput!) {
    addParticipant(input: $input) {
      __typename
      ... on AddParticipantPayload {
        participant {
          id
          sid
          identity
          attributes
          messagingBinding {
            type
            address
            proxyAddress
            projectedAddress
          }
          role {
            friendlyName
            type
          }
          user {
            sid
            identity
          }
          conversation {
            sid
          }
        }
      }
      ...Failure
    }
  }
`);

export const UpdateParticipant = graphql(`
  mutation UpdateParticipant($input: UpdateParticipantInput!) {
    updateParticipant(input: $input) {
      __typename
      ... on UpdateParticipantPayload {
        participant {
          sid
          attributesText
          lastReadMessageIndex
          messagingBinding {
            proxyAddress
          }
        }
      }
      ...Failure
    }
  }
`);

export const RemoveParticipant = graphql(`
  mutation RemoveParticipant($input: RemoveParticipantInput!) {
    removeParticipant(input: $input) {
      __typename
      ... on RemoveParticipantPayload {
        deletedId
        sid
        conversation {
          participants {
            totalCount
          }
        }
      }
      ...Failure
    }
  }
`);

export const CreateUser = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) {
      __typename
      ... on CreateUserPayload {
        user {
          id
          sid
          identity
          friendlyName
          role {
            friendlyName
          }
        }
      }
      ...Failure
    }
  }
`);

export const UpdateUser = graphql(`
  mutation UpdateUser($input: UpdateUserInput!) {
    updateUser(input: $input) {
      __typename
      ... on UpdateUserPayload {
        user {
          sid
          friendlyName
          attributes
        }
      }
      ...Failure
    }
  }
`);

export const DeleteUser = graphql(`
  mutation DeleteUser($input: DeleteUserInput!) {
    deleteUser(input: $input) {
      __typename
      ... on DeleteUserPayload {
        deletedId
        sid
      }
      ...Failure
    }
  }
`);

export const UpdateUserConversation = graphql(`
  mutation UpdateUserConversation($input: UpdateUserConversationInput!) {
    updateUserConversation(input: $input) {
      __typename
      ... on UpdateUserConversationPayload {
        userConversation {
          id
          notificationLevel
          lastReadMessageIndex
          lastReadTimestamp
          unreadMessagesCount
        }
      }
      ...Failure
    }
  }
`);

export const LeaveConversation = graphql(`
  mutation LeaveConversation($input: LeaveConversationInput!) {
    leaveConversation(input: $input) {
      __typename
      ... on LeaveConversationPayload {
        deletedId
        deletedParticipantId
        conversation {
          participants {
            totalCount
          }
        }
        user {
          identity
        }
      }
      ...Failure
    }
  }
`);

export const CreateService = graphql(`
  mutation CreateService($input: CreateServiceInput!) {
    createService(input: $input) {
      __typename
      ... on CreateServicePayload {
        service {
          id
          sid
          friendlyName
          isDefault
          defaultConversationRole {
            friendlyName
            type
            permissions
          }
        }
      }
      ...Failure
    }
  }
`);

export const DeleteService = graphql(`
  mutation DeleteService($input: DeleteServiceInput!) {
    deleteService(input: $input) {
      __typename
      ... on DeleteServicePayload {
        deletedId
        sid
      }
      ...Failure
    }
  }
`);

/** Whatever error a mutation answers. */
graphql(`
  fragment Failure on Error {
    message
    code
    status
    twilioCode
    moreInfo
    parameter
    ... on ConflictError {
      conflicting {
        __typename
        id
      }
    }
  }
`);
