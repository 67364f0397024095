import { beforeAll, describe, expect, it } from "vitest";
import { createTestApp, PUBLIC_URL, type TestApp } from "../setup/app.ts";
import { graphqlClient, restClient } from "../setup/clients.ts";
import { createObjects, type Objects } from "./objects.ts";
import { MUTATIONS, mutationOf, nodeIdsOf, QUERIES, queryOf } from "./operations.graphql.ts";
import { isScoped, pathOf, REST_OPERATIONS } from "./operations.rest.ts";

const WAYS = ["SID", "name"] as const;
const TABLES = ["roles", "users", "conversations", "participants", "messages"];

let app: TestApp;
/** Whose objects they are, and who asks for them. */
let objects: Objects;
let rest: ReturnType<typeof restClient>;
let graphql: ReturnType<typeof graphqlClient>;
let ownerSid: string;
/** Another service of the owner's account. */
let elsewhere: string;
let neighbour: { rest: typeof rest; graphql: typeof graphql };

beforeAll(async () => {
  app = await createTestApp();
  const owner = await app.account();
  ownerSid = owner.sid;
  neighbour = { rest: restClient(app, owner), graphql: graphqlClient(app, owner) };
  objects = await createObjects(neighbour.rest);
  elsewhere = (await neighbour.rest.post("/v1/Services", { FriendlyName: "Elsewhere" })).body.sid;
  const stranger = await app.account();
  rest = restClient(app, stranger);
  graphql = graphqlClient(app, stranger);
});

/** Everything the database has of the objects' service. */
async function stored(): Promise<unknown> {
  const parameters = [ownerSid, objects.serviceSid];
  const read = (table: string, column: string) =>
    app.deps.db.execute(
      {
        name: `stored_${table}`,
        text: `select * from ${table} where account_sid = $1 and ${column} = $2 order by sid`,
      },
      parameters,
    );
  return Promise.all([read("services", "sid"), ...TABLES.map((table) => read(table, "chat_service_sid"))]);
}

async function unchangedBy(work: () => Promise<void>): Promise<void> {
  const before = await stored();
  await work();
  expect(await stored()).toEqual(before);
}

/** SIDs and names of the objects, none of which an answer may hold. */
function secrets(): RegExp {
  const { conversation, participant, user, phone, role, message } = objects;
  const texts = [
    conversation.sid,
    conversation.uniqueName,
    participant.sid,
    user.sid,
    user.identity,
    phone.sid,
    role.sid,
    message.sid,
    message.body,
  ];
  return new RegExp(texts.join("|"));
}

const notFound = { status: 404, body: { status: 404, code: 20404 } };

describe("every operation of v1", () => {
  it("is one of these", async () => {
    const response = await app.fetch(new Request(`${PUBLIC_URL}/openapi.json`));
    const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const known = Object.keys(REST_OPERATIONS);
    const scoped = known
      .filter(isScoped)
      .map((operation) => operation.replace("/v1", "/v1/Services/{ChatServiceSid}"));
    expect(served.sort()).toEqual([...known, ...scoped].sort());
  });

  const each = Object.keys(REST_OPERATIONS).flatMap((operation) => WAYS.map((by) => ({ operation, by })));
  const call = async (client: typeof rest, operation: string, path: string) => {
    const { query, form } = REST_OPERATIONS[operation]!;
    const method = operation.split(" ")[0]!;
    if (method === "GET") return client.get(path, query?.(objects));
    return method === "POST" ? client.post(path, form?.(objects)) : client.delete(path);
  };

  describe.each(each)("$operation by $by", ({ operation, by }) => {
    const scoped = isScoped(operation);
    it("shows a stranger nothing, and changes nothing", () =>
      unchangedBy(async () => {
        const answer = await call(rest, operation, pathOf(operation, objects, by));
        if (REST_OPERATIONS[operation]!.names === "objects") expect(answer).toMatchObject(notFound);
        else {
          expect(answer.status).toBeLessThan(300);
          expect(JSON.stringify(answer.body)).not.toMatch(secrets());
        }
      }));

    if (scoped)
      it("is 404 20404 below a stranger's service", () =>
        unchangedBy(async () => {
          const path = pathOf(operation, objects, by, objects.serviceSid);
          expect(await call(rest, operation, path)).toMatchObject(notFound);
        }));

    if (scoped)
      it("keeps to its service within an account", () =>
        unchangedBy(async () => {
          for (const serviceSid of [undefined, elsewhere]) {
            const answer = await call(neighbour.rest, operation, pathOf(operation, objects, by, serviceSid));
            if (REST_OPERATIONS[operation]!.names === "objects") expect(answer).toMatchObject(notFound);
            else {
              expect(answer.status).toBeLessThan(300);
              expect(JSON.stringify(answer.body)).not.toMatch(secrets());
            }
          }
        }));
  });
});

describe("every field of GraphQL", () => {
  it("is one of these", async () => {
    const { body } = await graphql(
      "{ __schema { queryType { fields { name } } mutationType { fields { name } } } }",
    );
    const names = (fields: { name: string }[]) => fields.map(({ name }) => name).sort();
    expect(names(body.data.__schema.queryType.fields)).toEqual(Object.keys(QUERIES).sort());
    expect(names(body.data.__schema.mutationType.fields)).toEqual(Object.keys(MUTATIONS).sort());
  });

  const queries = Object.keys(QUERIES).flatMap((name) => WAYS.map((by) => ({ name, by })));

  describe.each(queries)("$name by $by", ({ name, by }) => {
    const { scoped, answers } = QUERIES[name]!;
    const expectNothing = (data: unknown) => {
      if (name === "viewer" || answers === "connection") expect(data).not.toBeNull();
      else if (answers === "objects") expect(data).toEqual(nodeIdsOf(objects).map(() => null));
      else expect(data).toBeNull();
      expect(JSON.stringify(data)).not.toMatch(secrets());
    };

    it("shows a stranger nothing", async () => {
      const { query, variables } = queryOf(name, objects, by);
      const { body } = await graphql(query, variables);
      expect(body.errors).toBeUndefined();
      expectNothing(body.data[name]);
    });

    if (scoped)
      it("finds nothing in a stranger's service", async () => {
        const { query, variables } = queryOf(name, objects, by, objects.serviceSid);
        const { body } = await graphql(query, variables);
        expect(body.data[name]).toBeNull();
        if (answers === "connection") {
          expect(body.errors[0].extensions).toMatchObject({
            code: "NOT_FOUND",
            status: 404,
            twilioCode: 20404,
          });
        } else expect(body.errors).toBeUndefined();
      });

    if (scoped)
      it("keeps to its service within an account", async () => {
        for (const serviceSid of [undefined, elsewhere]) {
          const { query, variables } = queryOf(name, objects, by, serviceSid);
          const { body } = await neighbour.graphql(query, variables);
          expect(body.errors).toBeUndefined();
          expectNothing(body.data[name]);
        }
      });
  });

  const mutations = Object.keys(MUTATIONS).flatMap((name) => WAYS.map((by) => ({ name, by })));

  describe.each(mutations)("$name by $by", ({ name, by }) => {
    const { input, payload, scoped, names } = MUTATIONS[name]!;
    const refused = { __typename: "NotFoundError", code: "NOT_FOUND", status: 404, twilioCode: 20404 };
    const send = async (client: typeof graphql, serviceSid?: string) => {
      const given = { ...input(objects, by), ...(serviceSid && { serviceSid }) };
      const { query, variables } = mutationOf(name, given, payload);
      const { body } = await client(query, variables);
      expect(body.errors).toBeUndefined();
      expect(JSON.stringify(body)).not.toMatch(secrets());
      return body.data.result;
    };

    it("does nothing for a stranger", () =>
      unchangedBy(async () => {
        const result = await send(graphql);
        if (names === "objects") expect(result).toMatchObject(refused);
        else expect(result.__typename).toMatch(/Payload$/);
      }));

    if (scoped)
      it("is refused in a stranger's service", () =>
        unchangedBy(async () => expect(await send(graphql, objects.serviceSid)).toMatchObject(refused)));

    if (scoped)
      it("keeps to its service within an account", () =>
        unchangedBy(async () => {
          for (const serviceSid of [undefined, elsewhere]) {
            const result = await send(neighbour.graphql, serviceSid);
            if (names === "objects") expect(result).toMatchObject(refused);
            else expect(result.__typename).toMatch(/Payload$/);
          }
        }));
  });
});

describe("what is named beside the path", () => {
  it("400 50100 for a stranger's role", async () => {
    const { roleSid } = objects.participant;
    const { body } = await rest.post("/v1/Conversations");
    const participants = `/v1/Conversations/${body.sid}/Participants`;
    expect((await rest.post(participants, { Identity: "bob", RoleSid: roleSid })).body.code).toBe(50100);
    const user = { Identity: "bob", RoleSid: objects.user.roleSid };
    expect((await rest.post("/v1/Users", user)).body.code).toBe(50100);
    expect((await neighbour.rest.post("/v1/Users", user)).body.code).toBe(50100);
  });

  it("400 21481 for a stranger's page token, and its cursor likewise", async () => {
    const path = `/v1/Services/${objects.serviceSid}/Users`;
    await neighbour.rest.post(path, { Identity: "second" });
    const next = (await neighbour.rest.get(`${path}?PageSize=1`)).body.meta.next_page_url;
    const PageToken = new URL(next).searchParams.get("PageToken")!;
    expect((await rest.get("/v1/Users", { PageSize: "1", Page: "1", PageToken })).body.code).toBe(21481);
    const services =
      "query ($after: String) { services(first: 1, after: $after) { pageInfo { endCursor } } }";
    const { endCursor } = (await neighbour.graphql(services)).body.data.services.pageInfo;
    const { body } = await graphql(services, { after: endCursor });
    expect(body.errors[0].extensions).toMatchObject({ code: "INVALID_PAGE_TOKEN", twilioCode: 21481 });
  });

  it("a stranger may take the same names, identities and addresses", async () => {
    const { conversation, participant, phone } = objects;
    const { status, body } = await rest.post("/v1/Conversations", { UniqueName: conversation.uniqueName });
    expect(status).toBe(201);
    const participants = `/v1/Conversations/${body.sid}/Participants`;
    expect((await rest.post(participants, { Identity: participant.identity })).status).toBe(201);
    const theirs = `/v1/Services/${objects.serviceSid}/Conversations/${conversation.sid}/Participants`;
    const { body: held } = await neighbour.rest.get(`${theirs}/${phone.sid}`);
    const { address, proxy_address } = held.messaging_binding;
    const binding = { "MessagingBinding.Address": address, "MessagingBinding.ProxyAddress": proxy_address };
    expect((await rest.post(participants, binding)).status).toBe(201);
  });
});

describe("a participant under the path of another conversation", () => {
  it("is not found, and not changed", async () => {
    const { body } = await neighbour.rest.post(`/v1/Services/${objects.serviceSid}/Conversations`);
    const { serviceSid, participant } = objects;
    const path = `/v1/Services/${serviceSid}/Conversations/${body.sid}/Participants/${participant.sid}`;
    await unchangedBy(async () => {
      expect(await neighbour.rest.get(path)).toMatchObject(notFound);
      expect(await neighbour.rest.post(path, { LastReadMessageIndex: "1" })).toMatchObject(notFound);
      expect(await neighbour.rest.delete(path)).toMatchObject(notFound);
      for (const name of ["updateParticipant", "removeParticipant"]) {
        const input = { serviceSid, conversationSid: body.sid, sid: participant.sid };
        const { query, variables } = mutationOf(name, input);
        const { body: answer } = await neighbour.graphql(query, variables);
        expect(answer.data.result.code).toBe("NOT_FOUND");
      }
    });
  });
});
