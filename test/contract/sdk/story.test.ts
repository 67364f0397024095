import type { RestException } from "twilio";
import { beforeAll, describe, expect, it } from "vitest";
import { openSdk, refusal, type Sdk } from "./client.ts";

const PHONE = "+15558675310";
const PROXY = "+15017122661";
const sms = { "messagingBinding.address": PHONE, "messagingBinding.proxyAddress": PROXY };

let sdk: Sdk;
let desk: ReturnType<typeof deskOf>;
/** What the steps hand on. */
const made = { desk: "", role: "", agent: "", ticket: "", customer: "" };

const deskOf = ({ v1 }: Sdk, serviceSid: string) => v1.services(serviceSid);
const sids = (rows: readonly { sid: string }[]) => rows.map((row) => row.sid);
const details = ({ details }: RestException) => details as Record<string, string>;

/** The text of the page that an error leads to. */
async function explanation({ moreInfo }: RestException): Promise<string> {
  return (await sdk.app.fetch(new Request(moreInfo!))).text();
}

beforeAll(async () => {
  sdk = await openSdk();
  const { sid } = await sdk.v1.services.create({ friendlyName: "Support" });
  desk = deskOf(sdk, sid);
  made.desk = sid;
});

describe("a support desk, as programs with Twilio's SDK run it", () => {
  it("gives its agents a role, and makes them users", async () => {
    const permission = ["sendMessage", "editOwnMessage", "leaveConversation"];
    const role = await desk.roles.create({ friendlyName: "agent", type: "conversation", permission });
    expect((await desk.roles(role.sid).fetch()).permissions).toEqual(permission);
    expect((await desk.roles(role.sid).update({ permission: ["sendMessage"] })).permissions).toEqual([
      "sendMessage",
    ]);
    expect(sids(await desk.roles.list())).toContain(role.sid);
    const agent = await desk.users.create({ identity: "dana", friendlyName: "Dana" });
    made.role = role.sid;
    made.agent = agent.sid;
  });

  it("finds the user that is there already by what the refusal says", async () => {
    const error = await refusal(desk.users.create({ identity: "dana" }));
    expect(error).toMatchObject({ status: 409, code: 50201, message: `User already exists: ${made.agent}` });
    expect(details(error)).toEqual({ parameter: "Identity", conflicting_sid: made.agent });
    const found = await desk.users(details(error).conflicting_sid!).fetch();
    expect(found.friendlyName).toBe("Dana");
  });

  it("makes the role what its participants get, and the desk what short paths mean", async () => {
    const defaults = await desk.configuration().fetch();
    const configured = await desk.configuration().update({ defaultConversationRoleSid: made.role });
    expect(configured.toJSON()).toEqual({ ...defaults.toJSON(), defaultConversationRoleSid: made.role });
    const account = await sdk.v1
      .configuration()
      .update({ defaultChatServiceSid: configured.chatServiceSid, defaultInactiveTimer: "PT1H" });
    expect((await sdk.v1.configuration().fetch()).toJSON()).toEqual(account.toJSON());
    expect(sids(await sdk.v1.users.list())).toEqual([made.agent]);
    const error = await refusal(desk.roles(made.role).remove());
    expect([error.status, error.code]).toEqual([409, 20409]);
    expect(await explanation(error)).toContain("Make another role that default");
  });

  it("opens a ticket once, whoever asks for it", async () => {
    const open = async () => {
      try {
        return await desk.conversations.create({ uniqueName: "ticket 1", friendlyName: "Broken door" });
      } catch (error) {
        if ((error as RestException).code !== 50353) throw error;
        return desk.conversations("ticket 1").fetch();
      }
    };
    const ticket = await open();
    expect(ticket.timers.date_inactive).toMatch(/Z$/);
    expect((await open()).sid).toBe(ticket.sid);
    made.ticket = ticket.sid;
  });

  it("brings customer and agent together", async () => {
    const { participants } = desk.conversations(made.ticket);
    const customer = await participants.create(sms);
    const agent = await participants.create({ identity: "dana" });
    expect(agent).toMatchObject({ identity: "dana", roleSid: made.role });
    expect(sids(await participants.list())).toEqual([customer.sid, agent.sid]);
    const error = await refusal(participants.create({ identity: "dana" }));
    expect(error).toMatchObject({ code: 50433, message: `Participant already exists: ${agent.sid}` });
    made.customer = customer.sid;
  });

  it("routes a customer who writes again to the open ticket, which the refusal names", async () => {
    const second = await desk.conversations.create();
    const error = await refusal(desk.conversations(second.sid).participants.create(sms));
    expect([error.status, error.code]).toEqual([409, 50416]);
    expect(/Conversation (CH\w+)$/.exec(error.message)?.[1]).toBe(made.ticket);
    expect(details(error).conflicting_sid).toBe(made.customer);
    expect(await explanation(error)).toContain("is in use by another open conversation");
    expect(await desk.conversations(second.sid).remove()).toBe(true);
  });

  it("carries the talk, and counts what the agent has not read", async () => {
    const { messages } = desk.conversations(made.ticket);
    const dana = desk.users("dana").userConversations(made.ticket);
    await messages.create({ author: PHONE, body: "The door is broken" });
    await dana.update({ lastReadMessageIndex: 0 });
    await messages.create({ author: PHONE, body: "Hello?" });
    const typo = await messages.create({ author: PHONE, body: "Is anyone thre?" });
    expect((await dana.fetch()).unreadMessagesCount).toBe(2);
    await messages(typo.sid).update({ body: "Is anyone there?" });
    const [latest] = await messages.list({ order: "desc", limit: 1 });
    expect(latest).toMatchObject({ sid: typo.sid, index: 2, body: "Is anyone there?", author: PHONE });
    const reply = await messages.create({ author: "dana", body: "On my way", attributes: '{"eta":"10m"}' });
    expect((await messages.list()).map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    await messages(typo.sid).remove();
    const read = await dana.update({ lastReadMessageIndex: reply.index, notificationLevel: "muted" });
    expect(read).toMatchObject({ unreadMessagesCount: 0, notificationLevel: "muted" });
  });

  it("shows who takes part in what, by identity and by number", async () => {
    const { participantConversations } = desk;
    const [byIdentity] = await participantConversations.list({ identity: "dana" });
    const [byAddress] = await participantConversations.list({ address: PHONE });
    for (const found of [byIdentity, byAddress]) {
      expect(found).toMatchObject({ conversationSid: made.ticket, conversationUniqueName: "ticket 1" });
    }
    const [ofUser] = await desk.users("dana").userConversations.list();
    expect(ofUser?.conversationSid).toBe(made.ticket);
    const error = await refusal(participantConversations.list({ identity: "dana", address: PHONE }));
    expect([error.status, error.code]).toEqual([400, 50451]);
  });

  it("is told what is wrong with a parameter, and where that is explained", async () => {
    const { participants } = desk.conversations(made.ticket);
    const error = await refusal(
      participants.create({ "messagingBinding.address": "0900", "messagingBinding.proxyAddress": PROXY }),
    );
    expect(error).toMatchObject({ status: 400, code: 50407, message: "Invalid messaging binding address" });
    expect(details(error)).toEqual({ parameter: "MessagingBinding.Address" });
    expect(await explanation(error)).toContain("+15558675310");
    const lost = await refusal(
      desk
        .conversations(made.ticket)
        .messages(`IM${"0".repeat(32)}`)
        .fetch(),
    );
    expect([lost.status, lost.code, lost.details]).toEqual([404, 20404, undefined]);
  });

  it("closes the ticket, which keeps its talk and frees the number", async () => {
    expect((await desk.conversations(made.ticket).update({ state: "closed" })).state).toBe("closed");
    const late = await refusal(desk.conversations(made.ticket).messages.create({ body: "Too late" }));
    expect([late.status, late.code]).toEqual([400, 50377]);
    expect(await desk.conversations(made.ticket).messages.list()).toHaveLength(3);
    const next = await desk.conversations.create({ uniqueName: "ticket 2" });
    expect(await desk.conversations(next.sid).participants.create(sms)).toMatchObject({
      conversationSid: next.sid,
    });
  });

  it("opens a ticket with everyone in it at once, or tells who can't be", async () => {
    const withParticipants = (number: string) => {
      const binding = { address: number, proxy_address: PROXY };
      const participant = [{ identity: "dana" }, { messaging_binding: binding }].map((one) =>
        JSON.stringify(one),
      );
      return desk.conversationWithParticipants.create({ friendlyName: "Phoned in", participant });
    };
    const opened = await withParticipants("+15558675312");
    expect(opened.state).toBe("active");
    expect(await desk.conversations(opened.sid).participants.list()).toHaveLength(2);
    const error = await refusal(withParticipants(PHONE));
    expect([error.status, error.code]).toEqual([409, 50425]);
    const named = await desk.conversations("ticket 2").fetch();
    expect(error.message).toContain(named.sid);
  });

  it("can't remove a role that someone has, and goes with everything in it", async () => {
    const [before] = (await sdk.v1.services.list()).filter(({ sid }) => sid !== made.desk);
    await sdk.v1.configuration().update({ defaultChatServiceSid: before!.sid });
    const another = await desk.roles.create({
      friendlyName: "x",
      type: "conversation",
      permission: ["sendMessage"],
    });
    await desk.configuration().update({ defaultConversationRoleSid: another.sid });
    const held = await refusal(desk.roles(made.role).remove());
    expect([held.status, held.code]).toEqual([409, 20409]);
    expect(held.message).toMatch(/in use by Participant MB[0-9a-f]{32}$/);
    expect(await desk.users("dana").remove()).toBe(true);
    const { sid } = await desk.conversations("ticket 2").fetch();
    expect(await desk.conversations(sid).participants.list()).toHaveLength(1);
    expect(await desk.conversations(sid).remove()).toBe(true);
    expect(await desk.remove()).toBe(true);
    expect(await refusal(desk.conversations(made.ticket).fetch())).toMatchObject({ code: 20404 });
  });
});
