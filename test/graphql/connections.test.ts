import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestAccount, type TestApp } from "../setup/app.ts";
import { graphqlClient } from "../setup/clients.ts";

const PAGE = `
  query Page($identity: String, $address: String, $first: Int, $after: String, $last: Int, $before: String) {
    participantConversations(
      identity: $identity, address: $address, first: $first, after: $after, last: $last, before: $before
    ) {
      edges { cursor node { conversation { uniqueName } } }
      nodes { conversation { uniqueName } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }`;

interface Page {
  edges: { cursor: string; node: { conversation: { uniqueName: string } } }[];
  nodes: { conversation: { uniqueName: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount: number;
}

describe("connections", () => {
  const all = ["c0", "c1", "c2", "c3", "c4", "c5", "c6"];
  let app: TestApp;
  let account: TestAccount;
  let send: ReturnType<typeof graphqlClient>;

  beforeAll(async () => {
    app = await createTestApp();
    account = await app.account();
    send = graphqlClient(app, account);
    for (const name of all) {
      const { body } = await send(
        `mutation ($name: String!) {
          createConversation(input: { uniqueName: $name }) { __typename }
          a: addParticipant(input: { conversationSid: $name, identity: "ann" }) { __typename }
          b: addParticipant(input: { conversationSid: $name, identity: "bob" }) { __typename }
        }`,
        { name },
      );
      expect(body.data.b.__typename).toBe("AddParticipantPayload");
    }
  });

  async function page(variables: Record<string, unknown>): Promise<Page> {
    const { body } = await send(PAGE, { identity: "ann", ...variables });
    expect(body.errors).toBeUndefined();
    return body.data.participantConversations;
  }
  const namesOf = ({ edges }: Page) => edges.map(({ node }) => node.conversation.uniqueName);

  it("give everything by default, in both forms", async () => {
    const found = await page({});
    expect(namesOf(found)).toEqual(all);
    expect(found.nodes.map(({ conversation }) => conversation.uniqueName)).toEqual(all);
    expect(found.totalCount).toBe(all.length);
    expect(found.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    expect(found.pageInfo.startCursor).toBe(found.edges[0]!.cursor);
    expect(found.pageInfo.endCursor).toBe(found.edges.at(-1)!.cursor);
  });

  it.each([1, 2, 3, 7, 8])("walk forward by %i", async (first) => {
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const found: Page = await page({ first, after });
      expect(found.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...namesOf(found));
      if (!found.pageInfo.hasNextPage) break;
      after = found.pageInfo.endCursor;
    }
    expect(seen).toEqual(all);
  });

  it.each([1, 2, 3, 7, 8])("walk backward by %i", async (last) => {
    const seen: string[] = [];
    let before: string | null = null;
    for (;;) {
      const found: Page = await page({ last, before });
      expect(found.pageInfo.hasNextPage).toBe(before !== null);
      seen.unshift(...namesOf(found));
      if (!found.pageInfo.hasPreviousPage) break;
      before = found.pageInfo.startCursor;
    }
    expect(seen).toEqual(all);
  });

  it("take both cursors", async () => {
    const { edges } = await page({});
    const between = await page({ first: 2, after: edges[1]!.cursor, before: edges[5]!.cursor });
    expect(namesOf(between)).toEqual(["c2", "c3"]);
    expect(between.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const fromEnd = await page({ last: 2, after: edges[1]!.cursor, before: edges[5]!.cursor });
    expect(namesOf(fromEnd)).toEqual(["c3", "c4"]);
  });

  it("answer an empty page for `first: 0`, with the count", async () => {
    const found = await page({ first: 0 });
    expect(found).toMatchObject({ edges: [], nodes: [], totalCount: 7 });
    expect(found.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });

  it("answer an empty page where there is nothing", async () => {
    const found = await page({ identity: "nobody", last: 5 });
    expect(found).toMatchObject({
      edges: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });
  });

  it.each([
    ["first with last", { first: 1, last: 1 }, "last"],
    ["a negative first", { first: -1 }, "first"],
    ["a negative last", { last: -1 }, "last"],
    ["more than 100", { first: 101 }, "first"],
    ["more than 100 from the end", { last: 101 }, "last"],
  ])("refuse %s", async (_, variables, parameter) => {
    const { body } = await send(PAGE, { identity: "ann", ...variables });
    expect(body.data).toEqual({ participantConversations: null });
    expect(body.errors[0].extensions).toMatchObject({ code: "INVALID_PARAMETER", status: 400, parameter });
  });

  it("refuse a cursor of another identity, list, parent or account, and a damaged one", async () => {
    const { endCursor } = (await page({ first: 2 })).pageInfo;
    const refused = { code: "INVALID_PAGE_TOKEN", twilioCode: 21481, parameter: "after" };
    const error = async (sent: Promise<{ body: { errors: { extensions: object }[] } }>) =>
      (await sent).body.errors[0]!.extensions;
    expect(await error(send(PAGE, { identity: "bob", after: endCursor }))).toMatchObject(refused);
    expect(await error(send(PAGE, { identity: "ann", after: `${endCursor}A` }))).toMatchObject(refused);
    expect(await error(send(PAGE, { identity: "ann", after: "é\0" }))).toMatchObject(refused);
    const other = await app.account();
    expect(await error(graphqlClient(app, other)(PAGE, { identity: "ann", after: endCursor }))).toMatchObject(
      refused,
    );
    const users = `query ($after: String) { users(after: $after) { totalCount } }`;
    expect(await error(send(users, { after: endCursor }))).toMatchObject(refused);

    const nested = `query ($sid: String!, $after: String) {
      conversation(sid: $sid) { participants(first: 1, after: $after) { nodes { identity } pageInfo { endCursor } } } }`;
    const first = await send(nested, { sid: "c0" });
    const { endCursor: inner } = first.body.data.conversation.participants.pageInfo;
    const next = await send(nested, { sid: "c0", after: inner });
    expect(next.body.data.conversation.participants.nodes).toEqual([{ identity: "bob" }]);
    expect(await error(send(nested, { sid: "c1", after: inner }))).toMatchObject(refused);
  });

  it("filter conversations, with cursors of that filter alone", async () => {
    const query = `query ($filter: ConversationFilter, $after: String) {
      conversations(first: 2, filter: $filter, after: $after) { nodes { uniqueName } pageInfo { endCursor } totalCount } }`;
    const active = await send(query, { filter: { state: "ACTIVE", createdFrom: null } });
    expect(active.body.data.conversations).toMatchObject({
      nodes: [{ uniqueName: "c6" }, { uniqueName: "c5" }],
      totalCount: 7,
    });
    const { endCursor: after } = active.body.data.conversations.pageInfo;
    const next = await send(query, { filter: { state: "ACTIVE" }, after });
    expect(next.body.data.conversations.nodes).toEqual([{ uniqueName: "c4" }, { uniqueName: "c3" }]);
    const closed = await send(query, { filter: { state: "CLOSED" }, after });
    expect(closed.body.errors[0].extensions.code).toBe("INVALID_PAGE_TOKEN");
  });

  it.each([
    [
      { createdFrom: "2026-01-02T00:00:00Z", createdTo: "2026-01-01T00:00:00Z" },
      "DATE_RANGE_INVALID",
      "createdTo",
    ],
    [{ createdFrom: "yesterday" }, "INVALID_PARAMETER", "createdFrom"],
    [{ createdTo: "tomorrow" }, "INVALID_PARAMETER", "createdTo"],
  ])("name what is wrong with the filter %j", async (filter, code, parameter) => {
    for (const query of [
      `query ($filter: ConversationFilter) { conversations(filter: $filter) { totalCount } }`,
      `query ($filter: ConversationFilter) {
        viewer { defaultService { conversations(filter: $filter) { totalCount } } } }`,
    ]) {
      const { body } = await send(query, { filter });
      expect(body.errors[0].extensions).toMatchObject({ code, parameter: `filter.${parameter}` });
    }
  });

  it("lead from everything to everything", async () => {
    const { body } = await send(`{
      viewer { defaultService {
        users { totalCount } conversations(first: 1) { totalCount nodes { service { isDefault } } }
      } }
      services { totalCount }
      user(sid: "ann") {
        conversations(first: 1) { totalCount nodes {
          unreadMessagesCount user { identity } participant { identity } conversation { uniqueName }
        } }
        participations(last: 1) { totalCount nodes { conversation { uniqueName participants { totalCount } } user { identity } } }
        role { friendlyName type service { isDefault } }
      }
      userConversation(userSid: "ann", conversationSid: "c0") { notificationLevel conversation { uniqueName } }
      participant(conversationSid: "c0", sid: "bob") { identity user { friendlyName } }
    }`);
    expect(body).toEqual({
      data: {
        viewer: {
          defaultService: {
            users: { totalCount: 2 },
            conversations: { totalCount: 7, nodes: [{ service: { isDefault: true } }] },
          },
        },
        services: { totalCount: 1 },
        user: {
          conversations: {
            totalCount: 7,
            nodes: [
              {
                unreadMessagesCount: null,
                user: { identity: "ann" },
                participant: { identity: "ann" },
                conversation: { uniqueName: "c0" },
              },
            ],
          },
          participations: {
            totalCount: 7,
            nodes: [
              {
                conversation: { uniqueName: "c6", participants: { totalCount: 2 } },
                user: { identity: "ann" },
              },
            ],
          },
          role: { friendlyName: "service user", type: "SERVICE", service: { isDefault: true } },
        },
        userConversation: { notificationLevel: "DEFAULT", conversation: { uniqueName: "c0" } },
        participant: { identity: "bob", user: { friendlyName: null } },
      },
    });
  });

  it("show another account nothing", async () => {
    const { body } = await graphqlClient(
      app,
      await app.account(),
    )(`{
      participantConversations(identity: "ann") { totalCount nodes { id } }
      conversations { totalCount nodes { id } }
      users { totalCount nodes { id } }
      conversation(sid: "c0") { id }
      user(sid: "ann") { id }
      userConversation(userSid: "ann", conversationSid: "c0") { id }
      participant(conversationSid: "c0", sid: "ann") { id }
    }`);
    const empty = { totalCount: 0, nodes: [] };
    expect(body).toEqual({
      data: {
        participantConversations: empty,
        conversations: empty,
        users: empty,
        conversation: null,
        user: null,
        userConversation: null,
        participant: null,
      },
    });
  });
});
