import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp } from "../setup/app.ts";
import { type Answer, graphqlClient, restClient } from "../setup/clients.ts";
import { statementsOf } from "../setup/database.ts";
import { createObjects, type Objects, phoneNumber } from "./objects.ts";
import { mutationOf } from "./operations.graphql.ts";

let rest: ReturnType<typeof restClient>;
let graphql: ReturnType<typeof graphqlClient>;
let objects: Objects;
beforeAll(async () => {
  // On a clock that stands still, credentials once looked up are remembered for good.
  const started = Date.now();
  const app = await createTestApp({ clock: () => started });
  const account = await app.account();
  rest = restClient(app, account);
  graphql = graphqlClient(app, account);
  const { body } = await rest.get("/v1/Services");
  objects = await createObjects(rest, body.services[0].sid);
  await rest.post("/v1/Services", { FriendlyName: "Another" });
  await rest.post("/v1/Users", { Identity: "somebody" });
});

describe("an operation of v1 runs", () => {
  const path = {
    conversation: () => `/v1/Conversations/${objects.conversation.sid}`,
    participants: () => `/v1/Conversations/${objects.conversation.sid}/Participants`,
    messages: () => `/v1/Conversations/${objects.conversation.sid}/Messages`,
    user: () => `/v1/Users/${objects.user.sid}`,
    configuration: () => `/v1/Services/${objects.serviceSid}/Configuration`,
    role: () => `/v1/Roles/${objects.role.sid}`,
  };
  const byIdentity = () => ({ Identity: objects.participant.identity });

  it.each<[string, () => Promise<{ status: number }>, string[]]>([
    [
      "GET ParticipantConversations of an identity",
      () => rest.get("/v1/ParticipantConversations", byIdentity()),
      ["conversationsOfIdentity_forward"],
    ],
    [
      "GET ParticipantConversations of an address, below a service",
      () =>
        rest.get(`/v1/Services/${objects.serviceSid}/ParticipantConversations`, {
          Address: objects.phone.address,
        }),
      ["servicesBySid", "conversationsOfAddress_forward"],
    ],
    [
      "GET a conversation by SID",
      () => rest.get(path.conversation()),
      ["defaultService", "conversationsBySid"],
    ],
    [
      "GET a conversation by unique name",
      () => rest.get(`/v1/Conversations/${encodeURIComponent(objects.conversation.uniqueName)}`),
      ["defaultService", "conversationsByUniqueName"],
    ],
    [
      "GET the conversations",
      () => rest.get("/v1/Conversations"),
      ["defaultService", "conversationsByActivity_forward"],
    ],
    [
      "GET the conversations of some days",
      () => rest.get("/v1/Conversations", { StartDate: "2026-01-01T00:00:00Z" }),
      ["defaultService", "conversationsByCreation_forward"],
    ],
    [
      "GET the participants",
      () => rest.get(path.participants()),
      ["defaultService", "conversationsBySid", "participantsOfConversations_forward"],
    ],
    [
      "GET a participant by SID",
      () => rest.get(`${path.participants()}/${objects.participant.sid}`),
      ["defaultService", "participantsBySid"],
    ],
    [
      "GET a participant by identity",
      () => rest.get(`${path.participants()}/${encodeURIComponent(objects.participant.identity)}`),
      ["defaultService", "participantByIdentity"],
    ],
    ["GET the users", () => rest.get("/v1/Users"), ["defaultService", "usersOfServices_forward"]],
    ["GET the configuration of a service", () => rest.get(path.configuration()), ["servicesBySid"]],
    [
      "POST default roles",
      () => rest.post(path.configuration(), { DefaultConversationRoleSid: objects.participant.roleSid }),
      ["servicesBySid", "lockService", "rolesBySid", "updateService"],
    ],
    [
      "DELETE a service",
      async () => {
        const { body } = await rest.get("/v1/Services");
        return rest.delete(`/v1/Services/${body.services.at(-1).sid}`);
      },
      [
        "servicesOfAccount_forward",
        "servicesBySid",
        "lockAccount",
        "firstConversation",
        "deleteSomeUsers",
        "deleteService",
      ],
    ],
    ["GET the configuration of the account", () => rest.get("/v1/Configuration"), ["accountBySid"]],
    [
      "POST the default service",
      () => rest.post("/v1/Configuration", { DefaultChatServiceSid: objects.serviceSid }),
      ["lockAccount", "serviceToBeDefault", "updateConfiguration"],
    ],
    [
      "POST a conversation below a service",
      () => rest.post(`/v1/Services/${objects.serviceSid}/Conversations`),
      ["accountBySid", "servicesBySid", "insertConversation"],
    ],
    ["GET the roles", () => rest.get("/v1/Roles"), ["defaultService", "rolesOfServices_forward"]],
    ["GET a role", () => rest.get(path.role()), ["defaultService", "rolesBySid"]],
    [
      "POST a role",
      () => rest.post("/v1/Roles", { FriendlyName: "a", Type: "service", Permission: "joinConversation" }),
      ["defaultService", "insertRole"],
    ],
    [
      "POST a role's permissions",
      () => rest.post(path.role(), { Permission: "sendMessage" }),
      ["defaultService", "rolesBySid", "updatePermissions"],
    ],
    [
      "DELETE a role",
      () => rest.delete(path.role()),
      [
        "defaultService",
        "rolesBySid",
        "lockService",
        "lockRoleToDelete",
        "participantWithRole",
        "deleteRole",
      ],
    ],
    [
      "GET a user's conversations",
      () => rest.get(`${path.user()}/Conversations`),
      ["defaultUsersBySid", "userConversationsOfUsers_forward"],
    ],
    [
      "GET a user's conversation",
      () => rest.get(`${path.user()}/Conversations/${objects.conversation.sid}`),
      ["defaultUsersBySid", "participantByIdentity", "conversationsBySid", "inboxEntries"],
    ],
    ["POST a conversation", () => rest.post("/v1/Conversations"), ["defaultService", "insertConversation"]],
    [
      "POST a conversation's new name",
      () => rest.post(path.conversation(), { FriendlyName: "Visit" }),
      ["defaultService", "lockConversation", "updateConversation"],
    ],
    [
      "POST a message",
      () => rest.post(path.messages(), { Body: "hello", Author: objects.participant.identity }),
      ["defaultService", "lockConversation", "insertMessage", "appendToConversation", "tellInbox"],
    ],
    [
      "POST a message's new body",
      () => rest.post(`${path.messages()}/${objects.message.sid}`, { Body: "hello again" }),
      ["defaultService", "lockConversation", "messagesBySid", "updateMessage"],
    ],
    [
      "DELETE a message that is not the newest",
      () => rest.delete(`${path.messages()}/${objects.message.sid}`),
      ["defaultService", "lockConversation", "deleteMessage", "tellInbox"],
    ],
    [
      "GET the messages, the newest first",
      () => rest.get(path.messages(), { Order: "desc" }),
      ["defaultService", "conversationsBySid", "newestMessagesOfConversations_forward"],
    ],
    [
      "POST a participant by messaging",
      () =>
        rest.post(path.participants(), {
          "MessagingBinding.Address": phoneNumber(),
          "MessagingBinding.ProxyAddress": phoneNumber(),
        }),
      ["joinConversation"],
    ],
    [
      "POST a participant with a new identity",
      () => rest.post(path.participants(), { Identity: crypto.randomUUID() }),
      ["joinConversation"],
    ],
    [
      "POST a participant with the identity of a user",
      () => rest.post(path.participants(), { Identity: "somebody" }),
      ["joinConversation"],
    ],
    [
      "POST a participant below a service, into a conversation by its unique name",
      () => {
        const name = encodeURIComponent(objects.conversation.uniqueName);
        const parent = `/v1/Services/${objects.serviceSid}/Conversations/${name}`;
        return rest.post(`${parent}/Participants`, { Identity: crypto.randomUUID() });
      },
      ["joinConversation"],
    ],
    [
      "POST a participant with a role",
      () => {
        const RoleSid = objects.participant.roleSid;
        return rest.post(path.participants(), { Identity: crypto.randomUUID(), RoleSid });
      },
      ["defaultService", "rolesBySid", "joinConversation"],
    ],
    [
      "POST how far a user has read",
      () =>
        rest.post(`${path.user()}/Conversations/${objects.conversation.sid}`, { LastReadMessageIndex: "1" }),
      [
        "defaultUsersBySid",
        "participantByIdentity",
        "lockParticipant",
        "updateReading",
        "updateReadingInInbox",
        "conversationsBySid",
      ],
    ],
  ])("%s: what it needs, and no more", async (_, call, names) => {
    const { statements, result } = await statementsOf(call);
    expect(result.status).toBeLessThan(300);
    expect(statements).toEqual(names);
  });

  it("no more on a page that is full and goes on", async () => {
    const query = { PageSize: "1" };
    await rest.post("/v1/Users", { Identity: crypto.randomUUID() });
    const { statements, result } = await statementsOf(() => rest.get("/v1/Users", query));
    expect(result.body.meta.next_page_url).not.toBeNull();
    expect(statements).toEqual(["defaultService", "usersOfServices_forward"]);
    const next = new URL(result.body.meta.next_page_url);
    const second = await statementsOf(() => rest.get(next.pathname + next.search));
    expect(second.statements).toEqual(["defaultService", "usersOfServices_forward_after"]);
  });
});

const NODE = `unreadMessagesCount conversation {
  sid state dateActivity
  lastMessage { index author body }
  participants(first: 10) {
    nodes { sid identity messagingBinding { address } user { sid friendlyName } }
    pageInfo { hasNextPage hasPreviousPage }
  }
}`;
const CONNECTION = `totalCount nodes { participant { sid identity user { sid } } ${NODE} } pageInfo { hasNextPage hasPreviousPage endCursor }`;

/** A whole page of the inbox, with everything, and the statements that it may take. */
const INBOXES: Record<
  string,
  { query: string; of: (data: Answer["body"]) => Answer["body"]; statements: string[] }
> = {
  "participantConversations of an identity": {
    query: `query ($who: String!) { list: participantConversations(identity: $who, ARGS) { ${CONNECTION} } }`,
    of: (data) => data.list,
    statements: [
      "conversationsOfIdentity*",
      "countConversationsOfIdentity",
      "usersBySid",
      "newestMessagesOfConversations",
      "participantsOfConversations",
      "usersBySid",
    ],
  },
  "User.conversations, with the user's totals": {
    query: `query ($who: String!) { user(sid: $who) {
      totalUnreadCount unreadConversationsCount
      list: conversations(ARGS) { ${CONNECTION} }
    } }`,
    of: (data) => data.user.list,
    statements: [
      "defaultUsersByIdentity",
      "totalsOfUsers",
      "userConversationsOfUsers*",
      "newestMessagesOfConversations",
      "participantsOfConversations",
      "usersBySid",
    ],
  },
};

/** Fills an inbox: in each conversation two who chat and one who texts, and something unread. */
async function inboxOf(identity: string, conversations: number): Promise<void> {
  for (let i = 0; i < conversations; i++) {
    const { body } = await rest.post("/v1/Conversations");
    const { participants, messages } = body.links;
    await rest.post(participants, { Identity: `other ${i % 7}` });
    await rest.post(participants, { "MessagingBinding.Address": phoneNumber() });
    const { url } = (await rest.post(participants, { Identity: identity })).body;
    for (const Body of ["one", "two"]) await rest.post(messages, { Body, Author: identity });
    await rest.post(url, { LastReadMessageIndex: "0" });
  }
}

describe("the inbox over GraphQL", () => {
  const inboxes = new Map<number, string>();
  beforeAll(async () => {
    for (const count of [5, 50]) {
      inboxes.set(count, crypto.randomUUID());
      await inboxOf(inboxes.get(count)!, count);
    }
  }, 60_000);

  const orders = [
    ["SID", "orderBy: SID", ""],
    ["LAST_ACTIVITY", "orderBy: LAST_ACTIVITY", "ByActivity"],
    ["DATE_CREATED", "orderBy: DATE_CREATED", "ByCreation"],
    ["LAST_ACTIVITY, filtered", "orderBy: LAST_ACTIVITY, filter: { unreadOnly: true }", "ByActivityFiltered"],
  ] as const;
  const cases = Object.keys(INBOXES).flatMap((name) => orders.map((order) => [name, ...order] as const));

  it.each(cases)(
    "runs the same few statements for %s by %s, for 5 rows as for 50",
    async (name, _, args, suffix) => {
      const inbox = INBOXES[name]!;
      const query = inbox.query.replace("ARGS", `${args}, first: 50`);
      for (const [count, who] of inboxes) {
        const { statements, result } = await statementsOf(() => graphql(query, { who }));
        expect(result.body.errors).toBeUndefined();
        const { nodes, totalCount } = inbox.of(result.body.data);
        expect([nodes.length, totalCount]).toEqual([count, count]);
        for (const { conversation, unreadMessagesCount } of nodes) {
          expect(unreadMessagesCount).toBe(1);
          expect(conversation.lastMessage).toEqual({ index: 1, author: who, body: "two" });
          expect(conversation.participants.nodes).toHaveLength(3);
        }
        const names = statements.map((one) => one.replace(/_forward$/, ""));
        const filtered = suffix.endsWith("Filtered");
        const expected = inbox.statements.map((one) =>
          filtered && one === "countConversationsOfIdentity" ? `${one}Filtered` : one.replace("*", suffix),
        );
        // What is left of a user's list by a filter is counted beside the user's totals.
        if (filtered && name.startsWith("User")) expected.push("countFilteredUserConversations");
        expect(names.toSorted()).toEqual(expected.toSorted());
        expect(names.length).toBeLessThanOrEqual(7);
      }
    },
  );

  it("runs one statement a level below the users, too", async () => {
    for (let i = 0; i < 5; i++) await rest.post("/v1/Users", { Identity: crypto.randomUUID() });
    const query = `{ users(first: 10) { nodes {
      role { sid } service { sid }
      conversations(first: 5) { totalCount nodes { unreadMessagesCount conversation { sid } } }
      participations(first: 5) { totalCount nodes { role { sid } conversation { sid } } }
    } } }`;
    const { statements, result } = await statementsOf(() => graphql(query));
    expect(result.body.errors).toBeUndefined();
    expect(result.body.data.users.nodes.length).toBeGreaterThan(5);
    const counts = new Map<string, number>();
    for (const name of statements) counts.set(name, (counts.get(name) ?? 0) + 1);
    // Levels of the answer that no batch can join: roles of users and of participants.
    expect(Object.fromEntries([...counts].filter(([, count]) => count > 1))).toEqual({ rolesBySid: 2 });
  });
});

describe("what a request has read", () => {
  const friendlyName = "query ($sid: String!) { conversation(sid: $sid) { friendlyName } }";

  it("is forgotten with the request: the next one sees what has changed", async () => {
    const { body } = await rest.post("/v1/Conversations", { FriendlyName: "before" });
    const read = async () => (await graphql(friendlyName, { sid: body.sid })).body.data.conversation;
    expect(await read()).toEqual({ friendlyName: "before" });
    await rest.post(`/v1/Conversations/${body.sid}`, { FriendlyName: "after" });
    expect(await read()).toEqual({ friendlyName: "after" });
  });

  it("is not shared between two at once: each runs statements of its own", async () => {
    const { body } = await rest.post("/v1/Conversations");
    const ask = () => statementsOf(() => graphql(friendlyName, { sid: body.sid }));
    const both = await Promise.all([ask(), ask()]);
    for (const { statements } of both) expect(statements).toEqual(["defaultService", "conversationsBySid"]);
  });

  it("is read anew after each mutation of one request", async () => {
    const { body } = await rest.post("/v1/Conversations", { FriendlyName: "before" });
    const conversation = "conversation { friendlyName participants { totalCount nodes { identity } } }";
    const query = `mutation ($add: AddParticipantInput!, $update: UpdateConversationInput!, $remove: RemoveParticipantInput!) {
      added: addParticipant(input: $add) { ... on AddParticipantPayload { participant { ${conversation} } } }
      updated: updateConversation(input: $update) { ... on UpdateConversationPayload { ${conversation} } }
      removed: removeParticipant(input: $remove) { ... on RemoveParticipantPayload { ${conversation} } }
    }`;
    const bob = await rest.post(`/v1/Conversations/${body.sid}/Participants`, { Identity: "bob" });
    const { body: answer } = await graphql(query, {
      add: { conversationSid: body.sid, identity: "ann" },
      update: { sid: body.sid, friendlyName: "after" },
      remove: { conversationSid: body.sid, sid: bob.body.sid },
    });
    const both = { totalCount: 2, nodes: [{ identity: "bob" }, { identity: "ann" }] };
    const one = { totalCount: 1, nodes: [{ identity: "ann" }] };
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      added: { participant: { conversation: { friendlyName: "before", participants: both } } },
      updated: { conversation: { friendlyName: "after", participants: both } },
      removed: { conversation: { friendlyName: "after", participants: one } },
    });
  });

  it("counts for a mutation what it counts for v1", async () => {
    const { query, variables } = mutationOf("addParticipant", {
      conversationSid: objects.conversation.sid,
      messagingBinding: { address: phoneNumber(), proxyAddress: phoneNumber() },
    });
    const { statements } = await statementsOf(() => graphql(query, variables));
    expect(statements).toEqual(["joinConversation"]);
  });

  it("is no more than who stands in the way, where a participant is refused", async () => {
    const { query, variables } = mutationOf("addParticipant", {
      conversationSid: objects.conversation.sid,
      identity: objects.participant.identity,
    });
    const { statements } = await statementsOf(() => graphql(query, variables));
    expect(statements).toEqual(["joinConversation", "defaultService", "participantByIdentity"]);
  });
});
