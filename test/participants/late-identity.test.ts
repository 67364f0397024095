import { describe, expect, it } from "vitest";
import { newAccount, projected, type Resource, refusal } from "../setup/seed.ts";

/** A group MMS in which someone got an identity only after joining, beside one who had it from the start. */
async function groupMms() {
  const seed = await newAccount();
  const { rest } = seed;
  const [late, early] = [await seed.conversation(), await seed.conversation()];
  const nameless = await seed.participant(late, projected("+15550000002"));
  const named = await seed.participant(early, projected("+15550000002", "ann"));
  const renamed = await rest.post(nameless.url, { Identity: "ann" });
  expect(renamed.body).toMatchObject({ sid: nameless.sid, identity: "ann" });
  const sidsOf = async (path: string, query = {}) =>
    (await rest.get(path, query)).body.conversations.map((row: Resource) => row.conversation_sid);
  return { ...seed, late, early, nameless, named, sidsOf };
}

describe("an identity that comes after joining", () => {
  it("is not found by ParticipantConversations: the key was taken at joining", async () => {
    const { sidsOf, early } = await groupMms();
    expect(await sidsOf("/v1/ParticipantConversations", { Identity: "ann" })).toEqual([early.sid]);
  });

  it("is found by UserConversations and as the participant's name in paths", async () => {
    const { rest, sidsOf, late, early, nameless } = await groupMms();
    expect(await sidsOf("/v1/Users/ann/Conversations")).toEqual([late.sid, early.sid]);
    expect((await rest.get(`${late.links.participants}/ann`)).body.sid).toBe(nameless.sid);
    const own = await rest.get(`/v1/Users/ann/Conversations/${late.sid}`);
    expect(own.body.participant_sid).toBe(nameless.sid);
  });

  it("is told apart in the same way on GraphQL", async () => {
    const { graphql, late, early } = await groupMms();
    const { body } = await graphql(`{
      participantConversations(identity: "ann") { nodes { conversation { sid } } }
      user(sid: "ann") { conversations { nodes { conversation { sid } } } }
    }`);
    const { participantConversations, user } = body.data;
    const sids = (list: Resource) => list.nodes.map((node: Resource) => node.conversation.sid);
    expect(sids(participantConversations)).toEqual([early.sid]);
    expect(sids(user.conversations)).toEqual([late.sid, early.sid]);
  });

  it("makes the user, who can leave", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made = await conversation();
    const one = await participant(made, projected("+15550000002"));
    expect(await rest.get("/v1/Users/eve")).toMatchObject(refusal(404, 20404));
    await rest.post(one.url, { Identity: "eve" });
    expect((await rest.get("/v1/Users/eve")).body.identity).toBe("eve");
    expect((await rest.delete(`/v1/Users/eve/Conversations/${made.sid}`)).status).toBe(204);
    expect(await rest.get(one.url)).toMatchObject(refusal(404, 20404));
  });

  it("409 50433 when it is in already, and nothing changes", async () => {
    const { rest, conversation, participant, stored } = await newAccount();
    const made = await conversation();
    await participant(made, { Identity: "ann" });
    const one = await participant(made, projected("+15550000002"));
    const before = await stored();
    expect(await rest.post(one.url, { Identity: "ann" })).toMatchObject(refusal(409, 50433));
    expect(await stored()).toBe(before);
  });

  it("goes with its user", async () => {
    const { rest, late, early, named, nameless } = await groupMms();
    await rest.delete("/v1/Users/ann");
    for (const { url } of [named, nameless]) expect(await rest.get(url)).toMatchObject(refusal(404, 20404));
    for (const { links } of [late, early]) {
      expect((await rest.get(links.participants)).body.participants).toEqual([]);
    }
  });
});
