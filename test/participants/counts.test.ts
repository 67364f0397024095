import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binding, native, newAccount, projected, type Resource, type Seed } from "../setup/seed.ts";

const WHO = Array.from({ length: 5 }, (_, n) => n);
const number = (n: number) => `+1555000000${n}`;

type Step = { do: string; who: number; where: number };

const step = fc.record<Step>({
  do: fc.constantFrom("chat", "sms", "native", "projected", "name", "remove", "leave", "delete user"),
  who: fc.constantFrom(...WHO),
  where: fc.integer({ min: 0, max: 2 }),
});

async function take({ rest }: Seed, conversation: Resource, { do: what, who, where }: Step) {
  const path = conversation.links.participants;
  const identity = `user-${who}`;
  const any = async (matches: (one: Resource) => boolean) =>
    (await rest.get(path)).body.participants.filter(matches).at(who);
  switch (what) {
    case "chat":
      return rest.post(path, { Identity: identity });
    case "sms":
      return rest.post(path, binding(number(who), `+1555100000${where}`));
    case "native":
      return rest.post(path, native(number(who)));
    case "projected":
      return rest.post(path, projected(`+1555200000${who}`));
    case "name": {
      const one = await any((it) => it.identity === null && it.messaging_binding?.projected_address);
      return one && rest.post(one.url, { Identity: identity });
    }
    case "remove": {
      const one = await any(() => true);
      return one && rest.delete(one.url);
    }
    case "leave":
      return rest.delete(`/v1/Users/${identity}/Conversations/${conversation.sid}`);
    default:
      return rest.delete(`/v1/Users/${identity}`);
  }
}

describe("counts of a conversation", () => {
  it("equal its rows after any storm of joining, naming, leaving and deleting users", async () => {
    const workers = fc.array(fc.array(step, { minLength: 6, maxLength: 12 }), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(workers, async (all) => {
        const seed = await newAccount();
        const made = [await seed.conversation(), await seed.conversation(), await seed.conversation()];
        await Promise.all(
          all.map(async (steps) => {
            for (const next of steps) {
              const answer = await take(seed, made[next.where], next);
              expect([undefined, 200, 201, 204, 400, 404, 409], JSON.stringify(answer?.body)).toContain(
                answer?.status,
              );
            }
          }),
        );
        const wrong = await seed.query(`select * from (
          select c.sid, c.participant_count, c.non_chat_count, count(p.sid) as all,
            count(p.sid) filter (where p.identity is null) as non_chat
          from conversations c left join participants p
            on p.account_sid = c.account_sid and p.conversation_sid = c.sid
          where c.account_sid = $1 group by c.account_sid, c.sid
        ) counted where participant_count <> "all" or non_chat_count <> non_chat`);
        expect(wrong).toEqual([]);
      }),
      { numRuns: 6 },
    );
  }, 120_000);
});
