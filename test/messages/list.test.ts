import { describe, expect, it } from "vitest";
import { newAccount, type Resource, refusal, type Seed } from "../setup/seed.ts";

const indexesOf = (body: Resource): number[] => body.messages.map(({ index }: Resource) => index);

async function talked(seed: Seed, count: number): Promise<Resource> {
  const made = await seed.conversation();
  for (let n = 0; n < count; n++) await seed.message(made, { Body: `${n}` });
  return made;
}

/** The indexes of every page, from a first one on. */
async function walk({ rest }: Seed, path: string, link = "next_page_url"): Promise<number[][]> {
  const pages: number[][] = [];
  for (let next: string | null = path; next !== null; ) {
    const { pathname, search }: URL = new URL(next, "http://parley.test");
    const { status, body }: Resource = await rest.get(pathname + search);
    expect(status).toBe(200);
    pages.push(indexesOf(body));
    next = body.meta[link];
  }
  return pages;
}

describe("list messages", () => {
  it.each([
    ["", [[0, 1], [2, 3], [4]]],
    ["&Order=asc", [[0, 1], [2, 3], [4]]],
    ["&Order=desc", [[4, 3], [2, 1], [0]]],
    ["&Order=", [[0, 1], [2, 3], [4]]],
  ])("by index over pages of two, with '%s'", async (order, pages) => {
    const seed = await newAccount();
    const { links } = await talked(seed, 5);
    expect(await walk(seed, `${links.messages}?PageSize=2${order}`)).toEqual(pages);
  });

  it("goes back the way it came, in either order", async () => {
    const seed = await newAccount();
    const { links } = await talked(seed, 5);
    for (const Order of ["asc", "desc"]) {
      const there: Resource[] = [];
      for (let url = `${links.messages}?PageSize=2&Order=${Order}`; url; ) {
        const { body }: Resource = await seed.rest.get(url);
        there.push(indexesOf(body));
        if (body.meta.next_page_url === null) {
          expect(await walk(seed, url, "previous_page_url")).toEqual(there.toReversed());
        }
        url = body.meta.next_page_url;
      }
      expect(there).toHaveLength(3);
    }
  });

  it("leaves out what was deleted, and nothing else, while it is paged", async () => {
    const seed = await newAccount();
    const { links } = await talked(seed, 6);
    const { body: first } = await seed.rest.get(`${links.messages}?PageSize=2`);
    for (const index of [1, 2]) {
      const { body } = await seed.rest.get(`${links.messages}?PageSize=1000`);
      await seed.rest.delete(body.messages.find((one: Resource) => one.index === index).url);
    }
    const { body: second } = await seed.rest.get(first.meta.next_page_url);
    expect(indexesOf(second)).toEqual([3, 4]);
  });

  it.each(["ASC", "down", "asc,desc"])("400 20001 for Order=%s", async (Order) => {
    const seed = await newAccount();
    const { links } = await talked(seed, 1);
    const answer = await seed.rest.get(links.messages, { Order });
    expect(answer).toMatchObject(refusal(400, 20001));
    expect(answer.body.message).toContain("Order");
  });

  it("400 21481 for a page token of the other order, or of another conversation", async () => {
    const seed = await newAccount();
    const { links } = await talked(seed, 3);
    const other = await talked(seed, 3);
    const { body } = await seed.rest.get(links.messages, { PageSize: "1" });
    const token = new URL(body.meta.next_page_url).searchParams.get("PageToken")!;
    const page = { PageSize: "1", Page: "1", PageToken: token };
    expect((await seed.rest.get(links.messages, page)).status).toBe(200);
    for (const [path, query] of [
      [links.messages, { ...page, Order: "desc" }],
      [other.links.messages, page],
    ]) {
      expect(await seed.rest.get(path, query)).toMatchObject(refusal(400, 21481));
    }
  });

  it("holds 50 by default, and 1000 at most", async () => {
    const seed = await newAccount();
    const { links } = await talked(seed, 1);
    expect((await seed.rest.get(links.messages)).body.meta.page_size).toBe(50);
    expect((await seed.rest.get(links.messages, { PageSize: "5000" })).body.meta.page_size).toBe(1000);
  });

  it("below a service too, whose answers tell of it", async () => {
    const seed = await newAccount();
    const { sid, links } = await seed.service();
    const { body: made } = await seed.rest.post(links.conversations);
    const { body: said } = await seed.rest.post(made.links.messages, { Body: "hello" });
    expect(said).toMatchObject({ chat_service_sid: sid, url: `${made.links.messages}/${said.sid}` });
    expect((await seed.rest.get(made.links.messages)).body.messages).toEqual([said]);
    expect(await seed.rest.get(`/v1/Conversations/${made.sid}/Messages`)).toMatchObject(refusal(404, 20404));
  });

  it("404 20404 for a message under the path of another conversation, or by its index", async () => {
    const seed = await newAccount();
    const made = await talked(seed, 1);
    const other = await talked(seed, 1);
    const { body } = await seed.rest.get(made.links.messages);
    for (const path of [`${other.links.messages}/${body.messages[0].sid}`, `${made.links.messages}/0`]) {
      expect(await seed.rest.get(path)).toMatchObject(refusal(404, 20404));
      expect(await seed.rest.post(path, { Body: "x" })).toMatchObject(refusal(404, 20404));
      expect(await seed.rest.delete(path)).toMatchObject(refusal(404, 20404));
    }
  });
});
