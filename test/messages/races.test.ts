import { describe, expect, it } from "vitest";
import { newAccount, type Resource, race, type Seed } from "../setup/seed.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

async function indexesIn({ rest }: Seed, { links }: Resource): Promise<number[]> {
  const { body } = await rest.get(links.messages, { PageSize: "1000" });
  return body.messages.map(({ index }: Resource) => index);
}

/** Inbox rows that say something else than the messages and the conversation do. */
async function wrongInInbox({ query }: Seed) {
  return query(`select i.participant_sid, i.unread_count, i.newest_message_index, c.newest_message_index
    from inbox i join conversations c on c.account_sid = $1 and c.sid = i.conversation_sid,
    lateral (select count(*)::int as unread from messages m where m.account_sid = $1
      and m.conversation_sid = i.conversation_sid and m.index > i.last_read_message_index) counted,
    lateral (select max(m.index) as newest from messages m where m.account_sid = $1
      and m.conversation_sid = i.conversation_sid) greatest
    where i.account_sid = $1 and (
      i.unread_count is distinct from case when i.last_read_message_index is not null then counted.unread end
      or i.newest_message_index is distinct from greatest.newest
      or c.newest_message_index is distinct from greatest.newest
      or i.date_activity <> c.date_activity)`);
}

describe("64 writers to one conversation at once", () => {
  it("are given 0 to 63, each once", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    for (const Identity of ["ann", "bob"]) await seed.participant(made, { Identity });
    const tally = await race(64, (n) => seed.rest.post(made.links.messages, { Body: `${n}`, Author: "ann" }));
    expect(tally).toEqual({ 201: 64 });
    expect(await indexesIn(seed, made)).toEqual(upTo(64));
    expect(await wrongInInbox(seed)).toEqual([]);
  });

  it("leave no gap where some of them fail after they were given an index", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const run = (text: string) => seed.app.deps.db.execute({ name: "failing", text }, []);
    const name = `refuse_${seed.account.sid.toLowerCase()}`;
    await run(`create or replace function refuse_message() returns trigger language plpgsql as
      $$ begin raise exception using errcode = 'XX000', message = 'as it was told to'; end $$`);
    await run(`create trigger ${name} before insert on messages for each row
      when (new.account_sid = '${seed.account.sid}' and new.body like 'bad %') execute function refuse_message()`);
    const tally = await race(64, (n) =>
      seed.rest.post(made.links.messages, { Body: n % 4 ? `good ${n}` : `bad ${n}` }),
    );
    await run(`drop trigger ${name} on messages`);
    expect(tally).toEqual({ 201: 48, "500 20500": 16 });
    expect(await indexesIn(seed, made)).toEqual(upTo(48));
    expect((await seed.message(made)).index).toBe(48);
  });

  it("leave no gap where one of them closes it, and others join and read", async () => {
    const seed = await newAccount();
    const { rest } = seed;
    for (let round = 0; round < 4; round++) {
      const made = await seed.conversation();
      const ann = await seed.participant(made, { Identity: "ann" });
      const tally = await race(64, (n) => {
        if (n === 16 * round + 15) return rest.post(made.url, { State: "closed" });
        if (n % 8 === 3) return rest.post(made.links.participants, { Identity: `user-${n}` });
        if (n % 8 === 5)
          return rest.post(`/v1/Users/ann/Conversations/${made.sid}`, { LastReadMessageIndex: `${n % 5}` });
        return rest.post(made.links.messages, { Body: `${n}`, Author: ann.identity });
      });
      const { 200: changed, 201: added = 0, "400 50377": refused = 0, ...others } = tally;
      expect([changed, added + refused, others]).toEqual([9, 55, {}]);
      const indexes = await indexesIn(seed, made);
      expect(indexes).toEqual(upTo(indexes.length));
      const joined = (await rest.get(made.links.participants)).body.participants.length;
      expect(indexes.length + joined - 1).toBe(added);
      expect(await wrongInInbox(seed)).toEqual([]);
    }
  });

  it("never give a deleted message's index again", async () => {
    const seed = await newAccount();
    const { rest } = seed;
    const made = await seed.conversation();
    await seed.participant(made, { Identity: "ann" });
    await rest.post(`/v1/Users/ann/Conversations/${made.sid}`, { LastReadMessageIndex: "2" });
    const said: Resource[] = [];
    for (let n = 0; n < 16; n++) said.push(await seed.message(made));
    const tally = await race(64, (n) => {
      if (n % 4 === 0) return rest.delete(said[n / 4].url);
      if (n % 4 === 1) return rest.post(said[(n - 1) / 4].url, { DateCreated: "2015-12-16T22:18:37Z" });
      return rest.post(made.links.messages, { Body: `${n}` });
    });
    const { 204: deleted, 201: added, 200: changed = 0, "404 20404": gone = 0, ...others } = tally;
    expect([deleted, added, changed + gone, others]).toEqual([16, 32, 16, {}]);
    expect(await indexesIn(seed, made)).toEqual(upTo(48).slice(16));
    expect(await wrongInInbox(seed)).toEqual([]);
  });

  it("find it there or not where it is deleted meanwhile, and nothing of it is left", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const tally = await race(64, (n) =>
      n === 20 ? seed.rest.delete(made.url) : seed.rest.post(made.links.messages, { Body: `${n}` }),
    );
    const { 204: deleted, 201: added = 0, "404 20404": gone = 0, ...others } = tally;
    expect([deleted, added + gone, others]).toEqual([1, 63, {}]);
    expect(await seed.query("select sid from messages where account_sid = $1")).toEqual([]);
  });
});
