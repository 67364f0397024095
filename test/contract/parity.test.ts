import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp } from "../setup/app.ts";
import { type Form, graphqlClient, restClient } from "../setup/clients.ts";
import { phoneNumber } from "./objects.ts";
import {
  CONFIGURATION,
  CONVERSATION,
  CONVERSATION_WITH_PARTICIPANTS,
  MESSAGE,
  PARTICIPANT,
  PARTICIPANT_CONVERSATION,
  type Parity,
  ROLE,
  SERVICE,
  SERVICE_CONFIGURATION,
  USER,
  USER_CONVERSATION,
} from "./parity.map.ts";

const ENUMS = ["state", "notificationLevel", "type"];

interface Row {
  readonly path: string;
  /** What a write at the path has answered, where nothing can be read there. */
  readonly answered?: object;
  /** Where the path is a list's: the key of its rows, of which the first is meant. */
  readonly list?: string;
  /** The field of Query that answers the same row, with its arguments; `?` stands for what is selected of the row. */
  readonly field: string;
  /** The field of that field's object that answers the row, where it is not the object itself. */
  readonly inside?: string;
}

let rest: ReturnType<typeof restClient>;
let graphql: ReturnType<typeof graphqlClient>;
beforeAll(async () => {
  const app = await createTestApp();
  const account = await app.account();
  rest = restClient(app, account);
  graphql = graphqlClient(app, account);
});

/** The leaves of an object by their paths. */
function flat(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, path === "" ? key : `${path}.${key}`));
}

function selectionOf(fields: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const field of fields) {
    const [head = "", ...rest] = field.split(".");
    groups.set(head, [...(groups.get(head) ?? []), ...(rest.length ? [rest.join(".")] : [])]);
  }
  return [...groups]
    .map(([head, inner]) => (inner.length ? `${head} { ${selectionOf(inner)} }` : head))
    .join(" ");
}

function valueAt(row: unknown, path: string): unknown {
  const name = path.split(".").at(-1)!;
  const value = path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null)?.[key] ?? null, row);
  return typeof value === "string" && ENUMS.includes(name) ? value.toLowerCase() : value;
}

/** Reads a row through both doors and compares it field by field; answers which wire names were seen. */
async function compare(parity: Parity, { path, answered, list, field, inside }: Row): Promise<string[]> {
  const { status, body } = answered ? { status: 200, body: answered } : await rest.get(path);
  expect(status).toBe(200);
  const wire = Object.fromEntries(flat(list === undefined ? body : body[list][0]));
  const partners = Object.values(parity).filter((name) => name !== null);
  const query = `{ ${field.replace("?", `{ ${selectionOf(partners)} }`)} }`;
  const answer = await graphql(query);
  expect(answer.body.errors).toBeUndefined();
  let found = Object.values(answer.body.data)[0] as { nodes?: unknown[] };
  if (inside) found = (found as Record<string, typeof found>)[inside]!;
  if (found.nodes) found = found.nodes[0] as typeof found;

  const known = Object.keys(parity);
  // An object that is null stands for all that is below it.
  const partnered = (name: string) =>
    known.includes(name) || (wire[name] === null && known.some((key) => key.startsWith(`${name}.`)));
  expect(
    Object.keys(wire).filter((name) => !partnered(name)),
    "wire names without a partner",
  ).toEqual([]);
  // Below an object, what is not set is absent; a name of the row itself may be one of another path.
  const told = known.filter((name) => parity[name] !== null && (name in wire || name.includes(".")));
  expect(Object.fromEntries(told.map((name) => [name, valueAt(found, parity[name]!)]))).toEqual(
    Object.fromEntries(told.map((name) => [name, wire[name] ?? null])),
  );
  return Object.keys(wire);
}

/** Compares every row, and holds that together they have every wire name of the map. */
async function compareAll(parity: Parity, rows: readonly Row[]): Promise<void> {
  const seen = new Set<string>();
  for (const row of rows) for (const name of await compare(parity, row)) seen.add(name);
  expect(
    Object.keys(parity).filter((name) => !seen.has(name)),
    "names no row has",
  ).toEqual([]);
}

const text = (value: string) => JSON.stringify(value);

describe("the same row through both doors", () => {
  let services: { sid: string; base: string }[];
  beforeAll(async () => {
    const { body } = await rest.post("/v1/Services", { FriendlyName: "Other" });
    const [byDefault] = (await rest.get("/v1/Services")).body.services;
    services = [
      { sid: byDefault.sid, base: "/v1" },
      { sid: body.sid, base: `/v1/Services/${body.sid}` },
    ];
  });

  /** Rows for both services, named by SID where the service is not the default one. */
  const inBoth = async (rows: (at: { base: string; arg: string }) => Promise<Row[]>) =>
    (
      await Promise.all(services.map(({ sid, base }) => rows({ base, arg: `serviceSid: ${text(sid)}` })))
    ).flat();

  const rich = {
    FriendlyName: "Home Repair Visit",
    Attributes: '{ "topic": "feedback", "n": 1.50 }',
    MessagingServiceSid: `MG${"a".repeat(32)}`,
    State: "inactive",
    "Bindings.Email.Address": "visit@example.com",
    "Bindings.Email.Name": "Visit",
    DateCreated: "2015-12-16T22:18:37Z",
    DateUpdated: "2015-12-16T22:18:38.999Z",
  };
  const timed = { State: "active", "Timers.Inactive": "PT10M", "Timers.Closed": "P1D" };

  it("Service", async () => {
    await compareAll(
      SERVICE,
      services.map(({ sid }) => ({ path: `/v1/Services/${sid}`, field: `service(sid: ${text(sid)}) ?` })),
    );
  });

  it("the configurations of a service and of the account", async () => {
    for (const { sid } of services) {
      const path = `/v1/Services/${sid}/Configuration`;
      await compareAll(SERVICE_CONFIGURATION, [{ path, field: `service(sid: ${text(sid)}) ?` }]);
    }
    const row = { path: "/v1/Configuration", field: "viewer ?" };
    await compareAll(CONFIGURATION, [row]);
    await rest.post("/v1/Configuration", {
      DefaultMessagingServiceSid: `MG${"a".repeat(32)}`,
      DefaultInactiveTimer: "PT60M",
      DefaultClosedTimer: "P30D",
    });
    await compareAll(CONFIGURATION, [row]);
  });

  it("Role", async () => {
    const rows = await inBoth(async ({ base, arg }) => {
      const form = {
        FriendlyName: "guest",
        Type: "service",
        Permission: ["joinConversation", "editOwnMessage"],
      };
      const { sid } = (await rest.post(`${base}/Roles`, form)).body;
      return [
        { path: `${base}/Roles/${sid}`, field: `role(sid: ${text(sid)}, ${arg}) ?` },
        { path: `${base}/Roles`, list: "roles", field: `roles(${arg}) { nodes ? }` },
      ];
    });
    await compareAll(ROLE, rows);
  });

  it("Conversation", async () => {
    const rows = await inBoth(async ({ base, arg }) => {
      const forms = [{}, timed, { ...rich, UniqueName: `visit ${crypto.randomUUID()}` }];
      const sids: string[] = [];
      for (const form of forms) sids.push((await rest.post(`${base}/Conversations`, form)).body.sid);
      return [
        ...sids.map((sid) => ({
          path: `${base}/Conversations/${sid}`,
          field: `conversation(sid: ${text(sid)}, ${arg}) ?`,
        })),
        { path: `${base}/Conversations`, list: "conversations", field: `conversations(${arg}) { nodes ? }` },
      ];
    });
    await compareAll(CONVERSATION, rows);
  });

  it("ConversationWithParticipants, whose answer is all there is to read of it", async () => {
    const rows = await inBoth(async ({ base, arg }) => {
      const path = `${base}/ConversationWithParticipants`;
      const Participant = [{ identity: "ann" }, { messaging_binding: { address: phoneNumber() } }];
      const forms: Form[] = [
        {},
        { ...timed, Participant: Participant.map((one) => JSON.stringify(one)) },
        { ...rich, UniqueName: `visit ${crypto.randomUUID()}` },
      ];
      const made: { sid: string }[] = [];
      for (const form of forms) made.push((await rest.post(path, form)).body);
      return made.map((answered) => ({
        path,
        answered,
        field: `conversation(sid: ${text(answered.sid)}, ${arg}) ?`,
      }));
    });
    await compareAll(CONVERSATION_WITH_PARTICIPANTS, rows);
  });

  it("Participant", async () => {
    const rows = await inBoth(async ({ base, arg }) => {
      const { sid } = (await rest.post(`${base}/Conversations`)).body;
      const path = `${base}/Conversations/${sid}/Participants`;
      const forms: Form[] = [
        { Identity: "ann", Attributes: '{ "role": "driver" }' },
        { "MessagingBinding.Address": phoneNumber(), "MessagingBinding.ProxyAddress": phoneNumber() },
        { "MessagingBinding.Address": phoneNumber() },
        { Identity: "bob", "MessagingBinding.ProjectedAddress": phoneNumber() },
      ];
      const sids: string[] = [];
      for (const form of forms) sids.push((await rest.post(path, form)).body.sid);
      await rest.post(`${path}/${sids[0]}`, { LastReadMessageIndex: "4" });
      return [
        ...sids.map((one) => ({
          path: `${path}/${one}`,
          field: `participant(conversationSid: ${text(sid)}, sid: ${text(one)}, ${arg}) ?`,
        })),
        {
          path: `${path}/ann`,
          field: `participant(conversationSid: ${text(sid)}, sid: "ann", ${arg}) ?`,
        },
      ];
    });
    await compareAll(PARTICIPANT, rows);
  });

  it("Message", async () => {
    const rows = await inBoth(async ({ base, arg }) => {
      const { sid } = (await rest.post(`${base}/Conversations`)).body;
      const path = `${base}/Conversations/${sid}/Messages`;
      await rest.post(`${base}/Conversations/${sid}/Participants`, { Identity: "ann" });
      const forms: Form[] = [
        { Body: "hello" },
        { Body: "", Author: "ann", Attributes: '{ "importance": "high" }' },
        { Body: "old", Author: "bob", DateCreated: rich.DateCreated, DateUpdated: rich.DateUpdated },
      ];
      const sids: string[] = [];
      for (const form of forms) sids.push((await rest.post(path, form)).body.sid);
      const conversation = `conversation(sid: ${text(sid)}, ${arg})`;
      return [
        ...sids.map((one) => ({
          path: `${path}/${one}`,
          field: `message(conversationSid: ${text(sid)}, sid: ${text(one)}, ${arg}) ?`,
        })),
        { path, list: "messages", inside: "messages", field: `${conversation} { messages { nodes ? } }` },
        {
          path: `${path}?Order=desc`,
          list: "messages",
          inside: "messages",
          field: `${conversation} { messages(order: DESC) { nodes ? } }`,
        },
        {
          path: `${path}?Order=desc`,
          list: "messages",
          inside: "lastMessage",
          field: `${conversation} { lastMessage ? }`,
        },
        { path, list: "messages", inside: "message", field: `${conversation} { message(index: 0) ? }` },
      ];
    });
    await compareAll(MESSAGE, rows);
  });

  it("User", async () => {
    const rows = await inBoth(async ({ base, arg }) => {
      const { body: bare } = await rest.post(`${base}/Users`, { Identity: crypto.randomUUID() });
      const { body: full } = await rest.post(`${base}/Users`, {
        Identity: crypto.randomUUID(),
        FriendlyName: "Ann",
        Attributes: '{"vip": true}',
      });
      return [bare, full].map(({ sid }) => ({
        path: `${base}/Users/${sid}`,
        field: `user(sid: ${text(sid)}, ${arg}) ?`,
      }));
    });
    await compareAll(USER, rows);
  });

  it("UserConversation", async () => {
    const rows = await inBoth(async ({ base, arg }) => {
      const identity = crypto.randomUUID();
      const sids: string[] = [];
      for (const form of [timed, { ...rich, UniqueName: crypto.randomUUID() }]) {
        const { sid } = (await rest.post(`${base}/Conversations`, form)).body;
        await rest.post(`${base}/Conversations/${sid}/Participants`, { Identity: identity });
        sids.push(sid);
      }
      await rest.post(`${base}/Users/${identity}/Conversations/${sids[1]}`, {
        NotificationLevel: "muted",
        LastReadMessageIndex: "4",
      });
      return sids.map((sid) => ({
        path: `${base}/Users/${identity}/Conversations/${sid}`,
        field: `userConversation(userSid: ${text(identity)}, conversationSid: ${text(sid)}, ${arg}) ?`,
      }));
    });
    await compareAll(USER_CONVERSATION, rows);
  });

  it("ParticipantConversation", async () => {
    const rows = await inBoth(async ({ base, arg }) => {
      const identity = crypto.randomUUID();
      const address = phoneNumber();
      const path = `${base}/ParticipantConversations`;
      for (const [form, who] of [
        [timed, { Identity: identity, "MessagingBinding.ProjectedAddress": phoneNumber() }],
        [
          { ...rich, UniqueName: crypto.randomUUID() },
          { "MessagingBinding.Address": address, "MessagingBinding.ProxyAddress": phoneNumber() },
        ],
      ]) {
        const { sid } = (await rest.post(`${base}/Conversations`, form)).body;
        await rest.post(`${base}/Conversations/${sid}/Participants`, who);
      }
      return [
        {
          path: `${path}?Identity=${identity}`,
          list: "conversations",
          field: `participantConversations(identity: ${text(identity)}, ${arg}) { nodes ? }`,
        },
        {
          path: `${path}?Address=${encodeURIComponent(address)}`,
          list: "conversations",
          field: `participantConversations(address: ${text(address)}, ${arg}) { nodes ? }`,
        },
      ];
    });
    await compareAll(PARTICIPANT_CONVERSATION, rows);
  });
});
