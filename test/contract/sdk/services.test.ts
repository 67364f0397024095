import { describe, expect, it } from "vitest";
import { openSdk, refusal } from "./client.ts";

describe("services", () => {
  it("are created, fetched, listed and removed", async () => {
    const { v1, account } = await openSdk();
    const [first] = await v1.services.list();
    const created = await v1.services.create({ friendlyName: "Home Service" });
    expect(created).toMatchObject({ accountSid: account.sid, friendlyName: "Home Service" });
    const fetched = await v1.services(created.sid).fetch();
    expect(fetched.toJSON()).toEqual(created.toJSON());
    const sids = (rows: readonly { sid: string }[]) => rows.map((row) => row.sid);
    const all = [first!.sid, created.sid];
    expect(sids(await v1.services.list())).toEqual(all);
    expect(sids(await v1.services.list({ pageSize: 1 }))).toEqual(all);
    expect(sids(await v1.services.list({ limit: 1 }))).toEqual(all.slice(0, 1));
    const page = await v1.services.page({ pageSize: 1 });
    const next = await v1.services.getPage(page.nextPageUrl!);
    expect(sids(next.instances)).toEqual(all.slice(1));
    expect(sids((await next.previousPage())!.instances)).toEqual(all.slice(0, 1));
    expect(await fetched.remove()).toBe(true);
    expect(await refusal(fetched.fetch())).toMatchObject({ status: 404, code: 20404 });
    expect(await refusal(v1.services(first!.sid).remove())).toMatchObject({ status: 409, code: 20409 });
  });
});
