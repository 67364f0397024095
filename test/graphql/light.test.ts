import { beforeAll, describe, expect, it } from "vitest";
import { recorded, statementsOf } from "../setup/database.ts";
import { binding, newAccount, type Seed } from "../setup/seed.ts";

let ann: Seed;
beforeAll(async () => {
  ann = await newAccount();
  for (const topic of ["parcel", "refund"]) {
    const conversation = await ann.conversation({
      Attributes: JSON.stringify({ topic }),
      "Bindings.Email.Name": topic,
    });
    await ann.participant(conversation, { Identity: "ann", Attributes: JSON.stringify({ in: topic }) });
    await ann.participant(
      conversation,
      binding("+15558675310", topic === "parcel" ? "+15550001111" : "+15550002222"),
    );
    await ann.message(conversation, {
      Body: topic,
      Author: "ann",
      Attributes: JSON.stringify({ of: topic }),
    });
  }
  await ann.graphql("{ __typename }");
});

const ask = async (query: string) => {
  const { runs, result } = await recorded(() => ann.graphql(query));
  expect(result.body.errors).toBeUndefined();
  return { data: result.body.data, runs, names: runs.map(({ statement }) => statement.name) };
};

const textOf = (runs: Awaited<ReturnType<typeof ask>>["runs"], name: string) =>
  runs.find(({ statement }) => statement.name.startsWith(name))!.statement.text;

const list = (fields: string) => `participantConversations(identity: "ann") { nodes { ${fields} } }`;
const PARTICIPANTS = "participantsOfConversations_forward";

describe("rows that a query selects little of", () => {
  it("are read without their attributes", async () => {
    const { data, runs } = await ask(
      `{ ${list("conversation { sid participants { nodes { identity user { friendlyName } } } lastMessage { body } }")} }`,
    );
    expect(data.participantConversations.nodes).toHaveLength(2);
    for (const name of [PARTICIPANTS, "usersBySid", "newestMessagesOfConversations"]) {
      expect(textOf(runs, name)).not.toContain('"attributes"');
    }
    expect(textOf(runs, "conversationsOfIdentity")).not.toContain('"inbox"');
  });

  it("are read in full where another place selects more of the same rows, by the same statements", async () => {
    const little = "few: participants { nodes { sid user { sid } } } fewer: lastMessage { sid }";
    const much = `attributesText email { name } timers { dateClosed } createdBy dateUpdated
      all: participants { nodes { attributes role { sid } dateCreated user { attributes roleSid } } }
      last: lastMessage { attributes dateUpdated }`;
    const alone = await ask(`{ ${list(`conversation { ${much} }`)} }`);
    const both = await ask(`{ ${list(`conversation { ${little} ${much} ${little} }`)} }`);
    expect(both.names.toSorted()).toEqual(alone.names.toSorted());
    const [{ conversation }] = both.data.participantConversations.nodes;
    expect(conversation).toMatchObject({
      attributesText: '{"topic":"parcel"}',
      email: { name: "parcel" },
      createdBy: "system",
      last: { attributes: { of: "parcel" } },
      fewer: { sid: expect.stringMatching(/^IM/) },
    });
    expect(conversation.all.nodes[0]).toMatchObject({
      attributes: { in: "parcel" },
      role: { sid: expect.stringMatching(/^RL/) },
      user: { attributes: {}, roleSid: expect.stringMatching(/^RL/) },
    });
    expect(conversation.few.nodes.map((one: { sid: string }) => one.sid)).toHaveLength(2);
  });

  it("are read again where more is selected of them in another list", async () => {
    const both = await ask(`{
      few: ${list("participant { sid } conversation { sid participants { nodes { sid } } }")}
      all: ${list("unreadMessagesCount participant { attributes notificationLevel } conversation { participants { nodes { attributesText } } }")}
    }`);
    const { few, all } = both.data;
    expect(few.nodes).toHaveLength(2);
    expect(all.nodes.map((one: { participant: object }) => one.participant)).toEqual([
      { attributes: { in: "parcel" }, notificationLevel: "DEFAULT" },
      { attributes: { in: "refund" }, notificationLevel: "DEFAULT" },
    ]);
    expect(all.nodes[1].conversation.participants.nodes[0]).toEqual({ attributesText: '{"in":"refund"}' });
  });

  it("tell the same by fragments, by conditions and below edges", async () => {
    const { data } = await ask(`
      query ($no: Boolean = false) {
        conversations { edges { node { ...Much attributesText @include(if: $no) } } }
      }
      fragment Much on Node { ... on Conversation { sid participants(last: 1) { edges { node { ...Who } } } } }
      fragment Who on Participant { roleSid messagingBinding { address } }
    `);
    for (const { node } of data.conversations.edges) {
      expect(node.participants.edges[0].node.roleSid).toMatch(/^RL/);
      expect(node).not.toHaveProperty("attributesText");
    }
  });

  it("are shown in full by `node`, whatever was read of them before", async () => {
    const { data } = await ask(`{ ${list("conversation { id }")} }`);
    const { id } = data.participantConversations.nodes[0].conversation;
    const found = await ask(
      `{ ${list("conversation { id }")} node(id: "${id}") { ... on Conversation { attributesText } } }`,
    );
    expect(found.data.node).toEqual({ attributesText: '{"topic":"parcel"}' });
  });
});

describe("a statement", () => {
  it("has two texts at most, whatever is selected", async () => {
    const texts = new Set<string>();
    for (const field of ["sid", "identity", "roleSid", "attributes", "dateCreated", "notificationLevel"]) {
      const { runs } = await ask(`{ conversations { nodes { participants { nodes { ${field} } } } } }`);
      texts.add(textOf(runs, PARTICIPANTS));
    }
    expect(texts.size).toBe(2);
  });

  it("of REST is one for all rows of a page", async () => {
    const { statements, result } = await statementsOf(() =>
      ann.rest.get("/v1/ParticipantConversations", { Identity: "ann" }),
    );
    expect(statements).toEqual(["conversationsOfIdentity_forward"]);
    expect(result.body.conversations[0]).toMatchObject({ conversation_attributes: '{"topic":"parcel"}' });
  });
});
