import { describe, expect, it } from "vitest";
import { openSdk, refusal } from "./client.ts";

describe("configuration()", () => {
  it("is fetched and updated, and rules what comes after", async () => {
    const { v1, account } = await openSdk();
    const { sid: serviceSid } = await v1.services.create({ friendlyName: "Home Service" });
    const before = await v1.configuration().fetch();
    expect(before).toMatchObject({ accountSid: account.sid, defaultInactiveTimer: null });
    const messagingServiceSid = `MG${"a".repeat(32)}`;
    const updated = await v1.configuration().update({
      defaultChatServiceSid: serviceSid,
      defaultMessagingServiceSid: messagingServiceSid,
      defaultInactiveTimer: "PT1H",
      defaultClosedTimer: "P1D",
    });
    expect(updated).toMatchObject({
      defaultChatServiceSid: serviceSid,
      defaultMessagingServiceSid: messagingServiceSid,
      defaultInactiveTimer: "PT1H",
      defaultClosedTimer: "P1D",
    });
    expect((await v1.configuration().fetch()).toJSON()).toEqual(updated.toJSON());
    const made = await v1.conversations.create();
    expect(made).toMatchObject({ chatServiceSid: serviceSid, messagingServiceSid });
    expect(Object.keys(made.timers).sort()).toEqual(["date_closed", "date_inactive"]);
    const unknown = v1.configuration().update({ defaultChatServiceSid: `IS${"0".repeat(32)}` });
    expect(await refusal(unknown)).toMatchObject({ status: 400, code: 50050 });
  });
});

describe("services(sid).configuration()", () => {
  it("is fetched and updated, and gives its roles to those who come", async () => {
    const { v1 } = await openSdk();
    const { sid } = await v1.services.create({ friendlyName: "Home Service" });
    const service = v1.services(sid);
    const role = await service.roles.create({
      friendlyName: "guest",
      type: "conversation",
      permission: ["sendMessage"],
    });
    const before = await service.configuration().fetch();
    expect(before).toMatchObject({ chatServiceSid: sid, reachabilityEnabled: false });
    const updated = await service
      .configuration()
      .update({ defaultConversationRoleSid: role.sid, reachabilityEnabled: true });
    expect(updated.toJSON()).toEqual({
      ...before.toJSON(),
      defaultConversationRoleSid: role.sid,
      reachabilityEnabled: true,
    });
    const made = await service.conversations.create();
    const ann = await service.conversations(made.sid).participants.create({ identity: "ann" });
    expect(ann.roleSid).toBe(role.sid);
    const wrong = service.configuration().update({ defaultChatServiceRoleSid: role.sid });
    expect(await refusal(wrong)).toMatchObject({ status: 400, code: 50102 });
  });
});
