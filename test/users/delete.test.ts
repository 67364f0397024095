import { describe, expect, it } from "vitest";
import { newAccount, projected, type Resource, race, refusal } from "../setup/seed.ts";

describe("delete a user", () => {
  it.each(["by SID", "by identity"])(
    "204 %s, and its places go, in closed conversations too",
    async (how) => {
      const { rest, conversation, participant, query } = await newAccount();
      const [open, closed, other] = [await conversation(), await conversation(), await conversation()];
      for (const made of [open, closed]) await participant(made, { Identity: "ann" });
      const bob = await participant(open, { Identity: "bob" });
      await participant(other, projected("+15550000002", "ann"));
      await rest.post(closed.url, { State: "closed" });
      const { url } = (await rest.get("/v1/Users/ann")).body;

      expect((await rest.delete(how === "by SID" ? url : "/v1/Users/ann")).status).toBe(204);
      expect((await rest.get(open.links.participants)).body.participants).toEqual([bob]);
      for (const { links } of [closed, other]) {
        expect((await rest.get(links.participants)).body.participants).toEqual([]);
      }
      for (const path of [url, "/v1/Users/ann", "/v1/Users/ann/Conversations"]) {
        expect(await rest.get(path)).toMatchObject(refusal(404, 20404));
      }
      expect(await rest.delete(url)).toMatchObject(refusal(404, 20404));
      const looked = await rest.get("/v1/ParticipantConversations", { Identity: "ann" });
      expect(looked.body.conversations).toEqual([]);
      const counts =
        "select participant_count, non_chat_count from conversations where account_sid = $1 order by sid";
      expect(await query(counts)).toEqual([
        [1, 0],
        [0, 0],
        [0, 0],
      ]);
    },
  );

  it("a user of the same identity can come back, as another one without a past", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made = await conversation();
    const first = await participant(made, { Identity: "ann" });
    const { sid } = (await rest.get("/v1/Users/ann")).body;
    await rest.post(first.url, { LastReadMessageIndex: "5" });
    await rest.delete("/v1/Users/ann");
    const again = await participant(made, { Identity: "ann" });
    expect(again).toMatchObject({ last_read_message_index: null });
    expect((await rest.get("/v1/Users/ann")).body.sid).not.toBe(sid);
  });

  it("leaves the same identity of another service alone", async () => {
    const { rest, user, service } = await newAccount();
    const { sid } = await service();
    const there = (await rest.post(`/v1/Services/${sid}/Users`, { Identity: "ann" })).body;
    await user("ann");
    await rest.delete("/v1/Users/ann");
    expect((await rest.get(there.url)).body).toEqual(there);
  });

  it("races with joining: whoever joined last has a user, and every count is right", async () => {
    const { rest, conversation, query } = await newAccount();
    const made: Resource[] = [];
    for (let i = 0; i < 4; i++) made.push(await conversation());
    for (let round = 0; round < 4; round++) {
      const tally = await race(16, (n) =>
        n % 4 === round
          ? rest.delete("/v1/Users/ann")
          : rest.post(made[n % 4].links.participants, { Identity: "ann" }),
      );
      const { 201: _, 204: __, "404 20404": ___, "409 50433": ____, ...others } = tally;
      expect(others).toEqual({});
      const wrong = await query(`select c.sid from conversations c left join participants p
        on p.account_sid = c.account_sid and p.conversation_sid = c.sid where c.account_sid = $1
        group by c.account_sid, c.sid, c.participant_count having c.participant_count <> count(p.sid)`);
      expect(wrong).toEqual([]);
    }
  });
});
