import { describe, expect, it } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import { newAccount, type Resource, race, refusal, type Seed } from "../setup/seed.ts";

async function newRole({ rest }: Seed, type: "conversation" | "service", base = "/v1"): Promise<Resource> {
  const Permission = type === "service" ? "joinConversation" : "sendMessage";
  return (await rest.post(`${base}/Roles`, { FriendlyName: "guest", Type: type, Permission })).body;
}

/** An account with the path of its default service's configuration. */
async function accountWithConfiguration() {
  const seed = await newAccount();
  const { sid } = (await seed.rest.get("/v1/Services")).body.services[0];
  return { ...seed, path: `/v1/Services/${sid}/Configuration`, serviceSid: sid };
}

describe("the configuration of a service", () => {
  it("of a new one gives three of its roles, and no reachability", async () => {
    const { rest, path } = await accountWithConfiguration();
    const { roles } = (await rest.get("/v1/Roles")).body;
    expect((await rest.get(path)).body).toMatchObject({
      default_conversation_role_sid: roles[0].sid,
      default_conversation_creator_role_sid: roles[1].sid,
      default_chat_service_role_sid: roles[2].sid,
      reachability_enabled: false,
    });
  });

  it("200 with what is named changed, the rest as it was", async () => {
    const seed = await accountWithConfiguration();
    const { rest, path } = seed;
    const { body: before } = await rest.get(path);
    const role = await newRole(seed, "conversation");
    const shouted = `RL${role.sid.slice(2).toUpperCase()}`;
    const form = { DefaultConversationRoleSid: shouted, DefaultChatServiceRoleSid: "" };
    const after = { ...before, default_conversation_role_sid: role.sid };
    expect((await rest.post(path, form)).body).toEqual(after);
    expect(await rest.post(path)).toMatchObject({ status: 200, body: after });
    for (const [given, stored] of [
      ["True", true],
      ["false", false],
    ] as const) {
      const { body } = await rest.post(path, { ReachabilityEnabled: given });
      expect(body).toEqual({ ...after, reachability_enabled: stored });
    }
    expect((await rest.get(path)).body).toEqual(after);
  });

  it("gives the new defaults to those who come from now on, and to nobody else", async () => {
    const seed = await accountWithConfiguration();
    const { rest, path, conversation, participant, user } = seed;
    const made = await conversation();
    const [ann, bob] = [await participant(made, { Identity: "ann" }), await user("bob")];
    const [ofParticipants, ofUsers] = [await newRole(seed, "conversation"), await newRole(seed, "service")];
    const form = { DefaultConversationRoleSid: ofParticipants.sid, DefaultChatServiceRoleSid: ofUsers.sid };
    expect((await rest.post(path, form)).status).toBe(200);
    expect((await participant(made, { Identity: "eve" })).role_sid).toBe(ofParticipants.sid);
    expect((await rest.get("/v1/Users/eve")).body.role_sid).toBe(ofUsers.sid);
    expect((await user("joe")).role_sid).toBe(ofUsers.sid);
    expect((await rest.get(ann.url)).body).toEqual(ann);
    expect((await rest.get(bob.url)).body).toEqual(bob);
  });

  it.each([
    ["DefaultConversationRoleSid", 50109, "service"],
    ["DefaultConversationCreatorRoleSid", 50106, "service"],
    ["DefaultChatServiceRoleSid", 50102, "conversation"],
  ] as const)("400 for a %s (%d) that is none, and nothing changes", async (name, code, wrong) => {
    const seed = await accountWithConfiguration();
    const other = await seed.service();
    const stranger = await newAccount();
    const right = wrong === "service" ? "conversation" : "service";
    const roles = [
      await newRole(seed, wrong),
      await newRole(seed, right, `/v1/Services/${other.sid}`),
      await newRole(stranger, right),
      { sid: `RL${"0".repeat(32)}` },
      { sid: "admin" },
    ];
    const before = await seed.stored();
    for (const { sid } of roles) {
      const form = { [name]: sid, ReachabilityEnabled: "true" };
      expect(await seed.rest.post(seed.path, form)).toMatchObject(refusal(400, code));
    }
    expect(await seed.stored()).toBe(before);
  });

  it("400 20001 for a reachability that is neither true nor false", async () => {
    const { rest, path } = await accountWithConfiguration();
    for (const ReachabilityEnabled of ["", "yes", "1"]) {
      const refused = await rest.post(path, { ReachabilityEnabled });
      expect(refused).toMatchObject(refusal(400, 20001));
      expect(refused.body.details).toEqual({ parameter: "ReachabilityEnabled" });
    }
  });

  it("404 20404 where the service is another account's", async () => {
    const [one, other] = [await accountWithConfiguration(), await newAccount()];
    const before = await one.stored();
    expect(await other.rest.get(one.path)).toMatchObject(refusal(404, 20404));
    expect(await other.rest.post(one.path, { ReachabilityEnabled: "true" })).toMatchObject(
      refusal(404, 20404),
    );
    expect(await one.stored()).toBe(before);
  });

  it("changes over GraphQL too, of the default service where none is named", async () => {
    const seed = await accountWithConfiguration();
    const role = await newRole(seed, "service");
    const payload = "service { sid reachabilityEnabled defaultChatServiceRole { sid } }";
    const input = { defaultChatServiceRoleSid: role.sid, reachabilityEnabled: true };
    const { query, variables } = mutationOf("updateServiceConfiguration", input, payload);
    expect((await seed.graphql(query, variables)).body.data.result).toMatchObject({
      service: {
        sid: seed.serviceSid,
        reachabilityEnabled: true,
        defaultChatServiceRole: { sid: role.sid },
      },
    });
  });
});

describe("a user's reachability", () => {
  it("is null wherever it is read, also where the service has enabled it", async () => {
    const { rest, path, user } = await accountWithConfiguration();
    await user("ann");
    await rest.post(path, { ReachabilityEnabled: "true" });
    const unknown = { is_online: null, is_notifiable: null };
    expect((await rest.get("/v1/Users/ann")).body).toMatchObject(unknown);
    expect((await rest.get("/v1/Users")).body.users).toMatchObject([unknown]);
  });
});

/** The services whose default roles are not there, and those who have a role that is not; there may never be any. */
async function dangling({ query }: Seed) {
  return query(`select h.sid from (
      select sid, unnest(array[default_conversation_role_sid, default_conversation_creator_role_sid,
        default_chat_service_role_sid]) as role_sid from services where account_sid = $1
      union all select sid, role_sid from users where account_sid = $1
      union all select sid, role_sid from participants where account_sid = $1 and role_sid is not null) h
    left join roles r on r.account_sid = $1 and r.sid = h.role_sid where r.sid is null`);
}

describe("changing a default role", () => {
  it("while the role is deleted, is refused with 400, or the deletion is with 409", async () => {
    const seed = await accountWithConfiguration();
    for (let round = 0; round < 8; round++) {
      const role = await newRole(seed, "conversation");
      const form = { DefaultConversationRoleSid: role.sid };
      const tally = await race(8, (n) =>
        n === round ? seed.rest.delete(role.url) : seed.rest.post(seed.path, form),
      );
      const {
        200: set = 0,
        204: deleted = 0,
        "400 50109": late = 0,
        "409 20409": kept = 0,
        ...others
      } = tally;
      expect([deleted + kept, set + late, others]).toEqual([1, 7, {}]);
      expect(await dangling(seed)).toEqual([]);
    }
  });

  it("and deleting the one before, while others join: each gets one that is there", async () => {
    const seed = await accountWithConfiguration();
    const { rest, path, conversation } = seed;
    let [ofParticipants, ofUsers] = [await newRole(seed, "conversation"), await newRole(seed, "service")];
    const set = () =>
      rest.post(path, {
        DefaultConversationRoleSid: ofParticipants.sid,
        DefaultChatServiceRoleSid: ofUsers.sid,
      });
    await set();
    for (let round = 0; round < 6; round++) {
      const made: Resource[] = [];
      for (let i = 0; i < 6; i++) made.push(await conversation());
      const before = [ofParticipants, ofUsers];
      [ofParticipants, ofUsers] = [await newRole(seed, "conversation"), await newRole(seed, "service")];
      const change = async () => {
        expect((await set()).status).toBe(200);
        for (const role of before) expect([204, 409]).toContain((await rest.delete(role.url)).status);
      };
      const [tally] = await Promise.all([
        race(24, (n) =>
          n % 2
            ? rest.post("/v1/Users", { Identity: `user-${round}-${n}` })
            : rest.post(made[n % 6].links.participants, { Identity: `in-${round}-${n}` }),
        ),
        change(),
      ]);
      expect(tally).toEqual({ 201: 24 });
      expect(await dangling(seed)).toEqual([]);
    }
  });
});
