import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp } from "../setup/app.ts";
import { graphqlClient } from "../setup/clients.ts";
import { recorded, statementsOf } from "../setup/database.ts";

const INBOX = `query ($first: Int) {
  participantConversations(identity: "ann", first: $first) {
    nodes { conversation { uniqueName participants(first: 10) { nodes { identity user { identity friendlyName } } } } }
  }
}`;

describe("an inbox", () => {
  let send: ReturnType<typeof graphqlClient>;

  beforeAll(async () => {
    const app = await createTestApp();
    send = graphqlClient(app, await app.account());
    for (let n = 0; n < 12; n++) {
      await send(
        `mutation ($sid: String!, $other: String!) {
          createConversation(input: { uniqueName: $sid }) { __typename }
          a: addParticipant(input: { conversationSid: $sid, identity: "ann" }) { __typename }
          b: addParticipant(input: { conversationSid: $sid, identity: $other }) { __typename }
        }`,
        { sid: `c${n}`, other: `other${n}` },
      );
    }
    await send(INBOX);
  });

  it.each([1, 5, 12])("of %i conversations takes at most five statements", async (first) => {
    const { statements, result } = await statementsOf(() => send(INBOX, { first }));
    const { nodes } = result.body.data.participantConversations;
    expect(nodes).toHaveLength(first);
    expect(nodes.at(-1).conversation.participants.nodes[1].user.identity).toBe(`other${first - 1}`);
    expect(statements.length).toBeLessThanOrEqual(5);
    expect(new Set(statements).size).toBe(statements.length);
  });

  it("is read anew by each request", async () => {
    const once = await statementsOf(() => send(INBOX));
    const both = await statementsOf(() => Promise.all([send(INBOX), send(INBOX)]));
    expect(both.statements.toSorted()).toEqual([...once.statements, ...once.statements].toSorted());
  });

  it("counts and looks behind the page only when asked to", async () => {
    const plain = await statementsOf(() => send(`{ conversations(first: 2) { nodes { sid } } }`));
    const counted = await statementsOf(() =>
      send(`{ conversations(first: 2) { totalCount nodes { sid } } }`),
    );
    expect(counted.statements.length).toBe(plain.statements.length + 1);
  });

  it.each([
    ["", 2],
    ["pageInfo { hasNextPage }", 3],
    ["... on ConversationConnection { pageInfo { hasNextPage } }", 3],
    ["...Place", 3],
  ])("reads one row more than the page where its place is asked for: %s", async (place, rows) => {
    const { runs, result } = await recorded(() =>
      send(`query { conversations(first: 2) { nodes { sid } ${place} } }
        ${place === "...Place" ? "fragment Place on ConversationConnection { pageInfo { hasNextPage } }" : ""}`),
    );
    expect(runs.flatMap(({ parameters }) => parameters.filter((value) => typeof value === "number"))).toEqual(
      [rows],
    );
    const { nodes, pageInfo } = result.body.data.conversations;
    expect(nodes).toHaveLength(2);
    if (pageInfo) expect(pageInfo.hasNextPage).toBe(true);
  });

  it.each([
    ["roles", `{ users(first: 12) { nodes { role { sid service { sid } } } } }`],
    [
      "users' conversations",
      `{ users(first: 12) { nodes { conversations(first: 3) { nodes { conversation { sid } } } } } }`,
    ],
    [
      "participations",
      `{ users(first: 12) { nodes { participations(first: 3) { totalCount nodes { conversation { sid } role { sid } } } } } }`,
    ],
    [
      "counts",
      `{ conversations(first: 12) { nodes { participants(first: 1) { totalCount pageInfo { hasNextPage } } } } }`,
    ],
  ])("batches %s", async (_, query) => {
    const { statements, result } = await statementsOf(() => send(query));
    expect(result.body.errors).toBeUndefined();
    expect(new Set(statements).size).toBe(statements.length);
  });
});
