import { describe, expect, it } from "vitest";
import { checkText, lengthOf } from "../../src/core/text.ts";
import { newAccount, refusal } from "../setup/seed.ts";

const LONGEST = ["x".repeat(256), "é".repeat(256), "🙂".repeat(256), "👩‍👩‍👧".repeat(51)];
const TOO_LONG = ["x".repeat(257), "🙂".repeat(257), "👩‍👩‍👧".repeat(52)];

describe("FriendlyName", () => {
  it("takes 256 characters, an emoji being one, and comes back as it was given", async () => {
    const { rest, conversation, user, service } = await newAccount();
    const [ch, us] = [await conversation(), await user("ann")];
    for (const name of [...LONGEST, "  spaces  ", "a\nb\tc", "\u202e", "null", "0"]) {
      expect((await rest.post(ch.url, { FriendlyName: name })).body.friendly_name).toBe(name);
      expect((await rest.post(us.url, { FriendlyName: name })).body.friendly_name).toBe(name);
      expect((await service(name)).friendly_name).toBe(name);
    }
  });

  it("400 50003 with one more, and nothing changes", async () => {
    const { rest, conversation, user, stored } = await newAccount();
    const paths = [(await conversation()).url, (await user("ann")).url, "/v1/Services", "/v1/Conversations"];
    const before = await stored();
    for (const name of TOO_LONG) {
      for (const path of paths) {
        expect(await rest.post(path, { FriendlyName: name })).toMatchObject(refusal(400, 50003));
      }
      const user = { Identity: "bob", FriendlyName: name };
      expect(await rest.post("/v1/Users", user)).toMatchObject(refusal(400, 50003));
    }
    expect(await stored()).toBe(before);
  });

  it("null by an empty text, unchanged when not named", async () => {
    const { rest, conversation, user } = await newAccount();
    for (const made of [
      await conversation({ FriendlyName: "A" }),
      await user("ann", { FriendlyName: "A" }),
    ]) {
      expect((await rest.post(made.url)).body.friendly_name).toBe("A");
      expect((await rest.post(made.url, { FriendlyName: "" })).body.friendly_name).toBeNull();
      expect((await rest.get(made.url)).body.friendly_name).toBeNull();
    }
  });
});

describe("lengthOf", () => {
  it.each([
    ["", 0],
    ["abc", 3],
    ["🙂", 1],
    ["e\u0301", 2],
  ])("of %j is %d", (text, length) => expect(lengthOf(text)).toBe(length));
});

describe("checkText", () => {
  it.each(["\0", "a\0b", "\ud83d", "\ude42x", "\ude42\ud83d", "\ufeffa"])(
    "throws INVALID_PARAMETER for %j",
    (text) => {
      expect(() => checkText(text, "name")).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
    },
  );

  it("returns everything else as it came", () => {
    for (const text of ["", " ", "🙂", "\u0001\ufffe\uffff", "a\ufeff"])
      expect(checkText(text, "name")).toBe(text);
  });
});
