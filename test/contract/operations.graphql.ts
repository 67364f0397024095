import { encodeNodeId } from "../../src/graphql/id.ts";
import type { Objects } from "./objects.ts";

/** Arguments that name the objects, by SIDs or by the names that stand for them, and what is selected. */
interface Query {
  readonly args: (objects: Objects, by: "SID" | "name") => Record<string, unknown>;
  readonly types: Readonly<Record<string, string>>;
  readonly select: string;
  /** Takes the argument `serviceSid`. */
  readonly scoped: boolean;
  /** Answers one object, or a page. */
  readonly answers: "object" | "objects" | "connection";
}

const USER = "id sid identity role { id sid } service { id sid }";
const CONVERSATION = `id sid uniqueName service { id sid }
  participants { totalCount nodes { id sid identity role { id sid } user { ${USER} } conversation { id sid } } }
  messages { totalCount nodes { id sid body } } lastMessage { id sid } message(index: 0) { id sid body }`;
const ROLE = "id sid permissions service { id sid }";
const page = (node: string) =>
  `totalCount nodes { ${node} } pageInfo { hasNextPage hasPreviousPage endCursor }`;
const none = () => ({});

/** Every id that stands for one of the objects. */
export function nodeIdsOf(objects: Objects): string[] {
  const { serviceSid, conversation, participant, user, phone, role, message } = objects;
  return [
    encodeNodeId("Service", serviceSid),
    encodeNodeId("Role", role.sid),
    encodeNodeId("Role", user.roleSid),
    encodeNodeId("Role", participant.roleSid),
    encodeNodeId("User", user.sid),
    encodeNodeId("Conversation", conversation.sid),
    encodeNodeId("Participant", participant.sid),
    encodeNodeId("Participant", phone.sid),
    encodeNodeId("Message", message.sid),
    encodeNodeId("ParticipantConversation", phone.sid),
    encodeNodeId("UserConversation", participant.sid),
  ];
}

const conversationOf = ({ conversation }: Objects, by: "SID" | "name") =>
  by === "SID" ? conversation.sid : conversation.uniqueName;
const participantOf = ({ participant }: Objects, by: "SID" | "name") =>
  by === "SID" ? participant.sid : participant.identity;
const userOf = ({ user }: Objects, by: "SID" | "name") => (by === "SID" ? user.sid : user.identity);

/** Every field of Query. */
export const QUERIES: Readonly<Record<string, Query>> = {
  node: {
    args: ({ conversation }) => ({ id: encodeNodeId("Conversation", conversation.sid) }),
    types: { id: "ID!" },
    select: "id",
    scoped: false,
    answers: "object",
  },
  nodes: {
    args: (objects) => ({ ids: nodeIdsOf(objects) }),
    types: { ids: "[ID!]!" },
    select: "id",
    scoped: false,
    answers: "objects",
  },
  viewer: {
    args: none,
    types: {},
    select: `id sid defaultService { id sid conversations { ${page("id sid")} } users { ${page("id sid")} } }`,
    scoped: false,
    answers: "object",
  },
  participantConversations: {
    args: (objects, by) =>
      by === "SID" ? { address: objects.phone.address } : { identity: objects.participant.identity },
    types: { identity: "String", address: "String" },
    select: page(`id participant { id sid } conversation { ${CONVERSATION} }`),
    scoped: true,
    answers: "connection",
  },
  conversation: {
    args: (objects, by) => ({ sid: conversationOf(objects, by) }),
    types: { sid: "String!" },
    select: CONVERSATION,
    scoped: true,
    answers: "object",
  },
  conversations: { args: none, types: {}, select: page(CONVERSATION), scoped: true, answers: "connection" },
  participant: {
    args: (objects, by) => ({
      conversationSid: conversationOf(objects, by),
      sid: participantOf(objects, by),
    }),
    types: { conversationSid: "String!", sid: "String!" },
    select: `id sid conversation { ${CONVERSATION} }`,
    scoped: true,
    answers: "object",
  },
  message: {
    args: (objects, by) => ({ conversationSid: conversationOf(objects, by), sid: objects.message.sid }),
    types: { conversationSid: "String!", sid: "String!" },
    select: `id sid body participant { id sid } conversation { ${CONVERSATION} }`,
    scoped: true,
    answers: "object",
  },
  user: {
    args: (objects, by) => ({ sid: userOf(objects, by) }),
    types: { sid: "String!" },
    select: `${USER} conversations { ${page("id conversation { id sid }")} } participations { ${page("id sid")} }`,
    scoped: true,
    answers: "object",
  },
  users: {
    args: none,
    types: {},
    select: page(`${USER} conversations { ${page("id user { id }")} }`),
    scoped: true,
    answers: "connection",
  },
  userConversation: {
    args: (objects, by) => ({
      userSid: userOf(objects, by),
      conversationSid: conversationOf(objects, by),
    }),
    types: { userSid: "String!", conversationSid: "String!" },
    select: `id participant { id sid } user { ${USER} } conversation { ${CONVERSATION} }`,
    scoped: true,
    answers: "object",
  },
  service: {
    args: ({ serviceSid }) => ({ sid: serviceSid }),
    types: { sid: "String!" },
    select: `id sid isDefault defaultConversationRole { id } roles { ${page(ROLE)} } conversations { ${page("id sid")} } users { ${page("id sid")} }`,
    scoped: false,
    answers: "object",
  },
  role: {
    args: ({ role }) => ({ sid: role.sid }),
    types: { sid: "String!" },
    select: ROLE,
    scoped: true,
    answers: "object",
  },
  roles: { args: none, types: {}, select: page(ROLE), scoped: true, answers: "connection" },
  services: { args: none, types: {}, select: page("id sid"), scoped: false, answers: "connection" },
};

/** A request for the field, with the objects named. */
export function queryOf(name: string, objects: Objects, by: "SID" | "name", serviceSid?: string) {
  const { args, types, select } = QUERIES[name]!;
  const variables: Record<string, unknown> = { ...args(objects, by), ...(serviceSid && { serviceSid }) };
  const typeOf: Record<string, string> = { ...types, serviceSid: "String" };
  const names = Object.keys(variables);
  const declared = names.map((key) => `$${key}: ${typeOf[key]}`).join(", ");
  const passed = names.map((key) => `${key}: $${key}`).join(", ");
  const bracketed = (list: string) => (list === "" ? "" : `(${list})`);
  return {
    query: `query ${bracketed(declared)} { ${name}${bracketed(passed)} { ${select} } }`,
    variables,
  };
}

interface Mutation {
  readonly input: (objects: Objects, by: "SID" | "name") => Record<string, unknown>;
  readonly payload: string;
  /** Takes `serviceSid` in its input. */
  readonly scoped: boolean;
  /** Names objects, or makes something of its own. */
  readonly names: "objects" | "nothing";
}

const changed = { changed: 1 };
const named = { scoped: true, names: "objects" } as const;

/** Every field of Mutation. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  createConversation: {
    input: () => ({ friendlyName: "Changed" }),
    payload: `conversation { ${CONVERSATION} }`,
    scoped: true,
    names: "nothing",
  },
  createConversationWithParticipants: {
    input: () => ({ friendlyName: "Changed", participants: [{ identity: "changed" }] }),
    payload: `conversation { ${CONVERSATION} } participants { id sid user { ${USER} } }`,
    scoped: true,
    names: "nothing",
  },
  ensureConversation: {
    input: () => ({ uniqueName: `changed ${crypto.randomUUID()}` }),
    payload: `conversation { ${CONVERSATION} } created`,
    scoped: true,
    names: "nothing",
  },
  updateConversation: {
    input: (objects, by) => ({
      sid: conversationOf(objects, by),
      friendlyName: "Changed",
      uniqueName: null,
      state: "CLOSED",
      attributes: changed,
    }),
    payload: `conversation { ${CONVERSATION} }`,
    ...named,
  },
  deleteConversation: {
    input: (objects, by) => ({ sid: conversationOf(objects, by) }),
    payload: "deletedId sid",
    ...named,
  },
  addParticipant: {
    input: (objects, by) => ({ conversationSid: conversationOf(objects, by), identity: "changed" }),
    payload: `participant { id sid user { ${USER} } conversation { ${CONVERSATION} } }`,
    ...named,
  },
  addParticipants: {
    input: (objects, by) => ({
      conversationSid: conversationOf(objects, by),
      mode: "PER_ITEM",
      participants: [
        { identity: "changed" },
        { messagingBinding: { address: "+15558675310", proxyAddress: "+15017122661" } },
        { identity: "changed" },
      ],
    }),
    payload: `items { participant { id sid user { ${USER} } } error { code } } addedCount conversation { id }`,
    ...named,
  },
  removeParticipants: {
    input: (objects, by) => ({
      conversationSid: conversationOf(objects, by),
      mode: "ALL_OR_NOTHING",
      sids: [objects.participant.sid, objects.phone.sid],
    }),
    payload: "items { deletedId sid error { code } } removedCount conversation { id }",
    ...named,
  },
  ensureParticipant: {
    input: (objects, by) => ({ conversationSid: conversationOf(objects, by), identity: "changed" }),
    payload: `participant { id sid user { ${USER} } conversation { ${CONVERSATION} } } created`,
    ...named,
  },
  updateParticipant: {
    input: (objects, by) => ({
      conversationSid: conversationOf(objects, by),
      sid: objects.participant.sid,
      lastReadMessageIndex: 1,
      attributes: changed,
    }),
    payload: "participant { id sid user { id } }",
    ...named,
  },
  removeParticipant: {
    input: (objects, by) => ({
      conversationSid: conversationOf(objects, by),
      sid: objects.participant.sid,
    }),
    payload: `deletedId sid conversation { ${CONVERSATION} }`,
    ...named,
  },
  createMessage: {
    input: (objects, by) => ({ conversationSid: conversationOf(objects, by), body: "changed" }),
    payload: `createdMessage { id sid participant { id } conversation { ${CONVERSATION} } }`,
    ...named,
  },
  updateMessage: {
    input: (objects, by) => ({
      conversationSid: conversationOf(objects, by),
      sid: objects.message.sid,
      body: "changed",
      attributes: changed,
    }),
    payload: "updatedMessage { id sid body participant { id } }",
    ...named,
  },
  deleteMessage: {
    input: (objects, by) => ({
      conversationSid: conversationOf(objects, by),
      sid: objects.message.sid,
    }),
    payload: `deletedId sid conversation { ${CONVERSATION} }`,
    ...named,
  },
  createUser: {
    input: () => ({ identity: crypto.randomUUID() }),
    payload: `user { ${USER} }`,
    scoped: true,
    names: "nothing",
  },
  updateUser: {
    input: (objects, by) => ({ sid: userOf(objects, by), friendlyName: "Changed", attributes: changed }),
    payload: `user { ${USER} }`,
    ...named,
  },
  deleteUser: {
    input: (objects, by) => ({ sid: userOf(objects, by) }),
    payload: "deletedId sid",
    ...named,
  },
  updateUserConversation: {
    input: (objects, by) => ({
      userSid: userOf(objects, by),
      conversationSid: conversationOf(objects, by),
      notificationLevel: "MUTED",
      lastReadMessageIndex: 1,
    }),
    payload: "userConversation { id unreadMessagesCount user { id } }",
    ...named,
  },
  markRead: {
    input: (objects, by) => ({
      userSid: userOf(objects, by),
      conversationSid: conversationOf(objects, by),
      upToIndex: 1,
    }),
    payload: "userConversation { id unreadMessagesCount } user { id }",
    ...named,
  },
  markAllRead: {
    input: (objects, by) => ({ userSid: userOf(objects, by) }),
    payload: "user { id } count",
    ...named,
  },
  muteConversation: {
    input: (objects, by) => ({
      userSid: userOf(objects, by),
      conversationSid: conversationOf(objects, by),
    }),
    payload: "userConversation { id notificationLevel }",
    ...named,
  },
  leaveConversation: {
    input: (objects, by) => ({
      userSid: userOf(objects, by),
      conversationSid: conversationOf(objects, by),
    }),
    payload: "deletedId deletedParticipantId conversation { id } user { id }",
    ...named,
  },
  createRole: {
    input: () => ({ friendlyName: "Changed", type: "SERVICE", permissions: ["joinConversation"] }),
    payload: `role { ${ROLE} }`,
    scoped: true,
    names: "nothing",
  },
  updateRole: {
    input: ({ role }) => ({ sid: role.sid, permissions: ["leaveConversation"] }),
    payload: `role { ${ROLE} }`,
    ...named,
  },
  deleteRole: { input: ({ role }) => ({ sid: role.sid }), payload: "deletedId sid", ...named },
  createService: {
    input: () => ({ friendlyName: "Changed" }),
    payload: "service { id sid }",
    scoped: false,
    names: "nothing",
  },
  updateServiceConfiguration: {
    input: () => ({ reachabilityEnabled: true }),
    payload: "service { id reachabilityEnabled defaultChatServiceRole { sid } }",
    scoped: true,
    names: "nothing",
  },
  updateConfiguration: {
    input: () => ({ defaultInactiveTimer: "PT1H" }),
    payload: "account { id defaultInactiveTimer defaultService { sid } }",
    scoped: false,
    names: "nothing",
  },
  deleteService: {
    input: ({ serviceSid }) => ({ sid: serviceSid }),
    payload: "deletedId sid",
    scoped: false,
    names: "objects",
  },
};

/** A request for the mutation; `result` is its payload, or the error that it answers as a value. */
export function mutationOf(name: string, input: Record<string, unknown>, payload = "__typename") {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    query: `mutation ($input: ${type}Input!) {
      result: ${name}(input: $input) {
        __typename
        ... on Error { message code status twilioCode moreInfo }
        ... on ${type}Payload { ${payload} }
      }
    }`,
    variables: { input },
  };
}
