import { beforeAll, describe, expect, it } from "vitest";
import { openRest, type RestClient } from "./client.ts";

let rest: RestClient;
let service: string;
let base: string;
beforeAll(async () => {
  rest = await openRest();
  base = `${rest.publicUrl}/v1`;
  service = (await rest.post("/v1/Conversations")).body.chat_service_sid;
});

const DATE = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const sid = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}[0-9a-f]{32}$`));
const unique = () => crypto.randomUUID();
/** As a client writes names it does not encode by the WHATWG rules. */
const segment = (text: string) => encodeURIComponent(text);

describe("Service", () => {
  it("201 with every key, and 204 once deleted", async () => {
    const { status, body } = await rest.post("/v1/Services", { FriendlyName: "Home Service" });
    const self = `${base}/Services/${body.sid}`;
    expect(status).toBe(201);
    expect(body).toEqual({
      sid: sid("IS"),
      account_sid: rest.accountSid,
      friendly_name: "Home Service",
      date_created: DATE,
      date_updated: DATE,
      url: self,
      links: {
        conversations: `${self}/Conversations`,
        users: `${self}/Users`,
        roles: `${self}/Roles`,
        bindings: `${self}/Bindings`,
        configuration: `${self}/Configuration`,
        participant_conversations: `${self}/ParticipantConversations`,
        conversation_with_participants: `${self}/ConversationWithParticipants`,
      },
    });
    expect((await rest.get(`/v1/Services/${body.sid}`)).body).toEqual(body);
    expect((await rest.get("/v1/Services")).body.services).toContainEqual(body);
    expect((await rest.delete(`/v1/Services/${body.sid}`)).status).toBe(204);
    expect((await rest.get(`/v1/Services/${body.sid}`)).status).toBe(404);
  });

  it("400 50000 without a name, 409 20409 when the default one is deleted", async () => {
    expect((await rest.post("/v1/Services")).body).toMatchObject({ status: 400, code: 50000 });
    expect((await rest.delete(`/v1/Services/${service}`)).body).toMatchObject({ status: 409, code: 20409 });
  });
});

describe("Configuration", () => {
  it("200 with every key, of a service and of the account", async () => {
    const self = `${base}/Services/${service}/Configuration`;
    const path = new URL(self).pathname;
    const { status, body } = await rest.get(path);
    expect(status).toBe(200);
    expect(body).toEqual({
      chat_service_sid: service,
      default_conversation_creator_role_sid: sid("RL"),
      default_conversation_role_sid: sid("RL"),
      default_chat_service_role_sid: sid("RL"),
      reachability_enabled: false,
      url: self,
      links: { notifications: `${self}/Notifications`, webhooks: `${self}/Webhooks` },
    });
    expect((await rest.post(path)).body).toEqual(body);
    const account = await rest.get("/v1/Configuration");
    expect(account.body).toEqual({
      account_sid: rest.accountSid,
      default_chat_service_sid: service,
      default_messaging_service_sid: null,
      default_inactive_timer: null,
      default_closed_timer: null,
      url: `${base}/Configuration`,
      links: { service: self, webhooks: `${base}/Configuration/Webhooks` },
    });
    expect((await rest.post("/v1/Configuration")).body).toEqual(account.body);
  });
});

describe("Role", () => {
  it("201 with every key, below a service too, and 204 once deleted", async () => {
    for (const root of [base, `${base}/Services/${service}`]) {
      const path = new URL(`${root}/Roles`).pathname;
      const form = { FriendlyName: "guest", Type: "conversation", Permission: "sendMessage" };
      const { status, body } = await rest.post(path, form);
      expect(status).toBe(201);
      expect(body).toEqual({
        sid: sid("RL"),
        account_sid: rest.accountSid,
        chat_service_sid: service,
        friendly_name: "guest",
        type: "conversation",
        permissions: ["sendMessage"],
        date_created: DATE,
        date_updated: DATE,
        url: `${root}/Roles/${body.sid}`,
      });
      expect((await rest.get(`${path}/${body.sid}`)).body).toEqual(body);
      expect((await rest.get(path)).body.roles).toContainEqual(body);
      expect((await rest.delete(`${path}/${body.sid}`)).status).toBe(204);
    }
  });
});

describe("Conversation", () => {
  it("201 with every key, null where empty", async () => {
    const { status, body } = await rest.post("/v1/Conversations");
    const self = `${base}/Conversations/${body.sid}`;
    expect(status).toBe(201);
    expect(body).toEqual({
      sid: sid("CH"),
      account_sid: rest.accountSid,
      chat_service_sid: sid("IS"),
      messaging_service_sid: null,
      friendly_name: null,
      unique_name: null,
      attributes: "{}",
      date_created: DATE,
      date_updated: DATE,
      state: "active",
      timers: {},
      bindings: {},
      url: self,
      links: {
        participants: `${self}/Participants`,
        messages: `${self}/Messages`,
        webhooks: `${self}/Webhooks`,
        export: `${self}/Export`,
      },
    });
    expect((await rest.get(`/v1/Conversations/${body.sid}`)).body).toEqual(body);
    expect((await rest.get("/v1/Conversations")).body.conversations).toContainEqual(body);
  });

  it("has the longer URLs below its service", async () => {
    const { body } = await rest.post(`/v1/Services/${service}/Conversations`);
    const self = `${base}/Services/${service}/Conversations/${body.sid}`;
    expect([body.url, body.links]).toEqual([
      self,
      {
        participants: `${self}/Participants`,
        messages: `${self}/Messages`,
        webhooks: `${self}/Webhooks`,
        export: `${self}/Export`,
      },
    ]);
    const upper = `IS${service.slice(2).toUpperCase()}`;
    expect((await rest.get(`/v1/Services/${upper}/Conversations/${body.sid}`)).body).toEqual(body);
  });

  it("takes every parameter", async () => {
    const form = {
      FriendlyName: "Home Repair Visit",
      UniqueName: `visit/${unique()}`,
      Attributes: '{ "topic": "feedback" }',
      MessagingServiceSid: `MG${"a".repeat(32)}`,
      State: "inactive",
      "Timers.Inactive": "PT10M",
      "Timers.Closed": "P1D",
      "Bindings.Email.Address": "visit@example.com",
      "Bindings.Email.Name": "Visit",
      DateCreated: "2015-12-16T22:18:37Z",
      DateUpdated: "2015-12-16T22:18:38.5+01:00",
    };
    const { body } = await rest.post("/v1/Conversations", form);
    expect(body).toMatchObject({
      friendly_name: form.FriendlyName,
      unique_name: form.UniqueName,
      attributes: form.Attributes,
      messaging_service_sid: form.MessagingServiceSid,
      state: "inactive",
      timers: { date_closed: DATE },
      bindings: { email: { address: "visit@example.com", name: "Visit" } },
      date_created: "2015-12-16T22:18:37Z",
      date_updated: "2015-12-16T21:18:38Z",
    });
    expect((await rest.get(`/v1/Conversations/${segment(form.UniqueName)}`)).body).toEqual(body);
  });

  it("200 for an update, an empty one too; empty texts clear", async () => {
    const name = unique();
    const { body } = await rest.post("/v1/Conversations", { FriendlyName: "x", UniqueName: name });
    const same = await rest.post(`/v1/Conversations/${name}`);
    expect([same.status, same.body.unique_name]).toEqual([200, name]);
    const cleared = await rest.post(`/v1/Conversations/${body.sid}`, {
      FriendlyName: "",
      UniqueName: "",
      Attributes: "",
    });
    expect(cleared.body).toMatchObject({ friendly_name: null, unique_name: null, attributes: "{}" });
  });

  it("lists by state and by date of creation", async () => {
    const { body } = await rest.post("/v1/Conversations", {
      DateCreated: "2001-02-03T04:05:06Z",
      State: "inactive",
    });
    const within = "StartDate=2001-02-03T00:00:00Z&EndDate=2001-02-03T23:59:59Z";
    expect((await rest.get(`/v1/Conversations?${within}`)).body.conversations).toEqual([body]);
    expect((await rest.get(`/v1/Conversations?${within}&State=active`)).body.conversations).toEqual([]);
    expect((await rest.get(`/v1/Conversations?${within}&State=inactive`)).body.conversations).toEqual([body]);
    expect(
      (await rest.get("/v1/Conversations?StartDate=2001-02-03T00:00:00Z&EndDate=2001-02-02T00:00:00Z")).body
        .code,
    ).toBe(50396);
    expect((await rest.get("/v1/Conversations?State=initializing")).body.code).toBe(50378);
  });

  it("204 when deleted", async () => {
    const { sid } = (await rest.post("/v1/Conversations")).body;
    expect((await rest.delete(`/v1/Conversations/${sid}`)).status).toBe(204);
    expect((await rest.delete(`/v1/Conversations/${sid}`)).body.code).toBe(20404);
  });
});

describe("Participant", () => {
  let conversation: string;
  beforeAll(async () => {
    conversation = (await rest.post("/v1/Conversations")).body.sid;
  });
  const participants = () => `/v1/Conversations/${conversation}/Participants`;

  it("201 for a chat participant, with every key", async () => {
    const identity = unique();
    const { status, body } = await rest.post(participants(), {
      Identity: identity,
      Attributes: '{ "role": "driver" }',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      account_sid: rest.accountSid,
      conversation_sid: conversation,
      sid: sid("MB"),
      identity,
      attributes: '{ "role": "driver" }',
      messaging_binding: null,
      role_sid: sid("RL"),
      date_created: DATE,
      date_updated: DATE,
      url: `${base}/Conversations/${conversation}/Participants/${body.sid}`,
      last_read_message_index: null,
      last_read_timestamp: null,
    });
    expect((await rest.get(`${participants()}/${identity}`)).body).toEqual(body);
    expect((await rest.get(participants())).body.participants).toContainEqual(body);

    const scoped = `/v1/Services/${service}/Conversations/${conversation}/Participants`;
    const expected = { ...body, chat_service_sid: service, url: `${rest.publicUrl}${scoped}/${body.sid}` };
    expect((await rest.get(`${scoped}/${body.sid}`)).body).toEqual(expected);
    expect((await rest.get(scoped)).body.participants).toContainEqual(expected);
  });

  it("shows only the set keys of a binding", async () => {
    const address = {
      "MessagingBinding.Address": "whatsapp:+15558675310",
      "MessagingBinding.ProxyAddress": "whatsapp:+15017122661",
    };
    expect((await rest.post(participants(), address)).body.messaging_binding).toEqual({
      type: "whatsapp",
      address: "whatsapp:+15558675310",
      proxy_address: "whatsapp:+15017122661",
    });
    const projected = { Identity: unique(), "MessagingBinding.ProjectedAddress": "+15017122662" };
    expect((await rest.post(participants(), projected)).body.messaging_binding).toEqual({
      type: "sms",
      projected_address: "+15017122662",
    });
    const native = await rest.post(participants(), { "MessagingBinding.Address": "+15017122663" });
    expect(native.body).toMatchObject({
      messaging_binding: { type: "sms", address: "+15017122663" },
      role_sid: null,
    });
  });

  it("409 50416 names the conversation that holds the binding", async () => {
    const form = {
      "MessagingBinding.Address": "+15558675399",
      "MessagingBinding.ProxyAddress": "+15017122699",
    };
    await rest.post(participants(), form);
    const { sid } = (await rest.post("/v1/Conversations")).body;
    const { status, body } = await rest.post(`/v1/Conversations/${sid}/Participants`, form);
    expect([status, body.code]).toEqual([409, 50416]);
    expect(body.message).toContain(`already exists in Conversation ${conversation}`);
  });

  it("200 for an update; null removes a projected address", async () => {
    const identity = unique();
    const { body } = await rest.post(participants(), {
      Identity: identity,
      "MessagingBinding.ProjectedAddress": "+15017122664",
    });
    const path = `${participants()}/${body.sid}`;
    expect((await rest.post(path)).status).toBe(200);
    expect(
      (await rest.post(path, { "MessagingBinding.ProjectedAddress": "null" })).body.messaging_binding,
    ).toBeNull();
    expect((await rest.post(path, { "MessagingBinding.ProjectedAddress": "null" })).body.code).toBe(50442);
    expect((await rest.post(path, { "MessagingBinding.ProxyAddress": "null" })).body.code).toBe(50440);
  });

  it("keeps a read horizon, which an empty text or null clears", async () => {
    const { body } = await rest.post(participants(), { Identity: unique() });
    const path = `${participants()}/${body.sid}`;
    const read = await rest.post(path, {
      LastReadMessageIndex: "7",
      LastReadTimestamp: "2020-01-02T03:04:05Z",
    });
    expect(read.body).toMatchObject({
      last_read_message_index: 7,
      last_read_timestamp: "2020-01-02T03:04:05Z",
    });
    for (const clear of ["", "null"]) {
      await rest.post(path, { LastReadMessageIndex: "3" });
      expect(
        (await rest.post(path, { LastReadMessageIndex: clear })).body.last_read_message_index,
      ).toBeNull();
    }
    for (const wrong of ["x", "1.5", "-1", "99999999999", " 1", "0x1"]) {
      expect((await rest.post(path, { LastReadMessageIndex: wrong })).body).toMatchObject({
        status: 400,
        code: 50421,
      });
    }
  });

  it("404 for update and delete by identity, 204 by SID", async () => {
    const identity = unique();
    const { body } = await rest.post(participants(), { Identity: identity });
    expect((await rest.post(`${participants()}/${identity}`)).body.code).toBe(20404);
    expect((await rest.delete(`${participants()}/${identity}`)).body.code).toBe(20404);
    expect((await rest.delete(`${participants()}/${body.sid}`)).status).toBe(204);
  });
});

describe("User", () => {
  it("201 with every key", async () => {
    const identity = unique();
    const { status, body } = await rest.post("/v1/Users", {
      Identity: identity,
      Attributes: '{ "duty": "tech" }',
    });
    const self = `${base}/Users/${body.sid}`;
    expect(status).toBe(201);
    expect(body).toEqual({
      sid: sid("US"),
      account_sid: rest.accountSid,
      chat_service_sid: service,
      role_sid: sid("RL"),
      identity,
      friendly_name: null,
      attributes: '{ "duty": "tech" }',
      is_online: null,
      is_notifiable: null,
      date_created: DATE,
      date_updated: DATE,
      url: self,
      links: { user_conversations: `${self}/Conversations` },
    });
    expect((await rest.get(`/v1/Users/${identity}`)).body).toEqual(body);
    expect((await rest.get("/v1/Users?PageSize=1000")).body.users).toContainEqual(body);
    const scoped = `${base}/Services/${service}/Users/${body.sid}`;
    expect((await rest.get(`/v1/Services/${service}/Users/${body.sid}`)).body).toEqual({
      ...body,
      url: scoped,
      links: { user_conversations: `${scoped}/Conversations` },
    });
  });

  it("200 for an update by identity, 204 when deleted", async () => {
    const identity = unique();
    await rest.post("/v1/Users", { Identity: identity, FriendlyName: "x" });
    expect((await rest.post(`/v1/Users/${identity}`, { FriendlyName: "Ann" })).body.friendly_name).toBe(
      "Ann",
    );
    expect((await rest.post(`/v1/Users/${identity}`, { FriendlyName: "" })).body.friendly_name).toBeNull();
    expect((await rest.delete(`/v1/Users/${identity}`)).status).toBe(204);
    expect((await rest.get(`/v1/Users/${identity}`)).status).toBe(404);
  });

  it("400 50204 without an identity, 409 50201 for one that is there", async () => {
    const identity = unique();
    await rest.post("/v1/Users", { Identity: identity });
    expect((await rest.post("/v1/Users")).body).toMatchObject({ status: 400, code: 50204 });
    expect((await rest.post("/v1/Users", { Identity: identity })).body).toMatchObject({
      status: 409,
      code: 50201,
    });
  });
});

describe("ParticipantConversation", () => {
  it("200 with every key, for an identity and for an address", async () => {
    const identity = unique();
    const conversation = (await rest.post("/v1/Conversations", { UniqueName: unique(), FriendlyName: "x" }))
      .body;
    const participants = `/v1/Conversations/${conversation.sid}/Participants`;
    const chat = (await rest.post(participants, { Identity: identity })).body;
    const user = (await rest.get(`/v1/Users/${identity}`)).body;
    const { body } = await rest.get(`/v1/ParticipantConversations?Identity=${identity}`);
    const self = `${base}/Conversations/${conversation.sid}`;
    const expected = {
      account_sid: rest.accountSid,
      chat_service_sid: service,
      participant_sid: chat.sid,
      participant_user_sid: user.sid,
      participant_identity: identity,
      participant_messaging_binding: null,
      conversation_sid: conversation.sid,
      conversation_unique_name: conversation.unique_name,
      conversation_friendly_name: "x",
      conversation_attributes: "{}",
      conversation_date_created: conversation.date_created,
      conversation_date_updated: conversation.date_updated,
      conversation_created_by: "system",
      conversation_state: "active",
      conversation_timers: {},
      links: { participant: chat.url, conversation: self },
    };
    expect(body.conversations).toEqual([expected]);
    expect(body.meta.key).toBe("conversations");

    const scoped = `${base}/Services/${service}/Conversations/${conversation.sid}`;
    const below = await rest.get(`/v1/Services/${service}/ParticipantConversations?Identity=${identity}`);
    expect(below.body.conversations).toEqual([
      { ...expected, links: { participant: `${scoped}/Participants/${chat.sid}`, conversation: scoped } },
    ]);

    const address = `+1${String(Math.random()).slice(2, 12).replace(/^0/, "1")}`;
    const form = { "MessagingBinding.Address": address, "MessagingBinding.ProxyAddress": "+15017122661" };
    const sms = (await rest.post(participants, form)).body;
    const found = await rest.get(`/v1/ParticipantConversations?Address=${segment(address)}`);
    expect(found.body.conversations).toEqual([
      {
        ...expected,
        participant_sid: sms.sid,
        participant_user_sid: null,
        participant_identity: null,
        participant_messaging_binding: {
          address,
          proxy_address: "+15017122661",
          type: "sms",
          level: null,
          name: null,
          projected_address: null,
        },
        links: { participant: sms.url, conversation: self },
      },
    ]);
  });

  it("400 20001 for neither, 400 50451 for both", async () => {
    for (const query of ["", "?Identity=&Address="]) {
      const { body } = await rest.get(`/v1/ParticipantConversations${query}`);
      expect(body).toMatchObject({ status: 400, code: 20001 });
      expect(body.message).toMatch(/Identity.*Address/);
    }
    const { body } = await rest.get("/v1/ParticipantConversations?Identity=a&Address=b");
    expect(body).toMatchObject({ status: 400, code: 50451 });
  });
});

describe("UserConversation", () => {
  it("200 with every key, and SIDs in its URLs however it was asked for", async () => {
    const identity = `ann ${unique()}`;
    const conversation = (await rest.post("/v1/Conversations", { UniqueName: unique() })).body;
    const participant = (
      await rest.post(`/v1/Conversations/${conversation.sid}/Participants`, { Identity: identity })
    ).body;
    const user = (await rest.get(`/v1/Users/${segment(identity)}`)).body;
    const path = `/v1/Users/${segment(identity)}/Conversations/${conversation.unique_name}`;
    const { status, body } = await rest.get(path);
    expect(status).toBe(200);
    expect(body).toEqual({
      account_sid: rest.accountSid,
      chat_service_sid: service,
      conversation_sid: conversation.sid,
      unread_messages_count: null,
      last_read_message_index: null,
      participant_sid: participant.sid,
      user_sid: user.sid,
      friendly_name: null,
      conversation_state: "active",
      timers: {},
      attributes: "{}",
      date_created: conversation.date_created,
      date_updated: conversation.date_updated,
      created_by: "system",
      notification_level: "default",
      unique_name: conversation.unique_name,
      url: `${base}/Users/${user.sid}/Conversations/${conversation.sid}`,
      links: { participant: participant.url, conversation: conversation.url },
    });
    const listed = (await rest.get(`/v1/Users/${segment(identity)}/Conversations`)).body;
    expect(listed.conversations).toEqual([body]);
    expect(listed.meta.url).toBe(`${base}/Users/${segment(identity)}/Conversations?PageSize=50&Page=0`);

    const changed = await rest.post(path, { NotificationLevel: "muted", LastReadMessageIndex: "4" });
    expect([changed.status, changed.body]).toEqual([
      200,
      { ...body, notification_level: "muted", last_read_message_index: 4, unread_messages_count: 0 },
    ]);
    expect((await rest.post(path)).body).toEqual(changed.body);
    expect((await rest.post(path, { NotificationLevel: "loud" })).body).toMatchObject({
      status: 400,
      code: 50210,
    });

    expect((await rest.delete(path)).status).toBe(204);
    expect((await rest.get(path)).status).toBe(404);
    expect((await rest.get(`/v1/Users/${user.sid}/Conversations`)).body.conversations).toEqual([]);
  });
});
