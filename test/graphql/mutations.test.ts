import { beforeEach, describe, expect, it } from "vitest";
import { createTestApp, PUBLIC_URL, type TestAccount, type TestApp } from "../setup/app.ts";
import { graphqlClient } from "../setup/clients.ts";
import { as, typedClient } from "./client.ts";
import {
  AddParticipant,
  CreateConversation,
  CreateService,
  CreateUser,
  DeleteConversation,
  DeleteService,
  DeleteUser,
  LeaveConversation,
  RemoveParticipant,
  UpdateConversation,
  UpdateParticipant,
  UpdateUser,
  UpdateUserConversation,
} from "./documents.ts";

let app: TestApp;
let account: TestAccount;
let run: ReturnType<typeof typedClient>;

beforeEach(async () => {
  app = await createTestApp();
  account = await app.account();
  run = typedClient(app, account);
});

async function conversation(uniqueName: string) {
  const { createConversation } = await run(CreateConversation, { input: { uniqueName } });
  return as("CreateConversationPayload", createConversation).conversation;
}

async function participant(conversationSid: string, identity: string) {
  const { addParticipant } = await run(AddParticipant, { input: { conversationSid, identity } });
  return as("AddParticipantPayload", addParticipant).participant;
}

describe("createConversation", () => {
  it("makes it with what was given", async () => {
    const { createConversation } = await run(CreateConversation, {
      input: {
        friendlyName: "Order",
        uniqueName: "order",
        attributesText: '{ "a": 1 }',
        state: "ACTIVE",
        timers: { inactive: "PT1H", closed: null },
        dateCreated: "2020-02-03T04:05:06.789+01:00",
      },
    });
    const made = as("CreateConversationPayload", createConversation).conversation;
    expect(made).toMatchObject({
      friendlyName: "Order",
      uniqueName: "order",
      attributes: { a: 1 },
      attributesText: '{ "a": 1 }',
      state: "ACTIVE",
      timers: { dateInactive: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), dateClosed: null },
      dateCreated: "2020-02-03T03:05:06Z",
    });
  });

  it("names the conversation that has the unique name", async () => {
    const { id } = await conversation("order");
    const { createConversation } = await run(CreateConversation, { input: { uniqueName: "order" } });
    expect(as("ConflictError", createConversation)).toMatchObject({
      code: "UNIQUE_NAME_EXISTS",
      status: 409,
      twilioCode: 50353,
      moreInfo: `${PUBLIC_URL}/docs/errors/50353`,
      parameter: "uniqueName",
      conflicting: { __typename: "Conversation", id },
    });
  });

  it.each([
    [
      "both forms of attributes",
      { attributes: {}, attributesText: "{}" },
      "INVALID_PARAMETER",
      "attributesText",
    ],
    ["attributes that are no JSON", { attributesText: "{" }, "ATTRIBUTES_INVALID", "attributesText"],
    ["a date that is none", { dateCreated: "yesterday" }, "DATE_CREATED_INVALID", "dateCreated"],
    ["a NUL", { friendlyName: "a\0b" }, "INVALID_PARAMETER", "friendlyName"],
    ["half of a surrogate pair", { uniqueName: "\ud800" }, "INVALID_PARAMETER", "uniqueName"],
    [
      "a timer too short",
      { state: "ACTIVE", timers: { closed: "PT1S" } },
      "TIMER_CLOSED_TOO_SHORT",
      "timers.closed",
    ],
  ] as const)("refuses %s", async (_, input, code, parameter) => {
    const { createConversation } = await run(CreateConversation, { input });
    expect(as("InvalidInputError", createConversation)).toMatchObject({ code, parameter, status: 400 });
  });

  it("finds no service that is another account's", async () => {
    const service = as(
      "CreateServicePayload",
      (await run(CreateService, { input: { friendlyName: "Mine" } })).createService,
    ).service;
    const other = typedClient(app, await app.account());
    const { createConversation } = await other(CreateConversation, { input: { serviceSid: service.sid } });
    expect(as("NotFoundError", createConversation)).toMatchObject({ code: "NOT_FOUND", status: 404 });
  });
});

describe("updateConversation", () => {
  it("leaves what is absent and clears what is null", async () => {
    const { sid } = await conversation("order");
    const set = await run(UpdateConversation, {
      input: { sid: "order", friendlyName: "A", attributes: [1] },
    });
    expect(as("UpdateConversationPayload", set.updateConversation).conversation).toMatchObject({
      sid,
      uniqueName: "order",
      friendlyName: "A",
      attributesText: "[1]",
    });
    const cleared = await run(UpdateConversation, { input: { sid, friendlyName: null, attributes: null } });
    expect(as("UpdateConversationPayload", cleared.updateConversation).conversation).toMatchObject({
      uniqueName: "order",
      friendlyName: null,
      attributesText: "{}",
    });
  });

  it("refuses a closed one, and an empty state", async () => {
    const { sid } = await conversation("order");
    const empty = await run(UpdateConversation, { input: { sid, state: null } });
    expect(as("InvalidInputError", empty.updateConversation).code).toBe("STATE_EMPTY");
    await run(UpdateConversation, { input: { sid, state: "CLOSED" } });
    const again = await run(UpdateConversation, { input: { sid, state: "ACTIVE" } });
    expect(as("InvalidInputError", again.updateConversation).code).toBe("CONVERSATION_CLOSED");
  });

  it("names the input's own field where a key can't be one", async () => {
    const { updateConversation } = await run(UpdateConversation, { input: { sid: "\0" } });
    expect(as("InvalidInputError", updateConversation).parameter).toBe("sid");
  });

  it("shows the JSON value null as an empty object, and its text as it is", async () => {
    await conversation("order");
    const { updateConversation } = await run(UpdateConversation, {
      input: { sid: "order", attributesText: "null" },
    });
    expect(as("UpdateConversationPayload", updateConversation).conversation).toMatchObject({
      attributes: {},
      attributesText: "null",
    });
  });
});

describe("deleteConversation", () => {
  it("answers the id it had, and then finds nothing", async () => {
    const { id, sid } = await conversation("order");
    const gone = await run(DeleteConversation, { input: { sid } });
    expect(as("DeleteConversationPayload", gone.deleteConversation)).toMatchObject({ deletedId: id, sid });
    const again = await run(DeleteConversation, { input: { sid } });
    expect(as("NotFoundError", again.deleteConversation).code).toBe("NOT_FOUND");
  });
});

describe("participants", () => {
  const binding = { address: "+15558675310", proxyAddress: "+15550001111" };

  it("joins by identity, with its user and role", async () => {
    const { sid } = await conversation("order");
    expect(await participant("order", "ann")).toMatchObject({
      identity: "ann",
      messagingBinding: null,
      role: { friendlyName: "conversation user", type: "CONVERSATION" },
      user: { identity: "ann" },
      conversation: { sid },
    });
  });

  it("joins by address, and names who has the pair already", async () => {
    await conversation("one");
    await conversation("two");
    const first = await run(AddParticipant, { input: { conversationSid: "one", messagingBinding: binding } });
    const holder = as("AddParticipantPayload", first.addParticipant).participant;
    expect(holder).toMatchObject({
      identity: null,
      user: null,
      messagingBinding: { type: "sms", ...binding },
    });
    const second = await run(AddParticipant, {
      input: { conversationSid: "two", messagingBinding: binding },
    });
    expect(as("ConflictError", second.addParticipant)).toMatchObject({
      code: "BINDING_EXISTS",
      twilioCode: 50416,
      conflicting: { __typename: "Participant", id: holder.id },
    });
  });

  it("refuses an address that is none, by its path", async () => {
    await conversation("order");
    const { addParticipant } = await run(AddParticipant, {
      input: { conversationSid: "order", messagingBinding: { address: "555", proxyAddress: "+15550001111" } },
    });
    expect(as("InvalidInputError", addParticipant)).toMatchObject({
      code: "ADDRESS_INVALID",
      parameter: "messagingBinding.address",
    });
  });

  it("changes and goes by SID", async () => {
    await conversation("order");
    const { id, sid } = await participant("order", "ann");
    const input = { conversationSid: "order", sid };
    const changed = await run(UpdateParticipant, {
      input: { ...input, attributes: { a: 1 }, lastReadMessageIndex: 3 },
    });
    expect(as("UpdateParticipantPayload", changed.updateParticipant).participant).toMatchObject({
      attributesText: '{"a":1}',
      lastReadMessageIndex: 3,
    });
    const wrong = await run(UpdateParticipant, { input: { ...input, lastReadMessageIndex: -1 } });
    expect(as("InvalidInputError", wrong.updateParticipant).code).toBe("LAST_READ_INDEX_INVALID");
    const gone = await run(RemoveParticipant, { input });
    expect(as("RemoveParticipantPayload", gone.removeParticipant)).toMatchObject({
      deletedId: id,
      sid,
      conversation: { participants: { totalCount: 0 } },
    });
    const again = await run(RemoveParticipant, { input });
    expect(as("NotFoundError", again.removeParticipant).status).toBe(404);
  });
});

describe("users", () => {
  it("are made once, changed by identity, and deleted", async () => {
    const made = await run(CreateUser, { input: { identity: "ann", friendlyName: "Ann" } });
    const { id, sid } = as("CreateUserPayload", made.createUser).user;
    const twice = await run(CreateUser, { input: { identity: "ann" } });
    expect(as("ConflictError", twice.createUser)).toMatchObject({
      code: "USER_EXISTS",
      conflicting: { __typename: "User", id },
    });
    const changed = await run(UpdateUser, {
      input: { sid: "ann", friendlyName: null, attributes: { a: [1] } },
    });
    expect(as("UpdateUserPayload", changed.updateUser).user).toEqual(
      expect.objectContaining({ sid, friendlyName: null, attributes: { a: [1] } }),
    );
    const gone = await run(DeleteUser, { input: { sid: "ann" } });
    expect(as("DeleteUserPayload", gone.deleteUser)).toMatchObject({ deletedId: id, sid });
    expect(as("NotFoundError", (await run(DeleteUser, { input: { sid } })).deleteUser).code).toBe(
      "NOT_FOUND",
    );
  });
});

describe("user conversations", () => {
  it("keep what was read and what is muted, until the user leaves", async () => {
    await conversation("order");
    const { id: participantId } = await participant("order", "ann");
    const key = { userSid: "ann", conversationSid: "order" };
    const read = await run(UpdateUserConversation, {
      input: {
        ...key,
        notificationLevel: "MUTED",
        lastReadMessageIndex: 0,
        lastReadTimestamp: "2026-01-02T03:04:05Z",
      },
    });
    const { id, ...rest } = as("UpdateUserConversationPayload", read.updateUserConversation).userConversation;
    expect(rest).toMatchObject({
      notificationLevel: "MUTED",
      lastReadMessageIndex: 0,
      lastReadTimestamp: "2026-01-02T03:04:05Z",
      unreadMessagesCount: 0,
    });
    const left = await run(LeaveConversation, { input: key });
    expect(as("LeaveConversationPayload", left.leaveConversation)).toMatchObject({
      deletedId: id,
      deletedParticipantId: participantId,
      conversation: { participants: { totalCount: 0 } },
      user: { identity: "ann" },
    });
    expect(as("NotFoundError", (await run(LeaveConversation, { input: key })).leaveConversation).code).toBe(
      "NOT_FOUND",
    );
  });
});

describe("services", () => {
  it("come with roles, and go; but not the default one", async () => {
    const { createService } = await run(CreateService, { input: { friendlyName: "Second" } });
    const { id, sid, ...rest } = as("CreateServicePayload", createService).service;
    expect(rest).toMatchObject({
      friendlyName: "Second",
      isDefault: false,
      defaultConversationRole: { type: "CONVERSATION", permissions: expect.arrayContaining(["sendMessage"]) },
    });
    const gone = await run(DeleteService, { input: { sid } });
    expect(as("DeleteServicePayload", gone.deleteService)).toMatchObject({ deletedId: id, sid });

    const viewer = await graphqlClient(app, account)("{ viewer { sid defaultService { sid isDefault } } }");
    expect(viewer.body.data.viewer).toMatchObject({ sid: account.sid, defaultService: { isDefault: true } });
    const kept = await run(DeleteService, { input: { sid: viewer.body.data.viewer.defaultService.sid } });
    expect(as("ConflictError", kept.deleteService)).toMatchObject({
      code: "DEFAULT_SERVICE",
      conflicting: null,
    });
  });
});

describe("one request", () => {
  it("reads what its own mutations did", async () => {
    const { body } = await graphqlClient(
      app,
      account,
    )(`mutation {
      createConversation(input: { uniqueName: "order" }) { __typename }
      before: addParticipant(input: { conversationSid: "order", identity: "ann" }) { ...joined }
      after: addParticipant(input: { conversationSid: "order", identity: "bob" }) { ...joined }
      rename: updateUser(input: { sid: "ann", friendlyName: "Ann" }) { ...on UpdateUserPayload { user {
        friendlyName participations { nodes { conversation { participants { nodes { user { friendlyName } } } } } }
      } } }
    }
    fragment joined on AddParticipantPayload { participant { conversation { participants { totalCount nodes { identity } } } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.before.participant.conversation.participants.totalCount).toBe(1);
    expect(body.data.after.participant.conversation.participants.nodes).toEqual([
      { identity: "ann" },
      { identity: "bob" },
    ]);
    const { user } = body.data.rename;
    expect(user.participations.nodes[0].conversation.participants.nodes[0].user.friendlyName).toBe("Ann");
  });
});
