import { describe, expect, it } from "vitest";
import { binding, native, newAccount, projected, type Resource, refusal } from "../setup/seed.ts";

const PATH = "/v1/ParticipantConversations";
const sidsIn = (rows: Resource[]) => rows.map((row) => row.conversation_sid);

describe("look up the conversations of an identity or address", () => {
  it("200 by conversation SID, whatever their states and the order of joining", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made: Resource[] = [];
    for (let i = 0; i < 4; i++) made.push(await conversation({ State: i === 1 ? "inactive" : "active" }));
    for (const index of [2, 0, 3, 1]) {
      await participant(made[index], { Identity: "ann" });
      await participant(made[index], binding("+15550000001", `+1555000001${index}`));
    }
    await rest.post(made[3].url, { State: "closed" });
    for (const query of [{ Identity: "ann" }, { Address: "+15550000001" }] as Record<string, string>[]) {
      const { conversations } = (await rest.get(PATH, query)).body;
      expect(sidsIn(conversations)).toEqual(made.map(({ sid }) => sid));
      const states = conversations.map((row: Resource) => row.conversation_state);
      expect(states).toEqual(["active", "inactive", "active", "closed"]);
    }
  });

  it("200 with one row for each participant of an address, several of one conversation too", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made = await conversation();
    const sids = [];
    for (const form of [
      binding("+15550000001", "+15550000002"),
      binding("+15550000001", "+15550000003"),
      native("+15550000001"),
    ]) {
      sids.push((await participant(made, form)).sid);
    }
    const { conversations } = (await rest.get(PATH, { Address: "+15550000001" })).body;
    expect(conversations.map((row: Resource) => row.participant_sid)).toEqual(sids);
  });

  it("never finds a projected or a proxy address", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made = await conversation();
    await participant(made, projected("+15550000002", "ann"));
    await participant(made, binding("+15550000001", "+15550000003"));
    for (const Address of ["+15550000002", "+15550000003"]) {
      expect((await rest.get(PATH, { Address })).body.conversations).toEqual([]);
    }
  });

  it("200 empty for who is nowhere, for nonsense, and for another account", async () => {
    const { conversation, participant } = await newAccount();
    const stranger = await newAccount();
    const made = await conversation();
    await participant(made, { Identity: "ann" });
    await participant(made, binding("+15550000001", "+15550000002"));
    const queries: Record<string, string>[] = [
      { Identity: "ann" },
      { Address: "+15550000001" },
      { Address: "nonsense" },
      { Identity: "x".repeat(2000) },
    ];
    for (const query of queries) {
      expect((await stranger.rest.get(PATH, query)).body.conversations).toEqual([]);
    }
  });

  it.each([
    [20001, {}],
    [20001, { Identity: "" }],
    [20001, { Address: "", Identity: "" }],
    [50451, { Identity: "ann", Address: "+15550000001" }],
  ] as [number, Record<string, string>][])("400 %d for %o", async (code, query) => {
    const { rest } = await newAccount();
    const answer = await rest.get(PATH, query);
    expect(answer).toMatchObject(refusal(400, code));
    if (code === 20001) expect(answer.body.message).toMatch(/Identity.*Address/);
  });

  it("200 when one of the two is empty", async () => {
    const { rest, conversation, participant } = await newAccount();
    await participant(await conversation(), { Identity: "ann" });
    expect((await rest.get(PATH, { Identity: "ann", Address: "" })).body.conversations).toHaveLength(1);
  });

  it("ends with the participant: removed, its user deleted, its conversation deleted", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made: Resource[] = [];
    for (let i = 0; i < 3; i++) made.push(await conversation());
    const [first] = [
      await participant(made[0], { Identity: "ann" }),
      await participant(made[1], { Identity: "ann" }),
    ];
    await participant(made[2], { Identity: "ann" });
    const left = async () => sidsIn((await rest.get(PATH, { Identity: "ann" })).body.conversations);
    await rest.delete(first.url);
    expect(await left()).toEqual([made[1].sid, made[2].sid]);
    await rest.delete(made[1].url);
    expect(await left()).toEqual([made[2].sid]);
    await rest.delete("/v1/Users/ann");
    expect(await left()).toEqual([]);
  });
});
