import { beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../src/routes.ts";
import { PUBLIC_URL } from "../setup/app.ts";
import { newAccount, refusal, type Seed } from "../setup/seed.ts";
import { publishedOperations } from "./coverage.ts";
import { createObjects, type Objects } from "./objects.ts";

const published = publishedOperations();
const absent = published.filter(({ here }) => here !== "supported");

let seed: Seed;
/** What the paths name, so that it is the operation that is not found: at `/v1`, and below a service. */
let ofDefault: Objects;
let ofOther: Objects;
beforeAll(async () => {
  seed = await newAccount();
  ofDefault = await createObjects(seed.rest, (await seed.conversation()).chat_service_sid);
  ofOther = await createObjects(seed.rest);
});

describe("COVERAGE.md", () => {
  it("lists the 103 published operations, each once", () => {
    expect(new Set(published.map(({ operationId }) => operationId)).size).toBe(103);
    expect(published).toHaveLength(103);
  });

  it("calls supported what the route table has, and nothing else", () => {
    const supported = published.filter(({ here }) => here === "supported");
    const line = ({ method, path, operationId }: { method: string; path: string; operationId: string }) =>
      `${method} ${path} ${operationId}`;
    expect(routes.map(line).sort()).toEqual(supported.map(line).sort());
  });
});

describe.each(absent)("$method $path, which is not offered", ({ method, path }) => {
  const target = () => {
    const { serviceSid, conversation, message } = path.includes("/Services") ? ofOther : ofDefault;
    return path
      .replace("{ChatServiceSid}", serviceSid)
      .replace("{ConversationSid}", conversation.sid)
      .replace("{MessageSid}", message.sid)
      .replace("{Sid}", `WH${"0".repeat(32)}`);
  };

  it("404 20404, with whatever method", async () => {
    for (const used of new Set([method, "GET", "POST", "DELETE"])) {
      expect(await seed.rest.send(used, target())).toMatchObject(refusal(404, 20404));
    }
  });

  it("401 20003 without credentials", async () => {
    const response = await seed.app.fetch(new Request(`${PUBLIC_URL}${target()}`, { method }));
    expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ code: 20003 })]);
  });
});
