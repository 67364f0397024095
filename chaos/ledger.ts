import { CONVERSATION_FAULTS, COUNT_FAULTS, INBOX_FAULTS } from "../test/setup/inbox.ts";
import { ACCOUNT } from "../test/setup/processes.ts";
import { type Ask, type Client, form, graphql, type Heard } from "./http.ts";

/** Rows of a statement, from wherever the server keeps them. */
export type Query = (text: string, parameters: readonly unknown[]) => Promise<Record<string, unknown>[]>;

type Kind = "message" | "participant" | "conversation" | "bulk" | "mutation";
const KINDS: readonly Kind[] = ["message", "participant", "conversation", "bulk", "mutation"];
const NEWCOMERS = 5;

interface Write {
  /** Unlike all others, and part of what is written. */
  readonly tag: string;
  readonly keyed: boolean;
  readonly ask: Ask;
  outcome: "unanswered" | "acknowledged" | "refused";
}

const MESSAGE = `mutation ($input: CreateMessageInput!) {
  createMessage(input: $input) { ... on CreateMessagePayload { createdMessage { sid } } ... on Error { code } }
}`;

/** Keeps what was asked to be written and how that was answered, to be held against what is there in the end. */
export function createLedger() {
  const writes: Write[] = [];
  const conversations: string[] = [];

  const send = async (ask: Client, write: Write): Promise<Heard> => {
    const heard = await ask(write.ask);
    write.outcome = isDone(heard) ? "acknowledged" : "refused";
    return heard;
  };

  return {
    /** Makes the conversations that messages and participants go to. */
    async prepare(ask: Client, number = 10): Promise<void> {
      for (let at = 0; at < number; at++) {
        const { status, text } = await ask(form("/v1/Conversations", [["FriendlyName", `into-${at}`]]));
        if (status !== 201) throw new Error(`could not prepare: ${status} ${text}`);
        conversations.push(JSON.parse(text).sid);
      }
    },

    /** Writes something new. @throws what `ask` throws where no answer came */
    async write(ask: Client): Promise<Heard> {
      const at = writes.length;
      const kind = KINDS[at % KINDS.length]!;
      const keyed = Math.floor(at / KINDS.length) % 2 === 0;
      const tag = `${kind}-${at}`;
      const into = conversations[Math.floor(at / 10) % conversations.length]!;
      const write: Write = { tag, keyed, ask: askOf(kind, tag, into, keyed), outcome: "unanswered" };
      writes.push(write);
      return send(ask, write);
    },

    /** Asks for every keyed write again that was not acknowledged. @returns how many there were */
    async repeat(ask: Client): Promise<number> {
      const open = writes.filter(({ keyed, outcome }) => keyed && outcome !== "acknowledged");
      for (const write of open) await send(ask, write);
      return open.length;
    },

    /** The keyed writes that were not acknowledged, in words: after repeating them there are none. */
    unrepeated: (): string[] =>
      writes
        .filter(({ keyed, outcome }) => keyed && outcome !== "acknowledged")
        .map(({ tag, outcome }) => `${outcome} when it was repeated: ${tag}`),

    count: (outcome?: Write["outcome"]): number =>
      writes.filter((write) => outcome === undefined || write.outcome === outcome).length,

    /** What is there otherwise than was answered, in words. */
    async audit(query: Query, { refusedMeansNothing = false } = {}): Promise<string[]> {
      const faults: string[] = [];
      const there = new Map<string, number>();
      for (const { tag, times } of await query(WRITTEN, [ACCOUNT.sid])) there.set(String(tag), Number(times));
      for (const { tag, outcome } of writes) {
        const times = there.get(tag) ?? 0;
        if (outcome === "acknowledged" && times === 0) faults.push(`lost: ${tag}`);
        if (times > 1) faults.push(`doubled: ${tag}, ${times} times`);
        if (outcome === "refused" && refusedMeansNothing && times > 0)
          faults.push(`refused and done: ${tag}`);
      }
      for (const { name, members } of await query(HALF_MADE, [ACCOUNT.sid, NEWCOMERS])) {
        faults.push(`half-made: ${name} has ${members} participants`);
      }
      for (const text of [INBOX_FAULTS, CONVERSATION_FAULTS, COUNT_FAULTS]) {
        for (const row of await query(text, [ACCOUNT.sid])) faults.push(`derived: ${JSON.stringify(row)}`);
      }
      return faults;
    },
  };
}

function askOf(kind: Kind, tag: string, into: string, keyed: boolean): Ask {
  const key = keyed ? `key-${tag}` : undefined;
  const newcomers = Array.from({ length: NEWCOMERS }, (_, at): [string, string] => [
    "Participant",
    JSON.stringify({ identity: `${tag}-${at}` }),
  ]);
  switch (kind) {
    case "message":
      return form(`/v1/Conversations/${into}/Messages`, [["Body", tag]], key);
    case "participant":
      return form(`/v1/Conversations/${into}/Participants`, [["Identity", tag]], key);
    case "conversation":
      return form("/v1/Conversations", [["FriendlyName", tag]], key);
    case "bulk":
      return form("/v1/ConversationWithParticipants", [["FriendlyName", tag], ...newcomers], key);
    case "mutation":
      return graphql(MESSAGE, { input: { conversationSid: into, body: tag, idempotencyKey: key } });
  }
}

function isDone({ status, text }: Heard): boolean {
  if (status !== 200) return status === 201 || status === 202;
  return JSON.parse(text).data?.createMessage?.createdMessage?.sid !== undefined;
}

const WRITTEN = `
  select tag, count(*)::int as times
  from (
    select body as tag from messages where account_sid = $1
    union all select identity from participants where account_sid = $1
    union all select friendly_name from conversations where account_sid = $1
  ) written
  group by tag`;

const HALF_MADE = `
  select c.friendly_name as name, count(p.sid)::int as members
  from conversations c
  left join participants p on p.account_sid = $1 and p.conversation_sid = c.sid
  where c.account_sid = $1 and c.friendly_name like 'bulk-%'
  group by c.sid, c.friendly_name
  having count(p.sid) <> $2`;
