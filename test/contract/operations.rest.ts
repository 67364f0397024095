import type { Form } from "../setup/clients.ts";
import type { Objects } from "./objects.ts";

/** What a call needs beside its path, and what it makes for a stranger of the objects that it names. */
interface Call {
  readonly query?: (objects: Objects) => Form;
  readonly form?: (objects: Objects) => Form;
  /** Names objects in its path, or only asks for what is one's own. */
  readonly names: "objects" | "nothing";
}

const objects: Call = { names: "objects" };
const nothing: Call = { names: "nothing" };

/** Every operation of v1, by method and path; most stand below a service as well. */
export const REST_OPERATIONS: Readonly<Record<string, Call>> = {
  "POST /v1/Services": { ...nothing, form: () => ({ FriendlyName: "Changed" }) },
  "GET /v1/Services": nothing,
  "GET /v1/Services/{Sid}": objects,
  "DELETE /v1/Services/{Sid}": objects,

  "GET /v1/Services/{ChatServiceSid}/Configuration": objects,
  "POST /v1/Services/{ChatServiceSid}/Configuration": {
    ...objects,
    form: ({ role }) => ({ DefaultConversationRoleSid: role.sid, ReachabilityEnabled: "true" }),
  },
  "GET /v1/Configuration": nothing,
  "POST /v1/Configuration": { ...nothing, form: () => ({ DefaultInactiveTimer: "PT1H" }) },

  "POST /v1/Roles": {
    ...nothing,
    form: () => ({ FriendlyName: "Changed", Type: "service", Permission: "joinConversation" }),
  },
  "GET /v1/Roles": nothing,
  "GET /v1/Roles/{Sid}": objects,
  "POST /v1/Roles/{Sid}": { ...objects, form: () => ({ Permission: "leaveConversation" }) },
  "DELETE /v1/Roles/{Sid}": objects,

  "POST /v1/Conversations": { ...nothing, form: () => ({ FriendlyName: "Changed" }) },
  "GET /v1/Conversations": nothing,
  "GET /v1/Conversations/{Sid}": objects,
  "POST /v1/Conversations/{Sid}": {
    ...objects,
    form: () => ({ FriendlyName: "Changed", UniqueName: "", State: "closed", Attributes: '{"changed":1}' }),
  },
  "DELETE /v1/Conversations/{Sid}": objects,

  "POST /v1/ConversationWithParticipants": { ...nothing, form: () => ({ FriendlyName: "Changed" }) },

  "POST /v1/Conversations/{ConversationSid}/Participants": {
    ...objects,
    form: () => ({ Identity: "changed" }),
  },
  "GET /v1/Conversations/{ConversationSid}/Participants": objects,
  "GET /v1/Conversations/{ConversationSid}/Participants/{Sid}": objects,
  "POST /v1/Conversations/{ConversationSid}/Participants/{Sid}": {
    ...objects,
    form: () => ({ LastReadMessageIndex: "1", Attributes: '{"changed":1}' }),
  },
  "DELETE /v1/Conversations/{ConversationSid}/Participants/{Sid}": objects,

  "POST /v1/Conversations/{ConversationSid}/Messages": {
    ...objects,
    form: () => ({ Body: "Changed", Author: "changed" }),
  },
  "GET /v1/Conversations/{ConversationSid}/Messages": objects,
  "GET /v1/Conversations/{ConversationSid}/Messages/{Sid}": objects,
  "POST /v1/Conversations/{ConversationSid}/Messages/{Sid}": {
    ...objects,
    form: () => ({ Body: "Changed", Attributes: '{"changed":1}' }),
  },
  "DELETE /v1/Conversations/{ConversationSid}/Messages/{Sid}": objects,

  "POST /v1/Users": { ...nothing, form: () => ({ Identity: crypto.randomUUID() }) },
  "GET /v1/Users": nothing,
  "GET /v1/Users/{Sid}": objects,
  "POST /v1/Users/{Sid}": {
    ...objects,
    form: () => ({ FriendlyName: "Changed", Attributes: '{"changed":1}' }),
  },
  "DELETE /v1/Users/{Sid}": objects,

  "GET /v1/Users/{UserSid}/Conversations": objects,
  "GET /v1/Users/{UserSid}/Conversations/{ConversationSid}": objects,
  "POST /v1/Users/{UserSid}/Conversations/{ConversationSid}": {
    ...objects,
    form: () => ({ NotificationLevel: "muted", LastReadMessageIndex: "1" }),
  },
  "DELETE /v1/Users/{UserSid}/Conversations/{ConversationSid}": objects,

  "GET /v1/ParticipantConversations": {
    ...nothing,
    query: ({ participant }) => ({ Identity: participant.identity }),
  },
};

/** Whether an operation stands below a service as well. */
export function isScoped(operation: string): boolean {
  return !operation.includes("/v1/Services") && !operation.endsWith("/v1/Configuration");
}

/** The path of an operation with its objects named, by SIDs or by the names that stand for them. */
export function pathOf(operation: string, named: Objects, by: "SID" | "name", serviceSid?: string): string {
  const { conversation, participant, message, user, role } = named;
  const names: Record<string, string> = {
    Services: named.serviceSid,
    Roles: role.sid,
    Conversations: by === "SID" ? conversation.sid : conversation.uniqueName,
    Participants: by === "SID" ? participant.sid : participant.identity,
    Messages: message.sid,
    Users: by === "SID" ? user.sid : user.identity,
  };
  const segments = operation.slice(operation.indexOf("/")).split("/");
  const path = segments
    .map((segment, i) => (segment.startsWith("{") ? encodeURIComponent(names[segments[i - 1]!]!) : segment))
    .join("/");
  return serviceSid === undefined ? path : path.replace("/v1", `/v1/Services/${serviceSid}`);
}
