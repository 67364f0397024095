import { beforeAll, describe, expect, it } from "vitest";
import { statementsOf } from "../setup/database.ts";
import { newAccount, type Resource, type Seed } from "../setup/seed.ts";

let seed: Seed;
let made: Resource;
let ann: Resource;
beforeAll(async () => {
  seed = await newAccount();
  made = await seed.conversation();
  ann = await seed.participant(made, { Identity: "ann" });
  for (let n = 0; n < 5; n++) await seed.message(made, { Author: n % 2 ? "ann" : "bob", Body: `${n}` });
});

async function ask(query: string, variables: Record<string, unknown> = {}) {
  const { body } = await seed.graphql(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
}

const PAGE = `query ($sid: String!, $first: Int, $after: String, $last: Int, $before: String, $order: MessageOrder) {
  conversation(sid: $sid) {
    messages(first: $first, after: $after, last: $last, before: $before, order: $order) {
      totalCount nodes { index } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`;

async function page(args: Record<string, unknown>) {
  const { messages } = (await ask(PAGE, { sid: made.sid, ...args })).conversation;
  return { ...messages, indexes: messages.nodes.map(({ index }: { index: number }) => index) };
}

describe("Conversation.messages", () => {
  it("pages on from the start, in either order", async () => {
    for (const [order, pages] of [
      ["ASC", [[0, 1], [2, 3], [4]]],
      ["DESC", [[4, 3], [2, 1], [0]]],
    ] as const) {
      let after: string | null = null;
      for (const expected of pages) {
        const found = await page({ first: 2, after, order });
        expect([found.indexes, found.totalCount]).toEqual([expected, 5]);
        after = found.pageInfo.endCursor;
      }
    }
  });

  it("pages back from the end: the newest messages as they came, then the ones before", async () => {
    const newest = await page({ last: 2 });
    expect([newest.indexes, newest.pageInfo.hasPreviousPage]).toEqual([[3, 4], true]);
    const before = await page({ last: 3, before: newest.pageInfo.startCursor });
    expect([before.indexes, before.pageInfo.hasPreviousPage]).toEqual([[0, 1, 2], false]);
  });

  it("refuses a cursor of the other order", async () => {
    const { pageInfo } = await page({ first: 2, order: "DESC" });
    const { body } = await seed.graphql(PAGE, { sid: made.sid, after: pageInfo.endCursor });
    expect(body.errors[0].extensions.code).toBe("INVALID_PAGE_TOKEN");
  });
});

describe("a message", () => {
  it("is found by index, as the last one, and by SID; null where there is none", async () => {
    const data = await ask(
      `query ($sid: String!) { conversation(sid: $sid) {
        first: message(index: 0) { body author participant { sid } media contentSid delivery }
        second: message(index: 1) { sid participant { sid } conversation { sid } }
        later: message(index: 5) { sid }
        earlier: message(index: -1) { sid }
        lastMessage { index body }
      } }`,
      { sid: made.sid },
    );
    const none = { media: null, contentSid: null, delivery: null };
    expect(data.conversation).toEqual({
      first: { body: "0", author: "bob", participant: null, ...none },
      second: { sid: expect.any(String), participant: { sid: ann.sid }, conversation: { sid: made.sid } },
      later: null,
      earlier: null,
      lastMessage: { index: 4, body: "4" },
    });
    const bySid = await ask(
      "query ($sid: String!, $message: String!) { message(conversationSid: $sid, sid: $message) { index } }",
      { sid: made.sid, message: data.conversation.second.sid },
    );
    expect(bySid.message).toEqual({ index: 1 });
  });

  it("keeps the SID of a participant that has gone, who is null", async () => {
    const other = await seed.conversation();
    const { sid, url } = await seed.participant(other, { Identity: "eve" });
    await seed.message(other, { Author: "eve" });
    await seed.rest.delete(url);
    const data = await ask(
      "query ($sid: String!) { conversation(sid: $sid) { lastMessage { participantSid participant { sid } } } }",
      { sid: other.sid },
    );
    expect(data.conversation.lastMessage).toEqual({ participantSid: sid, participant: null });
  });

  it("is created, changed and deleted, and each is seen at once", async () => {
    const { sid } = await seed.conversation({ State: "inactive" });
    const { created } = await ask(
      `mutation ($input: CreateMessageInput!) { created: createMessage(input: $input) { ... on CreateMessagePayload {
        createdMessage { sid index author attributes conversation { state lastMessage { index } } }
      } } }`,
      {
        input: {
          conversationSid: sid,
          body: "hello",
          attributes: { n: 1 },
          dateCreated: "2015-12-16T22:18:37Z",
        },
      },
    );
    expect(created.createdMessage).toMatchObject({
      index: 0,
      author: "system",
      attributes: { n: 1 },
      conversation: { state: "ACTIVE", lastMessage: { index: 0 } },
    });
    const message = created.createdMessage.sid;
    const { updated } = await ask(
      `mutation ($input: UpdateMessageInput!) { updated: updateMessage(input: $input) { ... on UpdateMessagePayload {
        updatedMessage { body author dateCreated attributesText }
      } } }`,
      { input: { conversationSid: sid, sid: message, body: "", author: "ann", attributes: null } },
    );
    expect(updated.updatedMessage).toEqual({
      body: "",
      author: "ann",
      dateCreated: "2015-12-16T22:18:37Z",
      attributesText: "{}",
    });
    const { deleted } = await ask(
      `mutation ($input: DeleteMessageInput!) { deleted: deleteMessage(input: $input) { ... on DeleteMessagePayload {
        sid conversation { lastMessage { sid } messages { totalCount } }
      } } }`,
      { input: { conversationSid: sid, sid: message } },
    );
    expect(deleted).toEqual({
      sid: message,
      conversation: { lastMessage: null, messages: { totalCount: 0 } },
    });
  });
});

describe("messages of a page of conversations", () => {
  it("are one statement for each field, however many conversations", async () => {
    const counts: string[][] = [];
    for (const conversations of [3, 20]) {
      const account = await newAccount();
      for (let n = 0; n < conversations; n++) {
        const { links } = await account.conversation();
        for (const Body of ["a", "b", "c"]) await account.rest.post(links.messages, { Body });
      }
      const query = `{ conversations(first: 50) { nodes {
        lastMessage { body } message(index: 1) { body } messages(last: 2) { totalCount nodes { body } }
      } } }`;
      const { statements, result } = await statementsOf(() => account.graphql(query));
      expect(result.body.errors).toBeUndefined();
      const { nodes } = result.body.data.conversations;
      expect(nodes).toHaveLength(conversations);
      for (const node of nodes) {
        expect(node).toEqual({
          lastMessage: { body: "c" },
          message: { body: "b" },
          messages: { totalCount: 3, nodes: [{ body: "b" }, { body: "c" }] },
        });
      }
      counts.push(statements.filter((name) => /essages/.test(name)).sort());
    }
    expect(counts[1]).toEqual(counts[0]);
    expect(counts[0]).toEqual([
      "countMessagesOfConversations",
      "messagesByIndex",
      "messagesOfConversations_backward",
      "newestMessagesOfConversations_forward",
    ]);
  });
});
