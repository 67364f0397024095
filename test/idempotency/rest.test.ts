import { beforeAll, describe, expect, it } from "vitest";
import { createObjects, type Objects } from "../contract/objects.ts";
import { isScoped, pathOf, REST_OPERATIONS } from "../contract/operations.rest.ts";
import { PUBLIC_URL } from "../setup/app.ts";
import { newAccount, refusal, type Seed } from "../setup/seed.ts";
import { keyed, newKey } from "./keyed.ts";

let seed: Seed;
let send: ReturnType<typeof keyed>;
beforeAll(async () => {
  seed = await newAccount();
  send = keyed(seed);
});

const writes = Object.keys(REST_OPERATIONS).filter((operation) => !operation.startsWith("GET"));

describe.each(writes)("%s under a key", (operation) => {
  const [method = ""] = operation.split(" ");
  const places = isScoped(operation) ? ["at v1", "below a service"] : ["at v1"];

  it.each(places)("answers its repeats byte for byte, and does nothing, %s", async (place) => {
    const scoped = place !== "at v1";
    const objects: Objects = await createObjects(seed.rest, scoped ? undefined : await serviceOf(operation));
    const path = pathOf(operation, objects, "SID", scoped ? objects.serviceSid : undefined);
    const form = REST_OPERATIONS[operation]!.form?.(objects);
    const key = newKey();
    const first = await send(key, method, path, form);
    expect([first.status < 300, first.replayed]).toEqual([true, null]);
    const stored = await seed.stored();
    const again = await send(key, method, path, form);
    expect(again).toEqual({ ...first, replayed: "true" });
    expect(await seed.stored()).toBe(stored);
  });
});

/** The default one, but for what can't be done to it. */
async function serviceOf(operation: string): Promise<string | undefined> {
  if (operation.startsWith("DELETE /v1/Services")) return undefined;
  const { body } = await seed.graphql("{ viewer { defaultService { sid } } }");
  return body.data.viewer.defaultService.sid;
}

describe("Idempotency-Key", () => {
  const users = "/v1/Users";

  it("is a parameter of every write in the OpenAPI document, and of no other operation", async () => {
    const response = await seed.app.fetch(new Request(`${PUBLIC_URL}/openapi.json`));
    type Operation = { parameters?: { in: string; name: string }[]; responses: Record<string, object> };
    const { paths } = (await response.json()) as { paths: Record<string, Record<string, Operation>> };
    const operations = Object.values(paths).flatMap((path) => Object.entries(path));
    for (const [method, { parameters = [], responses }] of operations) {
      const names = parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
      expect(names.includes("Idempotency-Key")).toBe(method !== "get");
      expect("409" in responses).toBe(method !== "get");
    }
  });

  it("409 20409 for another request under the same key, whatever differs", async () => {
    const key = newKey();
    const { sid } = await seed.service();
    expect((await send(key, "POST", users, { Identity: "one" })).status).toBe(201);
    const { url } = (await seed.rest.get("/v1/Users/one")).body;
    const others: [string, string, Record<string, string>?][] = [
      ["POST", users, { Identity: "two" }],
      ["POST", users, { Identity: "one", FriendlyName: "One" }],
      ["POST", users, { Identity: "one", Unknown: "" }],
      ["POST", `${users}?Unknown=1`, { Identity: "one" }],
      ["POST", `/v1/Services/${sid}/Users`, { Identity: "one" }],
      ["POST", url, { Identity: "one" }],
      ["DELETE", url],
    ];
    const stored = await seed.stored();
    for (const [method, path, form] of others) {
      const { status, text } = await send(key, method, path, form);
      expect({ status, body: JSON.parse(text) }, path).toMatchObject(refusal(409, 20409));
    }
    expect(await seed.stored()).toBe(stored);
  });

  it("lets the order of parameters differ, but not of those with one name", async () => {
    const key = newKey();
    const both = { FriendlyName: "Two", Identity: "ordered" };
    const first = await send(key, "POST", users, both);
    const turned = { Identity: "ordered", FriendlyName: "Two" };
    expect(await send(key, "POST", users, turned)).toEqual({ ...first, replayed: "true" });
    const lists = [newKey(), "POST", "/v1/Conversations"] as const;
    expect((await send(...lists, { Unknown: ["a", "b"] })).status).toBe(201);
    expect((await send(...lists, { Unknown: ["b", "a"] })).status).toBe(409);
    expect((await send(...lists, { Unknown: ["a", "b"] })).replayed).toBe("true");
  });

  it("takes a path for the same, however it is encoded", async () => {
    await seed.user("ann@home");
    const key = newKey();
    const first = await send(key, "POST", "/v1/Users/ann%40home", { FriendlyName: "Ann" });
    expect(first.status).toBe(200);
    const again = await send(key, "POST", "/v1/Users/ann@home", { FriendlyName: "Ann" });
    expect(again).toEqual({ ...first, replayed: "true" });
    expect((await send(key, "POST", "/v1/Users/ann%2540home", { FriendlyName: "Ann" })).status).toBe(409);
  });

  it("stores no failure: the same request succeeds under the same key once it can", async () => {
    const key = newKey();
    const path = "/v1/Conversations/late/Participants";
    const refused = await send(key, "POST", path, { Identity: "ann" });
    expect([refused.status, refused.replayed]).toEqual([404, null]);
    await seed.conversation({ UniqueName: "late" });
    const added = await send(key, "POST", path, { Identity: "ann" });
    expect([added.status, added.replayed]).toEqual([201, null]);
    expect(await send(key, "POST", path, { Identity: "ann" })).toEqual({ ...added, replayed: "true" });
    expect((await seed.rest.get(path)).body.participants).toHaveLength(1);
  });

  it("a failed request leaves its key to any other", async () => {
    const key = newKey();
    expect((await send(key, "POST", users, { Identity: "" })).status).toBe(400);
    expect((await send(key, "POST", users, { Identity: "free" })).status).toBe(201);
  });

  it("is another account's own", async () => {
    const key = newKey();
    const first = await send(key, "POST", "/v1/Conversations", { FriendlyName: "mine" });
    const other = await newAccount(seed.app);
    const theirs = await keyed(other)(key, "POST", "/v1/Conversations", { FriendlyName: "theirs" });
    expect([theirs.status, theirs.replayed]).toEqual([201, null]);
    expect(theirs.text).not.toContain(JSON.parse(first.text).sid);
  });

  it("takes 255 characters, spaces around them aside", async () => {
    const key = newKey().padEnd(255, "~");
    const { status } = await send(key, "POST", "/v1/Conversations");
    expect(status).toBe(201);
    expect((await send(` ${key} `, "POST", "/v1/Conversations")).replayed).toBe("true");
  });

  it.each([
    ["empty", ""],
    ["of 256 characters", "x".repeat(256)],
    ["not ASCII", "schlüssel"],
    ["a tab", "a\tb"],
  ])("400 20001 where it is %s", async (_, key) => {
    for (const [method, path] of [
      ["POST", "/v1/Conversations"],
      ["DELETE", "/v1/Users/nobody"],
    ] as const) {
      const { status, text } = await send(key, method, path);
      expect([status, JSON.parse(text).code]).toEqual([400, 20001]);
      expect(JSON.parse(text)).toMatchObject({
        message: expect.stringContaining("Idempotency-Key"),
        details: { parameter: "Idempotency-Key" },
      });
    }
  });

  it("is nothing to a GET", async () => {
    for (const key of ["", "x".repeat(256), newKey()]) {
      expect(await send(key, "GET", "/v1/Services")).toMatchObject({ status: 200, replayed: null });
    }
  });

  it("sent twice is one key with a comma", async () => {
    const [first, second] = [newKey(), newKey()];
    const { status } = await send(`${first}, ${second}`, "POST", "/v1/Conversations");
    expect(status).toBe(201);
    expect((await send(first, "POST", "/v1/Conversations")).replayed).toBeNull();
  });

  it("leaves a repeat what it is when webhooks are turned off for it", async () => {
    const key = newKey();
    await seed.rest.send("POST", "/v1/Conversations", {}, { "Idempotency-Key": key });
    const { headers } = await seed.rest.send(
      "POST",
      "/v1/Conversations",
      {},
      {
        "Idempotency-Key": key,
        "X-Twilio-Webhook-Enabled": "true",
      },
    );
    expect(headers.get("Idempotent-Replayed")).toBe("true");
  });
});
