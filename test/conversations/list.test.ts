import { beforeAll, describe, expect, it } from "vitest";
import { newAccount, type Resource, refusal, type Seed } from "../setup/seed.ts";

const DAYS = [3, 1, 5, 2, 4];
const day = (n: number) => `2020-01-0${n}T12:00:00Z`;

let seed: Seed;
beforeAll(async () => {
  seed = await newAccount();
  for (const n of DAYS) {
    const State = n % 2 ? "active" : "inactive";
    const { url } = await seed.conversation({ FriendlyName: `${n}`, DateCreated: day(n), State });
    if (n === 3) await seed.rest.post(url, { State: "closed" });
  }
});

const names = async (query: Record<string, string>) =>
  (await seed.rest.get("/v1/Conversations", query)).body.conversations
    .map((row: Resource) => row.friendly_name)
    .join("");

describe("list the conversations", () => {
  it.each([
    ["latest activity first", {}, "54321"],
    ["active", { State: "active" }, "51"],
    ["inactive", { State: "inactive" }, "42"],
    ["closed", { State: "closed" }, "3"],
    ["all by an empty state", { State: "" }, "54321"],
    ["from a date, inclusive", { StartDate: day(3) }, "543"],
    ["to a date, inclusive", { EndDate: day(3) }, "321"],
    ["between dates", { StartDate: day(2), EndDate: day(4) }, "432"],
    ["from just after", { StartDate: "2020-01-03T12:00:00.001Z" }, "54"],
    ["in another time zone", { EndDate: "2020-01-03T14:00:00+02:00" }, "321"],
    ["between dates in a state", { StartDate: day(1), EndDate: day(4), State: "inactive" }, "42"],
    ["none in the future", { StartDate: "2100-01-01T00:00:00Z" }, ""],
    ["by empty dates, as without them", { StartDate: "", EndDate: "" }, "54321"],
  ])("200 %s", async (_, query, expected) => {
    expect(await names(query)).toBe(expected);
  });

  it.each([
    [50396, { StartDate: day(3), EndDate: day(2) }],
    [50396, { StartDate: day(3), EndDate: day(3) }],
    [50378, { State: "initializing" }],
    [50378, { State: "open" }],
    [20001, { StartDate: "2020-01-01" }],
    [20001, { EndDate: "x" }],
  ] as [number, Record<string, string>][])("400 %d for %o", async (code, query) => {
    expect(await seed.rest.get("/v1/Conversations", query)).toMatchObject(refusal(400, code));
  });

  it("a bound of a whole second means all of that second", async () => {
    const { rest, conversation } = await newAccount();
    const { sid, date_created } = await conversation({ DateCreated: "2021-03-04T05:06:07.890Z" });
    for (const bound of ["StartDate", "EndDate"]) {
      const { body } = await rest.get("/v1/Conversations", { [bound]: date_created });
      expect(body.conversations.map((found: { sid: string }) => found.sid)).toEqual([sid]);
    }
  });

  it("ties are listed by SID, latest first", async () => {
    const { rest, conversation } = await newAccount();
    const sids = [];
    for (let i = 0; i < 5; i++) sids.push((await conversation({ DateCreated: day(1) })).sid);
    for (const query of [{}, { StartDate: day(1) }] as Record<string, string>[]) {
      const { body } = await rest.get("/v1/Conversations", query);
      expect(body.conversations.map((row: Resource) => row.sid)).toEqual(sids.toReversed());
    }
  });

  it("updates, participants and reading do not move a conversation", async () => {
    const { rest, conversation, participant } = await newAccount();
    const [first, second] = [await conversation({ DateCreated: day(1) }), await conversation()];
    await rest.post(first.url, { FriendlyName: "x", State: "inactive" });
    const { url } = await participant(first, { Identity: "ann" });
    await rest.post(url, { LastReadMessageIndex: "1" });
    const { body } = await rest.get("/v1/Conversations");
    expect(body.conversations.map((row: Resource) => row.sid)).toEqual([second.sid, first.sid]);
  });

  it("of another service and another account are not shown", async () => {
    const { rest, service } = seed;
    const { sid } = await service();
    const path = `/v1/Services/${sid}/Conversations`;
    expect((await rest.get(path)).body.conversations).toEqual([]);
    const stranger = await newAccount();
    expect((await stranger.rest.get("/v1/Conversations")).body.conversations).toEqual([]);
  });
});
