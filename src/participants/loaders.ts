import { type ChildLoader, childLoader, type RowLoader, rowLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { Participant } from "./model.ts";
import {
  countParticipantsOfConversations,
  countParticipantsOfUsers,
  participantsBySid,
  participantsOfConversations,
  participantsOfUsers,
} from "./queries.ts";

export interface ParticipantLoaders {
  readonly bySid: RowLoader<Participant>;
  readonly ofConversation: ChildLoader<Participant>;
  readonly ofUser: ChildLoader<Participant>;
  clearAll(): void;
}

export function participantLoaders({ db, accountSid, watch }: Scope): ParticipantLoaders {
  const bySid = rowLoader(
    { name: "participants.bySid", watch },
    (sids) => participantsBySid(db, { accountSid, sids }),
    (participant: Participant) => participant.sid,
  );
  const ofConversation = childLoader<Participant>(
    { name: "participants.ofConversation", watch },
    {
      read: (keys, request) => participantsOfConversations(db, { accountSid, keys }, request),
      count: (keys) => countParticipantsOfConversations(db, { accountSid, keys }),
      parentOf: (participant) => participant.conversationSid,
      positionOf: (participant) => [participant.sid],
    },
  );
  const ofUser = childLoader<Participant>(
    { name: "participants.ofUser", watch },
    {
      read: (keys, request) => participantsOfUsers(db, { accountSid, keys }, request),
      count: (keys) => countParticipantsOfUsers(db, { accountSid, keys }),
      parentOf: (participant) => participant.userSid ?? "",
      positionOf: (participant) => [participant.conversationSid],
    },
  );
  return {
    bySid,
    ofConversation,
    ofUser,
    clearAll() {
      bySid.clearAll();
      ofConversation.clearAll();
      ofUser.clearAll();
    },
  };
}
