import { createTestApp, PUBLIC_URL, type TestAccount, type TestApp } from "../../setup/app.ts";
import { type Answer, type Form, graphqlClient, restClient } from "../../setup/clients.ts";
import { mutationOf } from "../operations.graphql.ts";

let opened: Promise<TestApp> | undefined;

/** An account of its own, as each case of an error needs it. */
export async function openWorld() {
  opened ??= createTestApp();
  const app = await opened;
  return worldOf(app, await app.account());
}

export type World = ReturnType<typeof worldOf>;

type Door = (world: World) => Promise<Answer>;

/** How each door comes by an error; null where GraphQL can't: its types refuse the request beforehand. */
export type Cases = Readonly<Record<string, { readonly rest: Door; readonly graphql: Door | null }>>;

export function worldOf(app: TestApp, account: TestAccount) {
  const rest = restClient(app, account);
  const graphql = graphqlClient(app, account);
  const made = async (path: string, form: Form): Promise<string> => {
    const { status, body } = await rest.post(path, form);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.sid;
  };
  return {
    app,
    account,
    ...rest,
    /** A request as it is, with the account's credentials unless it has others. */
    async raw(method: string, path: string, init: { headers?: Record<string, string>; body?: string } = {}) {
      const headers = { authorization: account.authorization, ...init.headers };
      const response = await app.fetch(new Request(`${PUBLIC_URL}${path}`, { ...init, method, headers }));
      return { status: response.status, headers: response.headers, body: await response.json() } as Answer;
    },
    query: graphql,
    mutate(name: string, input: Record<string, unknown>) {
      const { query, variables } = mutationOf(name, input);
      return graphql(query, variables);
    },
    conversation: (form: Form = {}) => made("/v1/Conversations", form),
    participant: (conversation: string, form: Form) =>
      made(`/v1/Conversations/${conversation}/Participants`, form),
    /** A conversation with one participant, who chats or has the addresses given. */
    async joined(form: Form) {
      const conversation = await made("/v1/Conversations", {});
      const sid = await made(`/v1/Conversations/${conversation}/Participants`, form);
      return { conversation, sid, path: `/v1/Conversations/${conversation}/Participants/${sid}` };
    },
    async closed() {
      const sid = await made("/v1/Conversations", {});
      await rest.post(`/v1/Conversations/${sid}`, { State: "closed" });
      return sid;
    },
    defaultService: async (): Promise<string> => (await rest.get("/v1/Services")).body.services[0].sid,
    async conversationRole(): Promise<string> {
      const { body } = await graphql("{ viewer { defaultService { defaultConversationRole { sid } } } }");
      return body.data.viewer.defaultService.defaultConversationRole.sid;
    },
    /** A role that a participant has. */
    async givenRole() {
      const form = { FriendlyName: "guest", Type: "conversation", Permission: "sendMessage" };
      const RoleSid = await made("/v1/Roles", form);
      await made(`/v1/Conversations/${await made("/v1/Conversations", {})}/Participants`, {
        Identity: "guest",
        RoleSid,
      });
      return RoleSid;
    },
    /** As if so many took part already. */
    async crowded(conversation: string, participants: number) {
      await app.deps.db.execute(
        {
          name: "crowd",
          text: "update conversations set participant_count = $3 where account_sid = $1 and sid = $2",
        },
        [account.sid, conversation, participants],
      );
    },
    /** Makes the database fail: a new conversation of this account ends in the SQLSTATE that is its name. */
    async failing() {
      const { db } = app.deps;
      const run = (text: string) => db.execute({ name: "failing", text }, []);
      await run(`create or replace function fail_as_named() returns trigger language plpgsql as
        $$ begin raise exception using errcode = new.friendly_name, message = 'as it was told to'; end $$`);
      await run(`create trigger fail_${account.sid.toLowerCase()} before insert on conversations for each row
        when (new.account_sid = '${account.sid}') execute function fail_as_named()`);
    },
  };
}
