import { describe, expect, it } from "vitest";
import { newAccount, type Resource, refusal, type Seed } from "../setup/seed.ts";

const OLD = "2015-12-16T22:18:37Z";

/** What the conversation and the inbox rows in it say of the newest message, and of activity. */
async function newestOf({ query }: Seed, { sid }: Resource) {
  const [row] = await query(`select c.last_message_index, c.newest_message_index,
      to_char(c.newest_message_date at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      to_char(c.date_activity at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    from conversations c where c.account_sid = $1 and c.sid = '${sid}'`);
  const wrong = await query(`select * from inbox i join conversations c on c.account_sid = $1
      and c.sid = i.conversation_sid where i.account_sid = $1 and i.conversation_sid = '${sid}'
      and (i.newest_message_index is distinct from c.newest_message_index or i.date_activity <> c.date_activity)`);
  expect(wrong).toEqual([]);
  const [last, newest, date, activity] = row!;
  return { last, newest, date, activity };
}

describe("update a message", () => {
  it("200 with what is given, and nothing else changed", async () => {
    const { rest, conversation, participant, message } = await newAccount();
    const made = await conversation();
    const bob = await participant(made, { Identity: "bob" });
    const said = await message(made, {
      Author: "ann",
      Attributes: "[1]",
      DateCreated: OLD,
      DateUpdated: OLD,
    });
    const changed = await rest.post(said.url, { Body: "changed" });
    expect(changed).toMatchObject({
      status: 200,
      body: { ...said, body: "changed", date_updated: expect.any(String) },
    });
    expect(changed.body.date_updated > OLD).toBe(true);
    const all = { Author: "bob", Body: "", Attributes: "", DateUpdated: OLD };
    const again = await rest.post(said.url, all);
    expect(again.body).toEqual({
      ...said,
      author: "bob",
      participant_sid: bob.sid,
      body: "",
      attributes: "{}",
    });
    expect((await rest.post(said.url, { Author: "" })).body).toMatchObject({
      author: "system",
      participant_sid: null,
    });
    expect((await rest.post(said.url)).status).toBe(200);
  });

  it.each([
    [50504, "a body of more than 32 KB", { Body: "x".repeat(32_769) }],
    [50310, "an author of more than 256 characters", { Author: "x".repeat(257) }],
    [50303, "attributes of more than 4 KB", { Attributes: `"${"x".repeat(4095)}"` }],
    [50304, "attributes that are no JSON", { Attributes: "{" }],
    [50308, "a bad date of creation", { DateCreated: "yesterday" }],
    [50309, "a bad date of change", { DateUpdated: "now" }],
    [20001, "a subject", { Subject: "hello" }],
  ])("400 %d for %s, and nothing changes", async (code, _, form) => {
    const { rest, conversation, message, stored } = await newAccount();
    const { url } = await message(await conversation());
    const before = await stored();
    expect(await rest.post(url, form)).toMatchObject(refusal(400, code));
    expect(await stored()).toBe(before);
  });

  it("moves the conversation's activity where it is the newest and moves in time, and only then", async () => {
    const seed = await newAccount();
    const made = await seed.conversation({ DateCreated: "2010-01-01T00:00:00Z" });
    await seed.participant(made, { Identity: "ann" });
    const first = await seed.message(made, { DateCreated: "2016-01-01T00:00:00Z" });
    const second = await seed.message(made, { DateCreated: OLD });
    expect(await newestOf(seed, made)).toEqual({ last: 1, newest: 1, date: OLD, activity: OLD });
    await seed.rest.post(first.url, { DateCreated: "2017-01-01T00:00:00Z", Body: "x" });
    await seed.rest.post(second.url, { Body: "y" });
    expect(await newestOf(seed, made)).toMatchObject({ newest: 1, activity: OLD });
    const moved = "2012-01-01T00:00:00Z";
    await seed.rest.post(second.url, { DateCreated: moved });
    expect(await newestOf(seed, made)).toMatchObject({ newest: 1, date: moved, activity: moved });
    await seed.rest.post(second.url, { DateCreated: "2001-01-01T00:00:00Z" });
    expect(await newestOf(seed, made)).toMatchObject({ newest: 1, activity: "2010-01-01T00:00:00Z" });
  });
});

describe("delete a message", () => {
  it("204, and then it is not there, and its index is not given again", async () => {
    const seed = await newAccount();
    const { rest, message } = seed;
    const made = await seed.conversation();
    const [first, second] = [await message(made), await message(made)];
    expect((await rest.delete(second.url)).status).toBe(204);
    for (const answer of [await rest.get(second.url), await rest.delete(second.url)]) {
      expect(answer).toMatchObject(refusal(404, 20404));
    }
    const third = await message(made);
    expect(third.index).toBe(2);
    expect((await rest.get(made.links.messages)).body.messages).toEqual([first, third]);
  });

  it("makes the one before it the newest, for the conversation and for the inbox of all", async () => {
    const seed = await newAccount();
    const { rest, message } = seed;
    const made = await seed.conversation({ DateCreated: "2010-01-01T00:00:00Z" });
    for (const Identity of ["ann", "bob"]) await seed.participant(made, { Identity });
    const dates = ["2013-01-01T00:00:00Z", "2012-01-01T00:00:00Z", "2014-01-01T00:00:00Z"];
    const said: Resource[] = [];
    for (const DateCreated of dates) said.push(await message(made, { DateCreated }));
    const gone = async (n: number) => {
      await rest.delete(said[n].url);
      return newestOf(seed, made);
    };
    expect(await gone(0)).toEqual({ last: 2, newest: 2, date: dates[2], activity: dates[2] });
    expect(await gone(2)).toEqual({ last: 2, newest: 1, date: dates[1], activity: dates[1] });
    expect(await gone(1)).toEqual({ last: 2, newest: null, date: null, activity: "2010-01-01T00:00:00Z" });
  });
});
