import { describe, expect, it } from "vitest";
import { findRole } from "../../src/roles/resolvers.ts";
import { serviceOf } from "../../src/services/resolvers.ts";
import type { Form } from "../setup/clients.ts";
import { binding, native, newAccount, projected, refusal } from "../setup/seed.ts";

async function accountWithRoles() {
  const seed = await newAccount();
  const other = await seed.service();
  const roles = await serviceOf(seed.context());
  const foreign = await serviceOf(seed.context(), other.sid);
  return { ...seed, roles, foreign };
}

describe("RoleSid of a participant", () => {
  it("is the service's default role for who chats or has a proxy, none for a native member", async () => {
    const { conversation, participant, roles } = await accountWithRoles();
    const made = await conversation();
    const standard = roles.defaultConversationRoleSid;
    const sidOf = async (form: Form) => (await participant(made, form)).role_sid;
    expect(await sidOf({ Identity: "ann" })).toBe(standard);
    expect(await sidOf({ Identity: "bob", RoleSid: "" })).toBe(standard);
    expect(await sidOf(projected("+15550000009", "eve"))).toBe(standard);
    expect(await sidOf(binding("+15550000001", "+15550000002"))).toBe(standard);
    expect(await sidOf(native("+15550000001"))).toBeNull();
  });

  it("is the one given, at creation and at a change, in either case of its digits", async () => {
    const { rest, conversation, participant, roles } = await accountWithRoles();
    const admin = roles.defaultConversationCreatorRoleSid;
    const shouted = `RL${admin.slice(2).toUpperCase()}`;
    const made = await conversation();
    expect((await participant(made, { Identity: "ann", RoleSid: admin })).role_sid).toBe(admin);
    expect((await participant(made, { ...native("+15550000001"), RoleSid: shouted })).role_sid).toBe(admin);
    const bob = await participant(made, { Identity: "bob" });
    expect((await rest.post(bob.url, { RoleSid: admin })).body.role_sid).toBe(admin);
    expect((await rest.post(bob.url)).body.role_sid).toBe(admin);
    expect((await rest.post(bob.url, { RoleSid: "" })).body.role_sid).toBe(admin);
  });

  it("becomes the default one when a native member gets a proxy, or a projected one an identity", async () => {
    const { rest, conversation, participant, roles } = await accountWithRoles();
    const made = await conversation();
    const member = await participant(made, native("+15550000001"));
    const nameless = await participant(made, projected("+15550000003"));
    const bound = await rest.post(member.url, { "MessagingBinding.ProxyAddress": "+15550000002" });
    const named = await rest.post(nameless.url, { Identity: "ann" });
    expect(bound.body.role_sid).toBe(roles.defaultConversationRoleSid);
    expect(named.body.role_sid).toBe(roles.defaultConversationRoleSid);
  });

  it.each([
    [50100, "that is not there", () => `RL${"0".repeat(32)}`],
    [50100, "of another service", (s: Accounts) => s.foreign.defaultConversationRoleSid],
    [50100, "that is no SID", () => "admin"],
    [50100, "that is a SID of something else", (s: Accounts) => s.roles.sid],
    [50105, "of the type for users", (s: Accounts) => s.roles.defaultChatServiceRoleSid],
  ])("400 %d for a role %s, and nothing changes", async (code, _, roleOf) => {
    const seed = await accountWithRoles();
    const made = await seed.conversation();
    const ann = await seed.participant(made, { Identity: "ann" });
    const before = await seed.stored();
    const form = { RoleSid: roleOf(seed), Attributes: '{"a":1}' };
    expect(await seed.rest.post(ann.url, form)).toMatchObject(refusal(400, code));
    const bob = await seed.rest.post(made.links.participants, { Identity: "bob", ...form });
    expect(bob).toMatchObject(refusal(400, code));
    expect(await seed.stored()).toBe(before);
  });
});

type Accounts = Awaited<ReturnType<typeof accountWithRoles>>;

describe("roles of a new service", () => {
  it("are of the right types, and of their own service", async () => {
    const { context, roles, foreign } = await accountWithRoles();
    for (const service of [roles, foreign]) {
      const typeOf = async (sid: string) => {
        const role = await findRole(context(), sid);
        return [role?.chatServiceSid === service.sid, role?.type, role?.friendlyName];
      };
      expect(await typeOf(service.defaultConversationRoleSid)).toEqual([
        true,
        "conversation",
        "conversation user",
      ]);
      expect(await typeOf(service.defaultConversationCreatorRoleSid)).toEqual([
        true,
        "conversation",
        "conversation admin",
      ]);
      expect(await typeOf(service.defaultChatServiceRoleSid)).toEqual([true, "service", "service user"]);
    }
  });
});
