import { describe, expect, it } from "vitest";
import { binding, native, newAccount, projected, type Resource, race, type Seed } from "../setup/seed.ts";

const PAIR = binding("+15550000001", "+15550000002");

/** Bindings that a closed conversation still holds; there may never be any. */
async function heldByClosed({ query }: Seed) {
  return query(`select p.sid from participants p join conversations c on c.account_sid = p.account_sid
    and c.sid = p.conversation_sid where p.account_sid = $1 and p.proxy_address is not null
    and p.binding_active and c.state = 'closed'`);
}

describe("64 writers at once", () => {
  it("one wins the binding in one conversation, 63 get 409 50416", async () => {
    const { rest, conversation } = await newAccount();
    const { links } = await conversation();
    expect(await race(64, () => rest.post(links.participants, PAIR))).toEqual({ 201: 1, "409 50416": 63 });
    expect((await rest.get(links.participants)).body.participants).toHaveLength(1);
  });

  it("one wins the binding over many conversations, 63 get 409 50416", async () => {
    const { rest, conversation } = await newAccount();
    const made: Resource[] = [];
    for (let i = 0; i < 16; i++) made.push(await conversation());
    const tally = await race(64, (n) => rest.post(made[n % 16].links.participants, PAIR));
    expect(tally).toEqual({ 201: 1, "409 50416": 63 });
    const { body } = await rest.get("/v1/ParticipantConversations", { Address: "+15550000001" });
    expect(body.conversations).toHaveLength(1);
  });

  it("one wins the binding by adding a proxy, the others get 409 50416", async () => {
    const { rest, conversation, participant } = await newAccount();
    const members: Resource[] = [];
    for (let i = 0; i < 16; i++)
      members.push(await participant(await conversation(), native("+15550000001")));
    const proxy = { "MessagingBinding.ProxyAddress": "+15550000002" };
    expect(await race(16, (n) => rest.post(members[n].url, proxy))).toEqual({ 200: 1, "409 50416": 15 });
  });

  it("one wins the identity, 63 get 409 50433", async () => {
    const { rest, conversation } = await newAccount();
    const { links } = await conversation();
    const tally = await race(64, () => rest.post(links.participants, { Identity: "ann" }));
    expect(tally).toEqual({ 201: 1, "409 50433": 63 });
    expect((await rest.get(links.participants)).body.participants).toHaveLength(1);
    expect((await rest.get("/v1/Users")).body.users).toHaveLength(1);
  });

  it("one wins the identity among members who have none, the others get 409 50433", async () => {
    const { rest, conversation, participant } = await newAccount();
    const made = await conversation();
    const members: Resource[] = [];
    for (let i = 0; i < 16; i++) members.push(await participant(made, projected(`+155500000${10 + i}`)));
    const tally = await race(16, (n) => rest.post(members[n].url, { Identity: "ann" }));
    expect(tally).toEqual({ 200: 1, "409 50433": 15 });
  });

  it("all join their own conversation under one new identity, which has one user", async () => {
    const { rest, conversation } = await newAccount();
    const made: Resource[] = [];
    for (let i = 0; i < 64; i++) made.push(await conversation());
    const tally = await race(64, (n) => rest.post(made[n].links.participants, { Identity: "ann" }));
    expect(tally).toEqual({ 201: 64 });
    expect((await rest.get("/v1/Users")).body.users).toHaveLength(1);
    expect((await rest.get("/v1/Users/ann/Conversations?PageSize=100")).body.conversations).toHaveLength(64);
  });

  it("one removes the participant, 63 get 404 20404", async () => {
    const { rest, conversation, participant, query } = await newAccount();
    const { url } = await participant(await conversation(), { Identity: "ann" });
    expect(await race(64, () => rest.delete(url))).toEqual({ 204: 1, "404 20404": 63 });
    expect(await query("select participant_count from conversations where account_sid = $1")).toEqual([[0]]);
  });
});

describe("closing while others add", () => {
  it("leaves no binding held by the closed conversation", async () => {
    const seed = await newAccount();
    for (let round = 0; round < 6; round++) {
      const { url, links } = await seed.conversation();
      const tally = await race(24, (n) =>
        n === 4 * round
          ? seed.rest.post(url, { State: "closed" })
          : seed.rest.post(links.participants, binding(`+1555000${1000 + n}`, `+1555${round}0002`)),
      );
      const { 200: closed, 201: added = 0, "400 50377": refused = 0, ...rest } = tally;
      expect([closed, added + refused, rest]).toEqual([1, 23, {}]);
      expect((await seed.rest.get(links.participants)).body.participants).toHaveLength(added);
      expect(await heldByClosed(seed)).toEqual([]);
    }
  });

  it("hands the binding to exactly one of those who wait for it", async () => {
    const seed = await newAccount();
    for (let round = 0; round < 6; round++) {
      const pair = binding("+15550000001", `+1555000000${round + 2}`);
      const holder = await seed.conversation();
      await seed.participant(holder, pair);
      const made: Resource[] = [];
      for (let i = 0; i < 8; i++) made.push(await seed.conversation());
      const tally = await race(24, (n) =>
        n === 3 * round
          ? seed.rest.post(holder.url, { State: "closed" })
          : seed.rest.post(made[n % 8].links.participants, pair),
      );
      const { 200: closed, 201: added = 0, "409 50416": refused = 0, ...rest } = tally;
      expect([closed, added + refused, rest]).toEqual([1, 23, {}]);
      expect(added).toBeLessThanOrEqual(1);
      expect(await heldByClosed(seed)).toEqual([]);
      if (added === 0) await seed.participant(made[0], pair);
    }
  });
});

describe("deleting a user while its participants go", () => {
  it("counts each of them once", async () => {
    const seed = await newAccount();
    const { rest } = seed;
    for (let round = 0; round < 10; round++) {
      const made: Resource[] = [];
      const joined: Resource[] = [];
      for (let i = 0; i < 8; i++) {
        made.push(await seed.conversation());
        joined.push(await seed.participant(made[i], { Identity: "ann" }));
      }
      const tally = await race(9, (n) =>
        rest.delete(n === 8 - (round % 9) ? "/v1/Users/ann" : joined[n % 8].url),
      );
      const { 204: done = 0, "404 20404": gone = 0, ...others } = tally;
      expect([done + gone, others]).toEqual([9, {}]);
      await rest.delete("/v1/Users/ann");
      const wrong = "select sid from conversations where account_sid = $1 and participant_count <> 0";
      expect(await seed.query(wrong)).toEqual([]);
    }
  });
});

describe("changes of one row at once", () => {
  it("are all kept: each leaves alone what it does not name", async () => {
    const { rest, conversation, participant, user } = await newAccount();
    for (let round = 0; round < 5; round++) {
      const made = await conversation();
      const eve = await user(`eve-${round}`);
      const one = await participant(made, { Identity: eve.identity });
      const own = `${eve.url}/Conversations/${made.sid}`;
      const changes: [string, Record<string, string>][] = [
        [one.url, { Attributes: "[1]" }],
        [one.url, { LastReadMessageIndex: "7" }],
        [own, { NotificationLevel: "muted" }],
        [one.url, { DateCreated: "2020-01-01T00:00:00Z" }],
        [made.url, { FriendlyName: "x" }],
        [made.url, { Attributes: "[2]" }],
        [eve.url, { FriendlyName: "y" }],
        [eve.url, { Attributes: "[3]" }],
      ];
      expect(await race(changes.length, (n) => rest.post(...changes[n]!))).toEqual({ 200: changes.length });
      expect((await rest.get(one.url)).body).toMatchObject({
        attributes: "[1]",
        last_read_message_index: 7,
        date_created: "2020-01-01T00:00:00Z",
      });
      expect((await rest.get(own)).body.notification_level).toBe("muted");
      expect((await rest.get(made.url)).body).toMatchObject({ friendly_name: "x", attributes: "[2]" });
      expect((await rest.get(eve.url)).body).toMatchObject({ friendly_name: "y", attributes: "[3]" });
    }
  });
});
