import { describe, expect, it } from "vitest";
import { encodeNodeId } from "../../src/graphql/id.ts";
import { addParticipant } from "../../src/participants/joining/resolvers.ts";
import { getRole } from "../../src/roles/resolvers.ts";
import { serviceOf } from "../../src/services/resolvers.ts";
import { createUser } from "../../src/users/resolvers.ts";
import { mutationOf } from "../contract/operations.graphql.ts";
import { newAccount, type Resource, race, refusal, type Seed } from "../setup/seed.ts";

async function newRole({ rest }: Seed, type: "conversation" | "service"): Promise<Resource> {
  const Permission = type === "service" ? "joinConversation" : "sendMessage";
  return (await rest.post("/v1/Roles", { FriendlyName: "guest", Type: type, Permission })).body;
}

describe("delete a role", () => {
  it("204 for one that nobody has, also any more, and nothing else goes", async () => {
    const seed = await newAccount();
    const before = await seed.stored();
    const role = await newRole(seed, "conversation");
    const made = await seed.conversation();
    await seed.participant(made, { Identity: "ann", RoleSid: role.sid });
    await seed.rest.delete(made.url);
    await seed.rest.delete("/v1/Users/ann");
    expect((await seed.rest.delete(role.url)).status).toBe(204);
    expect(await seed.rest.delete(role.url)).toMatchObject(refusal(404, 20404));
    expect(await seed.stored()).toBe(before);
  });

  it("409 20409 for one that someone has, who is named, and nothing changes", async () => {
    const seed = await newAccount();
    const [ofUsers, ofParticipants] = [await newRole(seed, "service"), await newRole(seed, "conversation")];
    const user = await seed.user("ann", { RoleSid: ofUsers.sid });
    const made = await seed.conversation();
    const participant = await seed.participant(made, { Identity: "bob", RoleSid: ofParticipants.sid });
    await seed.rest.post(made.url, { State: "closed" });
    const before = await seed.stored();
    for (const [role, type, holder] of [
      [ofUsers, "User", user],
      [ofParticipants, "Participant", participant],
    ]) {
      const refused = await seed.rest.delete(role.url);
      expect(refused).toMatchObject(refusal(409, 20409));
      expect(refused.body.message).toBe(`The role is in use by ${type} ${holder.sid}`);
      const payload = "... on ConflictError { conflicting { id } }";
      const { query, variables } = mutationOf("deleteRole", { sid: role.sid });
      const { body } = await seed.graphql(
        query.replace("... on Error", `${payload} ... on Error`),
        variables,
      );
      expect(body.data.result).toMatchObject({
        code: "ROLE_IN_USE",
        conflicting: { id: encodeNodeId(type, holder.sid) },
      });
    }
    expect(await seed.stored()).toBe(before);
  });

  it("409 20409 for each default of a new service, which is named, and nothing changes", async () => {
    const { rest, conversation, stored } = await newAccount();
    const { chat_service_sid } = await conversation();
    const { roles } = (await rest.get("/v1/Roles")).body;
    const before = await stored();
    for (const role of roles.slice(0, 3)) {
      const refused = await rest.delete(role.url);
      expect(refused).toMatchObject(refusal(409, 20409));
      expect(refused.body.message).toBe(`The role is a default of Service ${chat_service_sid}`);
    }
    expect(await stored()).toBe(before);
    expect((await rest.delete(roles[3].url)).status).toBe(204);
  });
});

describe("a role that was read before it is deleted", () => {
  it("is 400 50100 for the request that names it", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const role = await newRole(seed, "conversation");
    const ctx = seed.context();
    await getRole(ctx, { role: role.sid });
    await seed.rest.delete(role.url);
    const joining = addParticipant(ctx, { conversation: made.sid, identity: "ann", roleSid: role.sid });
    await expect(joining).rejects.toMatchObject({ code: "ROLE_NOT_FOUND", parameter: "roleSid" });
    expect((await seed.rest.get("/v1/Users")).body.users).toEqual([]);
  });

  it("gives way to the default role of now where it was that before", async () => {
    const seed = await newAccount();
    const made = await seed.conversation();
    const replace = async () => {
      const roles = [await newRole(seed, "conversation"), await newRole(seed, "service")];
      const { status } = await seed.rest.post(`/v1/Services/${made.chat_service_sid}/Configuration`, {
        DefaultConversationRoleSid: roles[0].sid,
        DefaultChatServiceRoleSid: roles[1].sid,
      });
      expect(status).toBe(200);
      return roles;
    };
    const before = await replace();
    const [one, another] = [seed.context(), seed.context()];
    for (const ctx of [one, another]) await serviceOf(ctx);
    const [ofParticipants, ofUsers] = await replace();
    for (const role of before) expect((await seed.rest.delete(role.url)).status).toBe(204);
    const ann = await addParticipant(one, { conversation: made.sid, identity: "ann" });
    expect(ann.roleSid).toBe(ofParticipants.sid);
    expect((await seed.rest.get("/v1/Users/ann")).body.role_sid).toBe(ofUsers.sid);
    expect((await createUser(another, { identity: "bob" })).roleSid).toBe(ofUsers.sid);
  });
});

/** Those who have a role that is not there; there may never be any. */
async function dangling({ query }: Seed) {
  return query(`select h.sid from (
      select sid, role_sid from users where account_sid = $1
      union all select sid, role_sid from participants where account_sid = $1 and role_sid is not null) h
    left join roles r on r.account_sid = $1 and r.sid = h.role_sid where r.sid is null`);
}

describe("deleting a role while others are given it", () => {
  it("is refused, or refuses them with 400 50100", async () => {
    const seed = await newAccount();
    const { rest } = seed;
    for (let round = 0; round < 6; round++) {
      const roles = [await newRole(seed, "conversation"), await newRole(seed, "service")];
      const made: Resource[] = [];
      for (let i = 0; i < 4; i++) made.push(await seed.conversation());
      const joined = await seed.participant(made[0], { Identity: "ann" });
      const bob = await seed.user(`bob-${round}`);
      const tally = await race(26, (n) => {
        const [ofParticipants, ofUsers] = roles.map((role) => ({ RoleSid: role.sid }));
        if (n === 4 * round || n === 4 * round + 1) return rest.delete(roles[n % 2].url);
        if (n === 25) return rest.post(joined.url, ofParticipants!);
        if (n === 24) return rest.post(bob.url, ofUsers!);
        if (n % 2) return rest.post("/v1/Users", { Identity: `${round}-${n}`, ...ofUsers });
        return rest.post(made[n % 4].links.participants, { Identity: `in-${round}-${n}`, ...ofParticipants });
      });
      const { 200: _, 201: __, 204: deleted = 0, "409 20409": kept = 0, ...others } = tally;
      delete others["400 50100"];
      expect([deleted + kept, others]).toEqual([2, {}]);
      expect(await dangling(seed)).toEqual([]);
    }
  });
});
