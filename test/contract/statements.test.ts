import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp } from "../setup/app.ts";
import { graphqlClient, restClient } from "../setup/clients.ts";
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
});

describe("an operation of v1 runs", () => {
  const path = {
    conversation: () => `/v1/Conversations/${objects.conversation.sid}`,
    participants: () => `/v1/Conversations/${objects.conversation.sid}/Participants`,
    user: () => `/v1/Users/${objects.user.sid}`,
  };
  const byIdentity = () => ({ Identity: objects.participant.identity });

  it.each<[string, () => Promise<{ status: number }>, string[]]>([
    [
      "GET ParticipantConversations of an identity",
      () => rest.get("/v1/ParticipantConversations", byIdentity()),
      ["defaultService", "conversationsOfIdentity_forward"],
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
    [
      "GET a user's conversations",
      () => rest.get(`${path.user()}/Conversations`),
      ["defaultService", "usersBySid", "userConversationsOfUsers_forward"],
    ],
    [
      "GET a user's conversation",
      () => rest.get(`${path.user()}/Conversations/${objects.conversation.sid}`),
      ["defaultService", "usersBySid", "participantByIdentity", "conversationsBySid"],
    ],
    ["POST a conversation", () => rest.post("/v1/Conversations"), ["defaultService", "insertConversation"]],
    [
      "POST a conversation's new name",
      () => rest.post(path.conversation(), { FriendlyName: "Visit" }),
      ["defaultService", "lockConversation", "updateConversation"],
    ],
    [
      "POST a participant by messaging",
      () =>
        rest.post(path.participants(), {
          "MessagingBinding.Address": phoneNumber(),
          "MessagingBinding.ProxyAddress": phoneNumber(),
        }),
      ["defaultService", "countParticipants", "insertParticipant"],
    ],
    [
      "POST a participant with a new identity",
      () => rest.post(path.participants(), { Identity: crypto.randomUUID() }),
      ["defaultService", "countParticipants", "usersByIdentity", "insertUserIfNew", "insertParticipant"],
    ],
    [
      "POST how far a user has read",
      () =>
        rest.post(`${path.user()}/Conversations/${objects.conversation.sid}`, { LastReadMessageIndex: "1" }),
      [
        "defaultService",
        "usersBySid",
        "participantByIdentity",
        "lockParticipant",
        "updateReading",
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

const INBOX = `query ($identity: String!) {
  participantConversations(identity: $identity, first: 50) {
    nodes {
      participant { sid identity user { sid } }
      conversation {
        sid
        participants(first: 10) {
          nodes { sid identity messagingBinding { address } user { sid friendlyName } }
          pageInfo { hasNextPage hasPreviousPage }
        }
      }
    }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

async function inboxOf(identity: string, conversations: number): Promise<void> {
  for (let i = 0; i < conversations; i++) {
    const { body } = await rest.post("/v1/Conversations");
    const participants = `/v1/Conversations/${body.sid}/Participants`;
    for (const one of [identity, `other ${i % 7}`]) await rest.post(participants, { Identity: one });
    await rest.post(participants, { "MessagingBinding.Address": phoneNumber() });
  }
}

describe("the inbox over GraphQL", () => {
  it("runs the same few statements for 5 conversations and for 50", async () => {
    const seen: string[][] = [];
    for (const count of [5, 50]) {
      const identity = crypto.randomUUID();
      await inboxOf(identity, count);
      const { statements, result } = await statementsOf(() => graphql(INBOX, { identity }));
      expect(result.body.errors).toBeUndefined();
      const { nodes } = result.body.data.participantConversations;
      expect(nodes).toHaveLength(count);
      for (const { conversation } of nodes) {
        expect(conversation.participants.nodes).toHaveLength(3);
        expect(conversation.participants.nodes[0].user.sid).toMatch(/^US/);
      }
      seen.push(statements);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]!.length).toBeLessThanOrEqual(5);
    expect(new Set(seen[0])).toContain("participantsOfConversations_forward");
  }, 60_000);

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
    // Levels of the answer that no batch can join: roles of users and of participants, counts of two connections.
    expect(Object.fromEntries([...counts].filter(([, count]) => count > 1))).toEqual({
      rolesBySid: 2,
      countParticipantsOfUsers: 2,
    });
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
    expect(statements).toEqual(["defaultService", "countParticipants", "insertParticipant"]);
  });
});
