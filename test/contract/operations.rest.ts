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

/** Every operation of v1, by method and path; all but Services stand below a service as well. */
export const REST_OPERATIONS: Readonly<Record<string, Call>> = {
  "POST /v1/Services": { ...nothing, form: () => ({ FriendlyName: "Changed" }) },
  "GET /v1/Services": nothing,
  "GET /v1/Services/{Sid}": objects,
  "DELETE /v1/Services/{Sid}": objects,

  "POST /v1/Conversations": { ...nothing, form: () => ({ FriendlyName: "Changed" }) },
  "GET /v1/Conversations": nothing,
  "GET /v1/Conversations/{Sid}": objects,
  "POST /v1/Conversations/{Sid}": {
    ...objects,
    form: () => ({ FriendlyName: "Changed", UniqueName: "", State: "closed", Attributes: '{"changed":1}' }),
  },
  "DELETE /v1/Conversations/{Sid}": objects,

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

/** The path of an operation with its objects named, by SIDs or by the names that stand for them. */
export function pathOf(operation: string, named: Objects, by: "SID" | "name", serviceSid?: string): string {
  const { conversation, participant, user } = named;
  const names: Record<string, string> = {
    Services: named.serviceSid,
    Conversations: by === "SID" ? conversation.sid : conversation.uniqueName,
    Participants: by === "SID" ? participant.sid : participant.identity,
    Users: by === "SID" ? user.sid : user.identity,
  };
  const segments = operation.slice(operation.indexOf("/")).split("/");
  const path = segments
    .map((segment, i) => (segment.startsWith("{") ? encodeURIComponent(names[segments[i - 1]!]!) : segment))
    .join("/");
  return serviceSid === undefined ? path : path.replace("/v1", `/v1/Services/${serviceSid}`);
}
