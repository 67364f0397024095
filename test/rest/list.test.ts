import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../setup/clients.ts";
import { openRest, type RestClient } from "./client.ts";

let rest: RestClient;
let stranger: RestClient;
beforeAll(async () => {
  rest = await openRest();
  stranger = await openRest();
});

const binding = (address: string, proxy: string) => ({
  "MessagingBinding.Address": address,
  "MessagingBinding.ProxyAddress": proxy,
});

async function addUsers(service: string, count: number): Promise<string[]> {
  const sids: string[] = [];
  for (let i = 0; i < count; i++) {
    sids.push((await rest.post(`/v1/Services/${service}/Users`, { Identity: crypto.randomUUID() })).body.sid);
  }
  return sids;
}

async function newService(): Promise<string> {
  return (await rest.post("/v1/Services", { FriendlyName: "lists" })).body.sid;
}

async function walk(
  url: string | null,
  key: string,
  link: "next_page_url" | "previous_page_url",
): Promise<Answer["body"][]> {
  const pages = [];
  while (url !== null) {
    const { status, body } = await rest.get(url);
    expect(status).toBe(200);
    pages.push(body);
    url = body.meta[link];
  }
  expect(pages.every((page) => page.meta.key === key)).toBe(true);
  return pages;
}

const sidsOf = (pages: Answer["body"][]) =>
  pages.flatMap((page) => page.users.map((user: { sid: string }) => user.sid));

describe("page", () => {
  it("of an empty list has no neighbours", async () => {
    const service = await newService();
    const { body } = await rest.get(`/v1/Services/${service}/Users`);
    const self = `${rest.publicUrl}/v1/Services/${service}/Users?PageSize=50&Page=0`;
    expect(body).toEqual({
      users: [],
      meta: {
        page: 0,
        page_size: 50,
        first_page_url: self,
        previous_page_url: null,
        url: self,
        next_page_url: null,
        key: "users",
      },
    });
  });

  it("leads through the whole list and back", async () => {
    const service = await newService();
    const sids = await addUsers(service, 7);
    const forward = await walk(`/v1/Services/${service}/Users?PageSize=3`, "users", "next_page_url");
    expect(forward.map((page) => page.meta.page)).toEqual([0, 1, 2]);
    expect(forward.map((page) => page.users.length)).toEqual([3, 3, 1]);
    expect(sidsOf(forward)).toEqual(sids);

    const back = await walk(forward.at(-1).meta.url, "users", "previous_page_url");
    expect(back.map((page) => page.meta.page)).toEqual([2, 1, 0]);
    expect(sidsOf(back.toReversed())).toEqual(sids);
    expect(back.at(-1).meta.first_page_url).toBe(forward[0].meta.url);

    const again = await walk(back.at(-1).meta.url, "users", "next_page_url");
    expect(sidsOf(again)).toEqual(sids);
  });

  it("may change its size on the way", async () => {
    const service = await newService();
    const sids = await addUsers(service, 5);
    const first = (await rest.get(`/v1/Services/${service}/Users?PageSize=2`)).body;
    const { body } = await rest.get(first.meta.next_page_url.replace("PageSize=2", "PageSize=9"));
    expect(sidsOf([first, body])).toEqual(sids);
    expect(body.meta.page_size).toBe(9);
  });

  it("past the last row is empty, and leads back to all of them", async () => {
    const service = await newService();
    const sids = await addUsers(service, 4);
    const first = (await rest.get(`/v1/Services/${service}/Users?PageSize=2`)).body;
    for (const sid of sids.slice(2)) await rest.delete(`/v1/Services/${service}/Users/${sid}`);
    const { status, body } = await rest.get(first.meta.next_page_url);
    expect([status, body.users, body.meta.next_page_url]).toEqual([200, [], null]);
    expect(sidsOf(await walk(body.meta.previous_page_url, "users", "previous_page_url"))).toEqual(
      sids.slice(0, 2),
    );
  });

  it("before the first row is empty, and leads on to all of them", async () => {
    const service = await newService();
    const sids = await addUsers(service, 4);
    const first = (await rest.get(`/v1/Services/${service}/Users?PageSize=2`)).body;
    const second = (await rest.get(first.meta.next_page_url)).body;
    for (const sid of sids.slice(0, 2)) await rest.delete(`/v1/Services/${service}/Users/${sid}`);
    const { body } = await rest.get(second.meta.previous_page_url);
    expect([body.users, body.meta.previous_page_url]).toEqual([[], null]);
    expect(sidsOf(await walk(body.meta.next_page_url, "users", "next_page_url"))).toEqual(sids.slice(2));
  });

  it("clamps its size to 1000 and says so", async () => {
    const { body } = await rest.get("/v1/Users?PageSize=2000");
    expect(body.meta.page_size).toBe(1000);
    expect(body.meta.url).toBe(`${rest.publicUrl}/v1/Users?PageSize=1000&Page=0`);
    expect((await rest.get(`/v1/Users?PageSize=${"9".repeat(400)}`)).body.meta.page_size).toBe(1000);
  });

  it("repeats filters first, encoded, without those that are empty", async () => {
    const { body } = await rest.get(
      "/v1/ParticipantConversations?PageSize=5&Address=%2B15550000001&Identity=",
    );
    expect(body.meta.url).toBe(
      `${rest.publicUrl}/v1/ParticipantConversations?Address=%2B15550000001&PageSize=5&Page=0`,
    );
  });

  it.each(["0", "-1", "x", "", "1.5", "1e3", "+1"])("400 20001 for PageSize=%s", async (size) => {
    const { status, body } = await rest.get(`/v1/Users?PageSize=${encodeURIComponent(size)}`);
    expect([status, body.code, body.message]).toEqual([400, 20001, "Invalid PageSize."]);
  });

  it.each(["-1", "x", "", "1.5", "99999999999999999999"])("400 20001 for Page=%s", async (page) => {
    const { status, body } = await rest.get(`/v1/Users?Page=${page}`);
    expect([status, body.code, body.message]).toEqual([400, 20001, "Invalid Page."]);
  });

  it("400 70002 for a page without its token", async () => {
    const { status, body } = await rest.get("/v1/Users?Page=1");
    expect([status, body.code]).toEqual([400, 70002]);
  });
});

describe("PageToken", () => {
  let next: string;
  beforeAll(async () => {
    for (const name of ["a", "b", "c"])
      await rest.post("/v1/Users", { Identity: `${name}-${crypto.randomUUID()}` });
    next = (await rest.get("/v1/Users?PageSize=1")).body.meta.next_page_url;
  });

  it("is PT and URL-safe text without dots, at the end", () => {
    expect(next).toMatch(/\?PageSize=1&Page=1&PageToken=PT[\w-]+$/);
  });

  it.each([
    ["empty", () => ""],
    ["cut short", (token: string) => token.slice(0, -1)],
    [
      "with a letter changed",
      (token: string) => `${token.slice(0, 9)}${token[9] === "A" ? "B" : "A"}${token.slice(10)}`,
    ],
    ["longer", (token: string) => `${token}AAAA`],
    ["without its PT", (token: string) => token.slice(2)],
    ["in another alphabet", (token: string) => `${token}=`],
    ["foreign", () => "PTCHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
  ])("400 21481 when it is %s", async (_, damage) => {
    const url = new URL(next);
    url.searchParams.set("PageToken", damage(url.searchParams.get("PageToken") ?? ""));
    const { status, body } = await rest.get(url.href);
    expect([status, body.code, body.message]).toEqual([400, 21481, "Invalid PageToken"]);
  });

  it("400 21481 for another list, another filter, another account", async () => {
    const query = new URL(next).search;
    expect((await rest.get(`/v1/Conversations${query}`)).body.code).toBe(21481);
    expect((await rest.get(`/v1/Conversations${query}&State=active`)).body.code).toBe(21481);
    expect((await stranger.get(next)).body.code).toBe(21481);
  });

  it("is bound to the filter's value", async () => {
    for (const proxy of ["+15550000011", "+15550000012"]) {
      const { sid } = (await rest.post("/v1/Conversations")).body;
      await rest.post(`/v1/Conversations/${sid}/Participants`, binding("+15550000010", proxy));
    }
    const { body } = await rest.get("/v1/ParticipantConversations?Address=%2B15550000010&PageSize=1");
    expect((await rest.get(body.meta.next_page_url)).body.conversations).toHaveLength(1);
    const other = body.meta.next_page_url.replace("%2B15550000010", "%2B15550000099");
    expect((await rest.get(other)).body.code).toBe(21481);
  });
});

describe("every list", () => {
  const identity = "ann";
  const address = "+15550000020";
  let service: string;
  let conversation: string;
  beforeAll(async () => {
    service = (await rest.post("/v1/Conversations")).body.chat_service_sid;
    for (let i = 0; i < 5; i++) {
      const { sid } = (await rest.post("/v1/Conversations")).body;
      conversation ??= sid;
      await rest.post(`/v1/Conversations/${sid}/Participants`, { Identity: identity });
      await rest.post(`/v1/Conversations/${sid}/Participants`, binding(address, `+1555000003${i}`));
      await rest.post(`/v1/Conversations/${conversation}/Participants`, { Identity: `${identity}-${i}` });
      await rest.post("/v1/Services", { FriendlyName: "another" });
    }
  });

  it.each([
    ["/Conversations", "conversations"],
    ["/Conversations?State=active", "conversations"],
    ["/Conversations?StartDate=2000-01-01T00:00:00Z&EndDate=2100-01-01T00:00:00Z", "conversations"],
    ["/Conversations/{conversation}/Participants", "participants"],
    ["/Users", "users"],
    ["/Users/ann/Conversations", "conversations"],
    ["/ParticipantConversations?Identity=ann", "conversations"],
    ["/ParticipantConversations?Address=%2B15550000020", "conversations"],
    ["/Services", "services"],
  ])("of %s is walked forward and back, by its own account alone", async (path, key) => {
    const below = path.replace("{conversation}", conversation);
    const prefixes = path === "/Services" ? ["/v1"] : ["/v1", `/v1/Services/${service}`];
    for (const prefix of prefixes) {
      const whole = (await rest.get(`${prefix}${below}`)).body[key];
      expect(whole.length).toBeGreaterThanOrEqual(5);
      const start = `${prefix}${below}${below.includes("?") ? "&" : "?"}PageSize=2`;
      const forward = await walk(start, key, "next_page_url");
      expect(forward.flatMap((page) => page[key])).toEqual(whole);
      expect(forward.every((page) => page.meta.url.startsWith(`${rest.publicUrl}${prefix}/`))).toBe(true);
      const back = await walk(forward.at(-1).meta.url, key, "previous_page_url");
      expect(back.toReversed().flatMap((page) => page[key])).toEqual(whole);

      const theirs = await stranger.get(`${prefix}${below}`);
      const rows = JSON.stringify(theirs.body[key] ?? []);
      expect(
        whole.some((row: { sid?: string; conversation_sid?: string }) =>
          rows.includes(row.sid ?? row.conversation_sid ?? ""),
        ),
      ).toBe(false);
    }
  });
});

describe("walk", () => {
  it("meets every row that stays exactly once, both ways, while others come and go", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom("stays", "goes"), { minLength: 1, maxLength: 9 }),
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 6 }),
        async (size, fates, arrivals) => {
          const service = await newService();
          const sids = await addUsers(service, fates.length);
          const staying = sids.filter((_, i) => fates[i] === "stays");
          const going = sids.filter((_, i) => fates[i] === "goes");
          let step = 0;
          const disturb = async () => {
            await addUsers(service, arrivals[step++ % arrivals.length] ?? 0);
            const leaver = going.splice(step % Math.max(going.length, 1), 1)[0];
            if (leaver !== undefined) await rest.delete(`/v1/Services/${service}/Users/${leaver}`);
          };
          const follow = async (url: string | null, link: "next_page_url" | "previous_page_url") => {
            const pages: Answer["body"][] = [];
            // Arrivals go to the end: a walk that never ends would only meet them.
            while (url !== null && pages.length < 30) {
              const { body }: Answer = await rest.get(url);
              pages.push(body);
              url = body.meta[link];
              if (pages.length < 8) await disturb();
            }
            return pages;
          };
          const forward = await follow(`/v1/Services/${service}/Users?PageSize=${size}`, "next_page_url");
          const met = sidsOf(forward);
          expect(new Set(met).size).toBe(met.length);
          expect(met.filter((sid) => staying.includes(sid))).toEqual(staying);

          const back = sidsOf((await follow(forward.at(-1).meta.url, "previous_page_url")).toReversed());
          expect(new Set(back).size).toBe(back.length);
          expect(back.filter((sid) => staying.includes(sid))).toEqual(staying);
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);
});
