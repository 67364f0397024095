import { beforeAll, describe, expect, it } from "vitest";
import { newAccount, type Resource, refusal, type Seed } from "../setup/seed.ts";

const ofBytes = (bytes: number) => `"${"x".repeat(bytes - 2)}"`;
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const KEPT = [
  ["whitespace", ' {\n\t"a" :  1 }\r\n '],
  ["unicode", '{"name":"Zoë 🙂 名前","rtl":"\u202eabc","zero":"\u200b"}'],
  ["escapes", '{"a":"\\u00e9\\ud83d\\ude42\\/\\"","nul":"\\u0000"}'],
  ["half a pair, escaped", '{"a":"\\ud83d"}'],
  ["duplicate keys and their order", '{"b":1,"a":2,"b":3}'],
  ["numbers as written", "[1.0,1e400,-0,12345678901234567890.10]"],
  ["a text", '"plain"'],
  ["null", "null"],
  ["a number", "0"],
  ["form characters", '{"a":"1+1=2&b=%41;c"}'],
  ["500 levels", nested(500)],
];
const REFUSED = [
  ["no JSON", "{a:1}"],
  ["half of it", '{"a":'],
  ["more than one", "{} {}"],
  ["only whitespace", "  "],
  ["a trailing comma", "[1,]"],
  ["NaN", "NaN"],
  ["a raw control character", '"\u0001"'],
  ["501 levels", nested(501)],
  ["unclosed depth", "[".repeat(3000)],
];

describe.each([
  ["conversation", 16_384],
  ["participant", 4096],
  ["user", 16_384],
] as const)("Attributes of a %s", (kind, limit) => {
  let seed: Seed;
  let resource: Resource;
  beforeAll(async () => {
    seed = await newAccount();
    if (kind === "conversation") resource = await seed.conversation();
    if (kind === "participant")
      resource = await seed.participant(await seed.conversation(), { Identity: "ann" });
    if (kind === "user") resource = await seed.user("ann");
  });
  const set = (attributes: string) => seed.rest.post(resource.url, { Attributes: attributes });

  it("are {} until someone sets them", () => expect(resource.attributes).toBe("{}"));

  it.each(KEPT)("keep %s, byte for byte", async (_, text) => {
    expect((await set(text)).body.attributes).toBe(text);
    expect((await seed.rest.get(resource.url)).body.attributes).toBe(text);
  });

  it("go back to {} by an empty text, and stay when not named", async () => {
    expect((await set('{"a":1}')).body.attributes).toBe('{"a":1}');
    expect((await seed.rest.post(resource.url)).body.attributes).toBe('{"a":1}');
    expect((await set("")).body.attributes).toBe("{}");
  });

  it.each(REFUSED)("400 50304 for %s, and nothing changes", async (_, text) => {
    const before = await seed.stored();
    expect(await set(text)).toMatchObject(refusal(400, 50304));
    expect(await seed.stored()).toBe(before);
  });

  it(`200 with ${limit} bytes, 400 50303 with one more, counted in UTF-8`, async () => {
    const wide = `"${"é".repeat((limit - 2) / 2)}"`;
    for (const text of [ofBytes(limit), wide]) expect((await set(text)).body.attributes).toBe(text);
    for (const text of [ofBytes(limit + 1), `${wide} `]) {
      const before = await seed.stored();
      expect(await set(text)).toMatchObject(refusal(400, 50303));
      expect(await seed.stored()).toBe(before);
    }
  });
});
