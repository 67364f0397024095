import { beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../src/routes.ts";
import { PUBLIC_URL } from "../setup/app.ts";
import type { Answer, Form } from "../setup/clients.ts";
import { newAccount, type Seed } from "../setup/seed.ts";
import { createObjects } from "./objects.ts";
import { pathOf, REST_OPERATIONS } from "./operations.rest.ts";
import { shapeOf } from "./shapes.ts";

const SERVICE = "/Services/{ChatServiceSid}";

let seed: Seed;
let defaultService: string;
let otherService: string;
beforeAll(async () => {
  seed = await newAccount();
  defaultService = (await seed.conversation()).chat_service_sid;
  otherService = (await seed.service()).sid;
});

/** What URLs begin with in the answers at `/v1`, or below the other service. */
const baseOf = (scoped: boolean) => `${PUBLIC_URL}/v1${scoped ? `/Services/${otherService}` : ""}`;

/** Holds an answer against what is published for the operation at that path below `/v1`, property by property. */
function expectShape(method: string, path: string, scoped: boolean, { body }: Answer): void {
  const shape = shapeOf(method, path, baseOf(scoped), scoped);
  expect(shape, `the shape of ${method} ${path}`).toBeDefined();
  expect(shape!.safeParse(body).error?.issues ?? [], JSON.stringify(body)).toEqual([]);
}

describe.each(routes)("$method $path", ({ method, path, scoped, status }) => {
  it(`${status} with exactly the published properties`, async () => {
    const below = path.replace(scoped ? `/v1${SERVICE}` : "/v1", "");
    const operation = REST_OPERATIONS[`${method} /v1${below}`]!;
    const objects = await createObjects(
      seed.rest,
      path === "/v1/Services/{Sid}" ? undefined : scoped ? otherService : defaultService,
    );
    const target = pathOf(`${method} /v1${below}`, objects, "SID", scoped ? otherService : undefined);
    const query = operation.query ? `?${new URLSearchParams(operation.query(objects) as never)}` : "";
    const answer = await seed.rest.send(method, target + query, operation.form?.(objects));
    expect(answer.status).toBe(status);
    if (status === 204) expect(answer.body).toBeNull();
    else expectShape(method, below, scoped, answer);
  });
});

/** Everything a resource can have, so that nothing is null for want of it. */
const FILLED: Readonly<Record<string, Form>> = {
  "/Users": { Identity: "full", FriendlyName: "Full", Attributes: '{"a":1}' },
  "/Conversations": {
    FriendlyName: "Full",
    UniqueName: "full",
    Attributes: '{"a":1}',
    MessagingServiceSid: `MG${"0".repeat(32)}`,
    State: "active",
    "Timers.Inactive": "PT1H",
    "Timers.Closed": "P1D",
    "Bindings.Email.Address": "full@example.com",
    "Bindings.Email.Name": "Full",
  },
  "/Conversations/{ConversationSid}/Participants": {
    "MessagingBinding.Address": "+15558675310",
    "MessagingBinding.ProxyAddress": "+15017122661",
  },
  "/Conversations/{ConversationSid}/Messages": { Author: "full", Body: "Full", Attributes: '{"a":1}' },
};

describe.each([false, true])("what is filled, below a service: %s", (scoped) => {
  const send = (path: string, method: string, form?: Form) =>
    seed.rest.send(method, `${baseOf(scoped)}${path}`.replace(PUBLIC_URL, ""), form);
  const made = async (path: string, target = path, form = FILLED[path]!) => {
    const answer = await send(target, "POST", form);
    expectShape("POST", path, scoped, answer);
    return answer.body;
  };

  it("shows a conversation made with its participants", async () => {
    const path = "/ConversationWithParticipants";
    const answer = await send(path, "POST", {
      ...FILLED["/Conversations"],
      UniqueName: "made with them",
      Participant: [JSON.stringify({ identity: "one" }), JSON.stringify({ identity: "two" })],
    });
    expect(answer.status).toBe(202);
    expectShape("POST", path, scoped, answer);
  });

  it("shows every part with exactly its published properties", async () => {
    await made("/Users");
    const { sid } = await made("/Conversations");
    const participants = "/Conversations/{ConversationSid}/Participants";
    const at = `/Conversations/${sid}/Participants`;
    // The pair may be bound once in an account.
    const bound = await made(participants, at);
    await made(participants, at, {
      Identity: "full",
      "MessagingBinding.ProjectedAddress": "+15017122662",
      Attributes: '{"a":1}',
    });
    await made(participants, at, { "MessagingBinding.Address": "+15558675311" });
    const messages = "/Conversations/{ConversationSid}/Messages";
    const said = await made(messages, `/Conversations/${sid}/Messages`);
    expect(said.participant_sid).toMatch(/^MB/);
    await made(messages, `/Conversations/${sid}/Messages`, { Body: "" });
    const reading = { LastReadMessageIndex: "0", NotificationLevel: "muted" };
    const read = `/Users/full/Conversations/${sid}`;
    expectShape("POST", "/Users/{UserSid}/Conversations", scoped, await send(read, "POST", reading));
    for (const who of ["Identity=full", "Address=%2B15558675310"]) {
      const found = await send(`/ParticipantConversations?${who}&PageSize=1`, "GET");
      expectShape("GET", "/ParticipantConversations", scoped, found);
    }
    await send(`${at}/${bound.sid}`, "DELETE");
  });
});
