import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PageRequest, readPage } from "../../src/core/page.ts";

/** A list kept in memory that reads like a table. */
function listOf(rows: readonly string[]) {
  let reads = 0;
  const read = async ({ limit, direction, after, before }: PageRequest) => {
    reads++;
    const within = rows.filter(
      (row) => (after === undefined || row > after[0]!) && (before === undefined || row < before[0]!),
    );
    return direction === "forward" ? within.slice(0, limit) : within.slice(-limit);
  };
  const source = { read, positionOf: (row: string) => [row], count: async () => rows.length };
  return {
    reads: () => reads,
    page: async (request: PageRequest) => {
      const page = await readPage(source, request);
      return [page.items.join(""), await page.hasPrevious(), await page.hasNext()];
    },
    first: (request: PageRequest) => readPage(source, request),
  };
}

const forward = (limit: number, bounds: Omit<PageRequest, "limit" | "direction"> = {}): PageRequest => ({
  limit,
  direction: "forward",
  ...bounds,
});
const backward = (limit: number, bounds: Omit<PageRequest, "limit" | "direction"> = {}): PageRequest => ({
  limit,
  direction: "backward",
  ...bounds,
});

describe("readPage", () => {
  const list = listOf(["b", "c", "d", "e"]);

  it.each<[string, PageRequest, string, boolean, boolean]>([
    ["the first two", forward(2), "bc", false, true],
    ["exactly all", forward(4), "bcde", false, false],
    ["more than all", forward(9), "bcde", false, false],
    ["two after the first", forward(2, { after: ["b"] }), "cd", true, true],
    ["the last by going on", forward(2, { after: ["c"] }), "de", true, false],
    ["nothing after the last", forward(2, { after: ["e"] }), "", true, false],
    ["after a place before all", forward(2, { after: ["a"] }), "bc", false, true],
    ["after a row that is gone", forward(2, { after: ["bb"] }), "cd", true, true],
    ["between two cursors, cut", forward(1, { after: ["b"], before: ["e"] }), "c", true, true],
    ["between two cursors, whole", forward(5, { after: ["b"], before: ["e"] }), "cd", true, true],
    ["before a place after all", forward(9, { before: ["f"] }), "bcde", false, false],
    ["before the second", forward(9, { before: ["c"] }), "b", false, true],
    ["between neighbours", forward(9, { after: ["c"], before: ["d"] }), "", true, true],
    ["the last two", backward(2), "de", true, false],
    ["exactly all, from the end", backward(4), "bcde", false, false],
    ["two before the last", backward(2, { before: ["e"] }), "cd", true, true],
    ["the first by going back", backward(2, { before: ["d"] }), "bc", false, true],
    ["nothing before the first", backward(2, { before: ["b"] }), "", false, true],
    ["the last after a cursor", backward(1, { after: ["b"] }), "e", true, false],
    ["all after a cursor, from the end", backward(9, { after: ["b"] }), "cde", true, false],
  ])("%s", async (_, request, items, hasPrevious, hasNext) => {
    expect(await list.page(request)).toEqual([items, hasPrevious, hasNext]);
    expect(await list.page({ ...request, looksAhead: false })).toEqual([items, hasPrevious, hasNext]);
  });

  it("an empty list has no neighbours", async () => {
    const empty = listOf([]);
    expect(await empty.page(forward(2))).toEqual(["", false, false]);
    expect(await empty.page(backward(2))).toEqual(["", false, false]);
  });

  it("reads once until someone asks what lies behind a cursor", async () => {
    const counted = listOf(["a", "b", "c"]);
    const page = await counted.first(forward(1, { after: ["a"] }));
    expect([await page.hasNext(), counted.reads()]).toEqual([true, 1]);
    expect([await page.hasPrevious(), counted.reads()]).toEqual([true, 2]);
  });

  it("reads no row beyond the page until someone asks", async () => {
    const limits: number[] = [];
    const source = {
      read: async ({ limit }: PageRequest) => {
        limits.push(limit);
        return ["a", "b", "c"].slice(0, limit);
      },
      positionOf: (row: string) => [row],
      count: async () => 3,
    };
    const page = await readPage(source, { ...forward(2), looksAhead: false });
    expect([page.items, limits]).toEqual([["a", "b"], [2]]);
    expect([await page.hasNext(), limits]).toEqual([true, [2, 1]]);
  });

  it("both flags say what is there, for every request", async () => {
    const letters = "abcdefgh".split("");
    const bound = fc.option(fc.constantFrom(...letters), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(letters),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.boolean(),
        bound,
        bound,
        async (rows, limit, onwards, looksAhead, after, before) => {
          fc.pre(after === undefined || before === undefined || after < before);
          const bounds = {
            ...(after && { after: [after] }),
            ...(before && { before: [before] }),
            looksAhead,
          };
          const request = onwards ? forward(limit, bounds) : backward(limit, bounds);
          const [items, hasPrevious, hasNext] = (await listOf(rows).page(request)) as [
            string,
            boolean,
            boolean,
          ];
          const first = items === "" ? (onwards ? (after ?? "") : (before ?? "z")) : items[0]!;
          const last = items === "" ? (onwards ? (before ?? "z") : (after ?? "")) : items.at(-1)!;
          if (items !== "") {
            expect(hasPrevious).toBe(rows.some((row) => row < first));
            expect(hasNext).toBe(rows.some((row) => row > last));
          }
        },
      ),
    );
  });
});
