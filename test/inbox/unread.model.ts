import { expect } from "vitest";
import { mutationOf } from "../contract/operations.graphql.ts";
import type { Answer } from "../setup/clients.ts";
import { newAccount, type Resource } from "../setup/seed.ts";

export const USERS = ["ann", "bob"] as const;
export const ROOMS = 2;
type User = (typeof USERS)[number];

/** Something done to what is unread. `room` counts from 0; `at` is a share of the indexes given so far. */
export type Step =
  | { readonly do: "write" | "join" | "leave" | "stamp" | "markRead"; room: number; user: User }
  | { readonly do: "delete"; room: number; at: number }
  | { readonly do: "clear"; room: number; user: User }
  | { readonly do: "set" | "setOnParticipant" | "markUpTo"; room: number; user: User; at: number }
  | { readonly do: "markAll"; user: User };

interface Room {
  /** Index → path of each message that exists. */
  readonly messages: Map<number, string>;
  /** Greatest index ever given. */
  last: number;
  /** User → path and horizon of the participant. */
  readonly members: Map<User, { readonly url: string; horizon: number | null }>;
}

/** Conversations of an account, beside what there should be in them. */
export async function openRooms() {
  const seed = await newAccount();
  const { rest } = seed;
  const made: Resource[] = [];
  for (let i = 0; i < ROOMS; i++) made.push(await seed.conversation());
  for (const user of USERS) await seed.user(user);
  const rooms = made.map((): Room => ({ messages: new Map(), last: -1, members: new Map() }));

  const mutate = async (name: string, input: Record<string, unknown>): Promise<Answer> => {
    const { query, variables } = mutationOf(name, input);
    const answer = await seed.graphql(query, variables);
    expect(answer.body.errors).toBeUndefined();
    return answer;
  };
  /** What is asked for by a share of the indexes so far, sometimes above them all. */
  const indexAt = (room: Room, at: number) => Math.floor(at * (room.last + 4));
  const targetOf = ({ messages, last }: Room, at: number) =>
    messages.get(Math.floor(at * (last + 1))) ?? messages.get(last);

  /** Sends the step; the rooms stay as they are. */
  const send = async (step: Step): Promise<Answer | undefined> => {
    if (step.do === "markAll") return mutate("markAllRead", { userSid: step.user });
    const [room, { sid, links }] = [rooms[step.room]!, made[step.room]];
    if (step.do === "delete") {
      const target = targetOf(room, step.at);
      return target === undefined ? undefined : rest.delete(target);
    }
    const own = `/v1/Users/${step.user}/Conversations/${sid}`;
    const place = { userSid: step.user, conversationSid: sid };
    const member = room.members.get(step.user);
    switch (step.do) {
      case "write":
        return rest.post(links.messages, { Body: "Hello", Author: step.user });
      case "join":
        return rest.post(links.participants, { Identity: step.user });
      case "leave":
        return rest.delete(own);
      case "stamp":
        return rest.post(own, { LastReadTimestamp: "2020-01-01T00:00:00Z" });
      case "clear":
        return rest.post(own, { LastReadMessageIndex: "null" });
      case "set":
        return rest.post(own, { LastReadMessageIndex: String(indexAt(room, step.at)) });
      case "setOnParticipant":
        return member && rest.post(member.url, { LastReadMessageIndex: String(indexAt(room, step.at)) });
      case "markRead":
        return mutate("markRead", place);
      case "markUpTo":
        return mutate("markRead", { ...place, upToIndex: indexAt(room, step.at) });
    }
  };

  /** Does to the rooms what the step should have done. */
  const expectDone = (step: Step, answer: Answer | undefined) => {
    if (step.do === "markAll") {
      for (const { members, messages } of rooms) {
        const member = members.get(step.user);
        if (member) raise(member, newestOf(messages));
      }
      return;
    }
    const room = rooms[step.room]!;
    if (step.do === "delete") {
      const target = targetOf(room, step.at);
      for (const [index, url] of room.messages) if (url === target) room.messages.delete(index);
      return;
    }
    const member = room.members.get(step.user);
    switch (step.do) {
      case "write":
        room.messages.set(++room.last, answer!.body.url);
        expect(answer).toMatchObject({ status: 201, body: { index: room.last } });
        break;
      case "join":
        expect(answer!.status).toBe(member ? 409 : 201);
        if (!member) room.members.set(step.user, { url: answer!.body.url, horizon: null });
        break;
      case "leave":
        expect(answer!.status).toBe(member ? 204 : 404);
        room.members.delete(step.user);
        break;
      case "clear":
        if (member) member.horizon = null;
        break;
      case "set":
      case "setOnParticipant":
        if (member) member.horizon = indexAt(room, step.at);
        break;
      case "markRead":
        if (member) raise(member, newestOf(room.messages));
        break;
      case "markUpTo":
        if (member) raise(member, indexAt(room, step.at));
    }
  };

  return {
    seed,
    async run(step: Step) {
      expectDone(step, await send(step));
    },
    /** All at once; who won is then read from what is left. */
    async runTogether(steps: readonly Step[]) {
      const answers = await Promise.all(steps.map(send));
      for (const answer of answers) expect(answer?.status ?? 200, JSON.stringify(answer)).toBeLessThan(500);
      for (const [i, { links }] of made.entries()) {
        const room = rooms[i]!;
        const { messages } = (await rest.get(links.messages, { PageSize: "1000" })).body;
        room.messages.clear();
        for (const { index, url } of messages) room.messages.set(index, url);
        const written = answers.filter((answer) => answer?.body?.conversation_sid === made[i].sid);
        room.last = Math.max(room.last, ...written.map((answer) => answer?.body.index ?? -1));
        const { participants } = (await rest.get(links.participants)).body;
        room.members.clear();
        for (const { identity, url, last_read_message_index: horizon } of participants)
          room.members.set(identity, { url, horizon });
      }
    },
    /** Compares everyone's unread count on v1, on GraphQL and in the database. */
    async check() {
      for (const [i, { messages, members }] of rooms.entries()) {
        const { sid } = made[i];
        const expected = [...members].map(([identity, { horizon }]) => ({
          identity,
          lastReadMessageIndex: horizon,
          unreadMessagesCount:
            horizon === null ? null : [...messages.keys()].filter((index) => index > horizon).length,
        }));
        const query = `query ($sid: String!) { conversation(sid: $sid) { participants { nodes {
          identity lastReadMessageIndex unreadMessagesCount } } } }`;
        const { body } = await seed.graphql(query, { sid });
        expect(sorted(body.data.conversation.participants.nodes)).toEqual(sorted(expected));
        for (const { identity, lastReadMessageIndex, unreadMessagesCount } of expected) {
          expect((await rest.get(`/v1/Users/${identity}/Conversations/${sid}`)).body).toMatchObject({
            last_read_message_index: lastReadMessageIndex,
            unread_messages_count: unreadMessagesCount,
          });
        }
      }
      expect(await seed.inboxFaults()).toEqual([]);
    },
  };
}

function newestOf(messages: Room["messages"]): number {
  return Math.max(-1, ...messages.keys());
}

/** The horizon goes up, never down; -1 is no message at all. */
function raise(member: { horizon: number | null }, to: number): void {
  if (to >= 0) member.horizon = Math.max(member.horizon ?? -1, to);
}

function sorted(rows: { identity: string }[]) {
  return [...rows].sort((a, b) => (a.identity < b.identity ? -1 : 1));
}
