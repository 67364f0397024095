import { randomInt } from "node:crypto";
import type { restClient } from "../setup/clients.ts";

/** One of everything, all of one service; names as paths and arguments may use them. */
export interface Objects {
  readonly serviceSid: string;
  readonly conversation: { readonly sid: string; readonly uniqueName: string };
  /** A chat participant of the conversation. */
  readonly participant: { readonly sid: string; readonly identity: string; readonly roleSid: string };
  /** The user of its identity. */
  readonly user: { readonly sid: string; readonly identity: string; readonly roleSid: string };
  /** A participant by messaging, of the same conversation. */
  readonly phone: { readonly sid: string; readonly address: string };
  /** A role that nobody has. */
  readonly role: { readonly sid: string };
  /** What the chat participant has said in the conversation. */
  readonly message: { readonly sid: string; readonly body: string };
}

type Rest = ReturnType<typeof restClient>;

/** Made in the service of that SID, or in a new one. */
export async function createObjects(rest: Rest, serviceSid?: string): Promise<Objects> {
  const service = serviceSid ?? (await rest.post("/v1/Services", { FriendlyName: "Objects" })).body.sid;
  const base = `/v1/Services/${service}`;
  const uniqueName = `visit ${crypto.randomUUID()}`;
  const identity = `ann ${crypto.randomUUID()}`;
  const { body: conversation } = await rest.post(`${base}/Conversations`, { UniqueName: uniqueName });
  const participants = `${base}/Conversations/${conversation.sid}/Participants`;
  const { body: participant } = await rest.post(participants, { Identity: identity });
  const { body: user } = await rest.get(`${base}/Users/${encodeURIComponent(identity)}`);
  const address = phoneNumber();
  const { body: phone } = await rest.post(participants, {
    "MessagingBinding.Address": address,
    "MessagingBinding.ProxyAddress": phoneNumber(),
  });
  const { body: role } = await rest.post(`${base}/Roles`, {
    FriendlyName: "guest",
    Type: "conversation",
    Permission: "sendMessage",
  });
  const text = `hello ${crypto.randomUUID()}`;
  const { body: message } = await rest.post(conversation.links.messages, { Author: identity, Body: text });
  return {
    serviceSid: service,
    conversation: { sid: conversation.sid, uniqueName },
    participant: { sid: participant.sid, identity, roleSid: participant.role_sid },
    user: { sid: user.sid, identity, roleSid: user.role_sid },
    phone: { sid: phone.sid, address },
    role: { sid: role.sid },
    message: { sid: message.sid, body: text },
  };
}

export function phoneNumber(): string {
  return `+1${randomInt(1e9, 1e10 - 1)}`;
}
