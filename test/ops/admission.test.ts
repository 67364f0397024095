import { describe, expect, it } from "vitest";
import { createAdmission } from "../../src/core/admission.ts";
import { createTestApp } from "../setup/app.ts";
import { newAccount } from "../setup/seed.ts";

const MUTATION = `mutation ($input: CreateUserInput!) {
  createUser(input: $input) { ... on CreateUserPayload { user { identity } } }
}`;

describe("more requests at once than are taken in", () => {
  it("are refused with 503 20503 and Retry-After, and have done nothing; the others are done", async () => {
    const { rest, graphql } = await newAccount(await createTestApp({ admission: createAdmission(3) }));
    const done: string[] = [];
    const writes = Array.from({ length: 40 }, async (_, at) => {
      const identity = `user-${at}`;
      const isRest = at % 2 === 0;
      const { status, headers, body } = isRest
        ? await rest.post("/v1/Users", { Identity: identity })
        : await graphql(MUTATION, { input: { identity } });
      if (status === 503) {
        expect(headers.get("Retry-After")).toBe("1");
        expect(isRest ? body : body.errors[0].extensions).toMatchObject(
          isRest ? { code: 20503 } : { code: "UNAVAILABLE", twilioCode: 20503 },
        );
      } else {
        expect(isRest ? [status, body.identity] : [status, body.data.createUser.user.identity]).toEqual([
          isRest ? 201 : 200,
          identity,
        ]);
        done.push(identity);
      }
    });
    await Promise.all(writes);
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(40);

    const { body } = await rest.get("/v1/Users", { PageSize: "100" });
    expect(body.users.map((user: { identity: string }) => user.identity).sort()).toEqual(done.sort());
  });
});
