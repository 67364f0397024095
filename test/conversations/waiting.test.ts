import { describe, expect, inject, it, vi } from "vitest";
import { openPostgres } from "../../src/db/postgres.ts";
import type { Answer } from "../setup/clients.ts";
import { POOL } from "../setup/database.ts";
import { appAt, newAccount, refusal } from "../setup/seed.ts";

describe.skipIf(inject("databaseUrl") === null)(
  "a write that waits for a conversation (on real Postgres)",
  () => {
    it.each([
      ["an update", { State: "active" }, "", "lockConversation"],
      ["joining", { Identity: "ann" }, "/Participants", "countParticipants"],
    ] as const)("400 50377 for %s when its time comes meanwhile", async (_, form, path, statement) => {
      const { app, pass } = await appAt("2020-01-01T00:00:00Z");
      const { rest, conversation } = await newAccount(app);
      const { sid } = await conversation({ State: "inactive", "Timers.Closed": "PT10M" });
      // No statement waits for longer than what is left now.
      pass(550);
      const url = inject("databaseUrl")!;
      const [holder, watcher] = [openPostgres({ ...POOL, url }), openPostgres({ ...POOL, url })];
      const blocked = {
        name: "blocked",
        text: "select query from pg_stat_activity where $1 = any(pg_blocking_pids(pid))",
      };
      let waiting: Promise<Answer> | undefined;
      await holder.transaction(async (tx) => {
        const hold = "select 1 from conversations where sid = $1 for update";
        await tx.execute({ name: "hold", text: hold }, [sid]);
        const [[pid] = []] = await tx.execute({ name: "pid", text: "select pg_backend_pid()" }, []);
        waiting = rest.post(`/v1/Conversations/${sid}${path}`, form);
        await vi.waitFor(
          async () => expect(`${await watcher.execute(blocked, [pid])}`).toContain(`/* ${statement} */`),
          3000,
        );
        pass(51);
      });
      expect(await waiting).toMatchObject(refusal(400, 50377));
      await Promise.all([holder.close(), watcher.close()]);
    });
  },
);
