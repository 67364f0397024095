import { describe, expect, inject, it, vi } from "vitest";
import { openPostgres } from "../../src/db/postgres.ts";
import type { Answer } from "../setup/clients.ts";
import { POOL } from "../setup/database.ts";
import { appAt, newAccount, refusal } from "../setup/seed.ts";

describe.skipIf(inject("databaseUrl") === null)(
  "a write that waits for a conversation (on real Postgres)",
  () => {
    const writes = [
      ["an update", { State: "active" }, ""],
      ["joining", { Identity: "ann" }, "/Participants"],
    ] as const;

    it.each(writes)("400 50377 for %s when its time comes meanwhile", async (_, form, path) => {
      const { app, pass } = await appAt("2020-01-01T00:00:00Z");
      const { rest, conversation } = await newAccount(app);
      const { sid, links, url } = await conversation({ State: "inactive", "Timers.Closed": "PT10M" });
      expect(links.participants).toContain(url);
      const other = openPostgres({ ...POOL, url: inject("databaseUrl")! });
      let waiting: Promise<Answer> | undefined;
      await other.transaction(async (tx) => {
        await tx.execute({ name: "hold", text: "select 1 from conversations where sid = $1 for update" }, [
          sid,
        ]);
        waiting = rest.post(`/v1/Conversations/${sid}${path}`, form);
        await vi.waitFor(async () => {
          const blocked =
            "select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and query like $1";
          const [[count]] = (await tx.execute({ name: "blocked", text: blocked }, ["%onversation%"])) as [
            [number],
          ];
          expect(count).toBeGreaterThan(0);
        });
        pass(601);
      });
      expect(await waiting).toMatchObject(refusal(400, 50377));
      await other.close();
    });
  },
);
