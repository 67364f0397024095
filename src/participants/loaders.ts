import { type ChildLoader, childLoader, type RowLoader, rowLoader } from "../core/loader.ts";
import type { Scope } from "../db/scope.ts";
import type { LightParticipant, Participant } from "./model.ts";
import {
  countParticipantsOfConversations,
  countParticipantsOfUsers,
  participantsBySid,
  participantsOfConversations,
  participantsOfUsers,
} from "./queries.ts";

export interface ParticipantLoaders {
  readonly bySid: RowLoader<Participant, LightParticipant>;
  readonly ofConversation: ChildLoader<Participant, LightParticipant>;
  readonly ofUser: ChildLoader<Participant, LightParticipant>;
  clearAll(): void;
}

export function participantLoaders({ db, accountSid, watch }: Scope): ParticipantLoaders {
  const bySid = rowLoader<Participant, LightParticipant>(
    { name: "participants.bySid", watch },
    (sids, columns) => participantsBySid(db, { accountSid, sids }, columns),
    (participant) => participant.sid,
  );
  const ofConversation = childLoader<Participant, LightParticipant>(
    { name: "participants.ofConversation", watch },
    {
      read: (keys, request, columns) =>
        participantsOfConversations(db, { accountSid, keys }, request, columns),
      count: (keys) => countParticipantsOfConversations(db, { accountSid, keys }),
      parentOf: (participant) => participant.conversationSid,
      positionOf: (participant) => [participant.sid],
    },
  );
  const ofUser = childLoader<Participant, LightParticipant>(
    { name: "participants.ofUser", watch },
    {
      read: (keys, request, columns) => participantsOfUsers(db, { accountSid, keys }, request, columns),
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
