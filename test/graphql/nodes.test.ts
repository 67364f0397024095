import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../setup/app.ts";
import { graphqlClient } from "../setup/clients.ts";

describe("node and nodes", () => {
  let app: TestApp;
  let send: ReturnType<typeof graphqlClient>;
  let ids: string[];

  beforeAll(async () => {
    app = await createTestApp();
    send = graphqlClient(app, await app.account());
    await send(`mutation {
      createConversation(input: { uniqueName: "order" }) { __typename }
      addParticipant(input: { conversationSid: "order", identity: "ann" }) { __typename }
      createMessage(input: { conversationSid: "order", body: "hello" }) { __typename }
    }`);
    const { body } = await send(`{
      viewer { id defaultService { id defaultChatServiceRole { id } } }
      conversation(sid: "order") { id participants { nodes { id user { id } } } lastMessage { id } }
      participantConversations(identity: "ann") { nodes { id } }
      userConversation(userSid: "ann", conversationSid: "order") { id }
    }`);
    const { viewer, conversation, participantConversations, userConversation } = body.data;
    ids = [
      viewer.id,
      viewer.defaultService.id,
      viewer.defaultService.defaultChatServiceRole.id,
      conversation.id,
      conversation.participants.nodes[0].id,
      conversation.participants.nodes[0].user.id,
      participantConversations.nodes[0].id,
      userConversation.id,
      conversation.lastMessage.id,
    ];
  });

  it("find every type again", async () => {
    const { body } = await send(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
        ... on Conversation { uniqueName }
        ... on ParticipantConversation { conversation { uniqueName } participant { identity } }
        ... on UserConversation { unreadMessagesCount user { identity } }
      } }`,
      { ids },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.nodes.map((node: { __typename: string }) => node.__typename)).toEqual([
      "Account",
      "Service",
      "Role",
      "Conversation",
      "Participant",
      "User",
      "ParticipantConversation",
      "UserConversation",
      "Message",
    ]);
    expect(body.data.nodes.map((node: { id: string }) => node.id)).toEqual(ids);
    expect(body.data.nodes[3].uniqueName).toBe("order");
    expect(body.data.nodes[6]).toMatchObject({
      conversation: { uniqueName: "order" },
      participant: { identity: "ann" },
    });
    expect(body.data.nodes[7]).toMatchObject({ unreadMessagesCount: null, user: { identity: "ann" } });
    for (const id of ids) {
      const one = await send(`query ($id: ID!) { node(id: $id) { id } }`, { id });
      expect(one.body).toEqual({ data: { node: { id } } });
    }
  });

  it("put null, and no error, in the place of what is damaged, unknown or of another type", async () => {
    const conversation = Buffer.from(ids[3]!, "base64url").toString();
    const encode = (text: string) => Buffer.from(text).toString("base64url");
    const wrong = [
      "",
      "x",
      "\0",
      "é",
      `${ids[3]}=`,
      ids[3]!.slice(0, -1),
      encode(conversation.replace("Conversation", "Participant")),
      encode(conversation.replace("Conversation", "__proto__")),
      encode(conversation.replace("CH", "ch")),
      encode(`Conversation:CH${"0".repeat(32)}`),
      encode(`Account:AC${"0".repeat(32)}`),
    ];
    const { body } = await send(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, {
      ids: [...wrong, ids[3], ...wrong],
    });
    const nulls = wrong.map(() => null);
    expect(body).toEqual({ data: { nodes: [...nulls, { id: ids[3] }, ...nulls] } });
  });

  it("find nothing of another account", async () => {
    const other = graphqlClient(app, await app.account());
    const { body } = await other(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids });
    expect(body).toEqual({ data: { nodes: ids.map(() => null) } });
  });

  it("refuse more than 100 ids", async () => {
    const many = Array.from({ length: 101 }, () => ids[0]);
    const { body } = await send(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids: many });
    expect(body.errors[0].extensions).toMatchObject({ code: "INVALID_PARAMETER", parameter: "ids" });
  });
});
