import { serverAudits } from "graphql-http";
import { beforeAll, describe, it } from "vitest";
import { createTestApp, PUBLIC_URL, type TestApp } from "../setup/app.ts";

describe("GraphQL over HTTP", () => {
  let app: TestApp;
  let authorization: string;

  beforeAll(async () => {
    app = await createTestApp();
    ({ authorization } = await app.account());
  });

  const audits = serverAudits({
    url: `${PUBLIC_URL}/graphql`,
    fetchFn: (url: string, init?: RequestInit) => {
      const request = new Request(url, init);
      request.headers.set("authorization", authorization);
      return app.fetch(request);
    },
  });

  it.each(audits.map((audit) => [audit.name, audit] as const))("%s", async (_, audit) => {
    const { status, ...result } = await audit.fn();
    if (status !== "ok") throw new Error("reason" in result ? result.reason : status);
  });
});
