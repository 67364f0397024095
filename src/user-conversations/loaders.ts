import { type ChildLoader, childLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import { countParticipantsOfUsers } from "../participants/queries.ts";
import { toUserConversation, type UserConversation } from "./model.ts";
import { userConversationsOfUsers } from "./queries.ts";

export interface UserConversationLoaders {
  readonly ofUser: ChildLoader<UserConversation>;
  clearAll(): void;
}

export function userConversationLoaders({ db, accountSid, now }: Scope): UserConversationLoaders {
  const ofUser = childLoader<UserConversation>({
    read: async (keys, request) => {
      const rows = await userConversationsOfUsers(db, { accountSid, keys, now }, request);
      return rows.map((row) => toUserConversation(row.participant, row.conversation));
    },
    count: (keys) => countParticipantsOfUsers(db, { accountSid, keys }),
    parentOf: ({ participant }) => participant.userSid ?? "",
    positionOf: ({ conversation }) => [conversation.sid],
  });
  return { ofUser, clearAll: () => ofUser.clearAll() };
}
